using System.Text.Json.Nodes;
using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests.Specification;

namespace ComposeGen.Tests.Cli;

/// <summary>A project for each example that editors show, with what else the example needs.</summary>
internal static class ExampleProjects
{
    private static readonly ComposeTexts Texts = new();

    // What goes with a key: what it would be refused or mean nothing without.
    private static readonly Dictionary<string, string> Beside = new(StringComparer.Ordinal)
    {
        ["service.pull_refresh_after"] = """{"pull_policy": "refresh"}""",
        ["service.mem_reservation"] = """{"mem_limit": "512m"}""",
        ["service.memswap_limit"] = """{"mem_limit": "512m"}""",
        ["service.gpus"] = """{"image": "busybox:1"}""",
        ["build.dockerfile_inline"] = """{"context": "."}""",
        ["port.x-fixed"] = """{"target": 80, "published": 9000}""",
        ["port"] = """{"target": 80}""",
        ["watch.action"] = """{"target": "/app/src", "exec": {"command": ["./reload.sh"]}}""",
        ["watch.exec"] = """{"action": "sync+exec", "target": "/app/src"}""",
        ["watch"] = """{"target": "/app/src"}""",
        ["volume_mount"] = """{"type": "bind", "source": "./site", "target": "/site"}""",
        ["volume_mount.volume"] = """{"type": "volume", "source": "data", "target": "/site"}""",
        ["volume_mount.image"] = """{"type": "image", "source": "busybox:1", "target": "/site"}""",
        ["volume_mount.tmpfs"] = """{"type": "tmpfs", "target": "/site"}""",
        ["volume_mount.type"] = """{"source": "data", "target": "/site"}""",
        ["ipam_config"] = """{"subnet": "172.28.0.0/16"}""",
        ["config"] = """{"content": "debug=false"}""",
        ["config.file"] = "{}",
        ["config.environment"] = "{}",
        ["config.external"] = "{}",
        ["secret"] = """{"environment": "API_TOKEN"}""",
        ["secret.file"] = "{}",
        ["secret.external"] = "{}",
        ["reserved_device.count"] = """{"capabilities": ["gpu"]}""",
        ["restart_policy"] = "{}",
        ["service_network"] = "{}",
    };

    /// <summary>Each with the place of its example, as <c>service.build</c>, and the example's number.</summary>
    public static IEnumerable<(string Place, string Text)> All()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string[] sections = [ComposeTable.File, ComposeTable.Own];
        return sections.SelectMany(section => Of(section, project => project, seen)).Select(project => (project.Place, Whole(project.Project).ToJsonString()));
    }

    private static IEnumerable<(string Place, JsonObject Project)> Of(string section, Func<JsonObject, JsonObject> wrap, HashSet<string> seen)
    {
        if (!seen.Add(section))
        {
            yield break;
        }

        foreach (var key in Texts.Keys(section))
        {
            foreach (var (number, example) in Texts.Examples(section, key).Index())
            {
                yield return ($"{section}.{key} {number + 1}", wrap(With(section, key, Json(example))));
            }
        }

        foreach (var key in ComposeTable.Section(section).Keys)
        {
            foreach (var (below, hole) in Below(key.Form, key.Name == "services" ? "web" : "backend"))
            {
                foreach (var project in Of(below, inner => wrap(With(section, key.Name, hole(inner))), seen))
                {
                    yield return project;
                }
            }
        }
    }

    // A mapping of the section with a value at one key, the keys that cannot be left out, and what goes with it.
    private static JsonObject With(string section, string key, JsonNode? value)
    {
        var mapping = new JsonObject();
        foreach (var required in ComposeTable.Section(section).Required)
        {
            mapping[required.Name] = Json(Texts.Examples(section, required.Name).First());
        }

        var beside = Beside.GetValueOrDefault($"{section}.{key}") ?? Beside.GetValueOrDefault(section, "{}");
        foreach (var (name, other) in JsonNode.Parse(beside)!.AsObject())
        {
            mapping[name] = other?.DeepClone();
        }

        mapping[key] = value;
        return mapping;
    }

    private static IEnumerable<(string Section, Func<JsonNode, JsonNode> Hole)> Below(Form form, string name) =>
        form.Shapes.SelectMany(shape =>
            shape switch
            {
                SectionShape section => [(section.Section, inner => inner)],
                ListShape list => Below(list.Items, name).Select(below => (below.Section, Inside(below.Hole, inner => new JsonArray(inner)))),
                NamesShape names => Below(names.Values, name).Select(below => (below.Section, Inside(below.Hole, inner => new JsonObject { [name] = inner }))),
                _ => Array.Empty<(string, Func<JsonNode, JsonNode>)>(),
            }
        );

    private static Func<JsonNode, JsonNode> Inside(Func<JsonNode, JsonNode> inner, Func<JsonNode, JsonNode> outer) => node => outer(inner(node));

    // A project has a service, a service has an image, and whom or what it names is there.
    private static JsonObject Whole(JsonObject project)
    {
        project = project.DeepClone().AsObject();
        if (project["service"] is JsonObject only)
        {
            Complete(only);
            return project;
        }

        var services = project["services"] as JsonObject ?? [];
        project["services"] = services;
        foreach (var name in (string[])["db", "base", "backend"])
        {
            services.TryAdd(name, new JsonObject());
        }

        foreach (var (_, service) in services)
        {
            Complete(service!.AsObject());
        }

        Add(project, "networks", """{"backend": {"enable_ipv6": true, "ipam": {"config": [{"subnet": "172.28.0.0/16"}, {"subnet": "2001:db8:1::/64"}]}}}""");
        Add(project, "volumes", """{"data": null}""");
        Add(project, "configs", """{"page": {"content": ""}, "password": {"content": ""}}""");
        Add(project, "secrets", """{"password": {"environment": "PASSWORD"}}""");
        Add(project, "models", """{"chat": {"model": "ai/smollm2"}, "backend": {"model": "ai/smollm2"}}""");
        return project;
    }

    private static void Complete(JsonObject service)
    {
        if (!service.ContainsKey("build") && !service.ContainsKey("provider"))
        {
            service.TryAdd("image", "busybox:1");
        }
    }

    private static void Add(JsonObject project, string key, string resources)
    {
        var all = project[key] as JsonObject ?? [];
        project[key] = all;
        foreach (var (name, resource) in JsonNode.Parse(resources)!.AsObject())
        {
            all.TryAdd(name, resource?.DeepClone());
        }
    }

    private static JsonNode? Json(ComposeGen.Manifests.YamlNode example) => JsonNode.Parse(JsonText.Of(json => YamlJson.Write(json, example)));
}
