using System.Text.Json.Nodes;
using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Tests.Docker.Semantics;

/// <summary>A project's part of the generated file, with the names that the project itself uses.</summary>
internal static class GeneratedPart
{
    public static JsonObject Of(JsonObject config, PartNames names)
    {
        var services = new JsonObject();
        foreach (var service in names.Running)
        {
            var owner = names.Plan.SharedBuilds.GetValueOrDefault(service.Key)?.Owner;
            services[service.Name] = Service(
                config["services"]![service.Key]!.DeepClone().AsObject(),
                service,
                owner is null ? null : config["services"]![owner.Key]!.AsObject(),
                names
            );
        }

        var part = new JsonObject { ["services"] = services };
        foreach (var section in Descriptor.ResourceSections)
        {
            part[section] = Resources(section, config[section] as JsonObject ?? [], names);
        }

        return part;
    }

    private static JsonObject Service(JsonObject service, PlannedService planned, JsonObject? owner, PartNames names)
    {
        SharedBuild(service, planned, owner, names);
        Part.Ports(service, hostIp: null);
        Part.Mapping(service, "depends_on", map => service["depends_on"] = Part.Renamed(map, names.Service));
        Part.Items(service, "links", link => UpToColon((string)link!, names.Service));
        Part.Items(
            service,
            "volumes_from",
            from => ((string)from!).StartsWith("container:", StringComparison.Ordinal) ? from : UpToColon((string)from!, names.Service)
        );
        foreach (var key in (string[])["network_mode", "pid", "ipc", "uts", "cgroup"])
        {
            Part.Text(service, key, value => Prefixed(value, names));
        }

        Part.Mapping(service, "build", build => Build(build, names));
        Sources(service, "volumes", item => (string?)item["type"] is "volume" or "cluster", names);
        Sources(service, "configs", _ => true, names);
        Sources(service, "secrets", _ => true, names);
        Part.Build(service);
        Part.Mounts(service);
        Part.Mapping(service, "models", models => service["models"] = Part.Renamed(models, key => names.Resource("models", key)));
        Part.Mapping(service, "credential_spec", spec => Part.Text(spec, "config", key => names.Resource("configs", key)));
        Part.Mapping(service, "networks", networks => service["networks"] = Networks(networks, planned, names));
        Part.Networks(service);
        AddedAddresses.TakeFrom(service, planned, names);
        return service;
    }

    // One build in several services: one of them builds, all of them run its image.
    private static void SharedBuild(JsonObject service, PlannedService planned, JsonObject? owner, PartNames names)
    {
        if (owner is null)
        {
            return;
        }

        var isOwner = names.Plan.SharedBuilds[planned.Key].Owner.Key == planned.Key;
        Assert.That((string?)service["image"], Is.EqualTo((string?)owner["image"]), $"the image of {planned}");
        Assert.That((string?)service["pull_policy"], Is.EqualTo(isOwner ? "build" : "never"), $"the pull_policy of {planned}");
        Assert.That(service.ContainsKey("build"), Is.EqualTo(isOwner), $"whether {planned} builds");
        service.Remove("build");
        if (planned.Declaration.Body.Contains("build"))
        {
            service["build"] = owner["build"]!.DeepClone();
        }

        service.Remove("image");
        service.Remove("pull_policy");
    }

    private static void Build(JsonObject build, PartNames names)
    {
        Sources(build, "secrets", _ => true, names);
        Part.Mapping(
            build,
            "additional_contexts",
            contexts =>
            {
                foreach (var name in contexts.Select(entry => entry.Key).ToList())
                {
                    Part.Text(contexts, name, value => Prefixed(value, names));
                }
            }
        );
    }

    private static JsonObject Networks(JsonObject networks, PlannedService planned, PartNames names)
    {
        var own = new JsonObject(
            networks
                .Where(entry => entry.Key != names.SharedNetwork)
                .Select(entry => KeyValuePair.Create(names.Resource("networks", entry.Key), entry.Value?.DeepClone()))
        );
        if (own.Count == 0 && names.IsOnSharedAlone && networks.ContainsKey(names.SharedNetwork))
        {
            own["default"] = new JsonObject();
            var aliases = PartNames.ShortNames(planned, planned.Declaration.Text("container_name")).ToList();
            if (aliases.Count > 0)
            {
                own["default"]!["aliases"] = new JsonArray([.. aliases.Select(alias => (JsonNode?)alias)]);
            }
        }

        return own;
    }

    private static void Sources(JsonObject parent, string section, Func<JsonNode, bool> isNamed, PartNames names) =>
        Part.Items(
            parent,
            section,
            item =>
            {
                if (isNamed(item))
                {
                    Part.Text(item.AsObject(), "source", key => names.Resource(section, key));
                }

                return item;
            }
        );

    private static JsonObject Resources(string section, JsonObject resources, PartNames names)
    {
        var own = new JsonObject();
        foreach (var (key, value) in resources)
        {
            var name = names.Resource(section, key);
            if (!name.EndsWith(" (unknown)", StringComparison.Ordinal))
            {
                var resource = Part.WithoutGivenName(value!.AsObject(), ComposeConfig.Project, key);
                if (section == "networks")
                {
                    GivenSubnet.TakeFrom(resource, key, names);
                }

                own[name] = resource;
            }
        }

        var isSharedInstead = names.IsOnSharedAlone && resources.ContainsKey(names.SharedNetwork) && names.Running.Any(IsOnDefault);
        if (section == "networks" && isSharedInstead)
        {
            own["default"] = new JsonObject();
        }

        return own;
    }

    private static bool IsOnDefault(PlannedService service) =>
        !service.Declaration.Body.Contains("network_mode") && NetworkPlanner.Declared(service.Declaration.Body["networks"]).Count == 0;

    private static string UpToColon(string text, Func<string, string> rename)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? rename(text) : rename(text[..colon]) + text[colon..];
    }

    private static string Prefixed(string text, PartNames names) =>
        text.StartsWith("service:", StringComparison.Ordinal) ? "service:" + names.Service(text["service:".Length..]) : text;
}
