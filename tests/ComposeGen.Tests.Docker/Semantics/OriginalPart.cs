using System.Text.Json.Nodes;
using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Tests.Docker.Semantics;

/// <summary>
/// The services of an original that run, and what they use, with the changes that are meant: loopback where no address is
/// given, names of containers as aliases, what Compose derives from a name written out.
/// </summary>
internal static class OriginalPart
{
    public static JsonObject Of(JsonObject config, PartNames names)
    {
        var services = new JsonObject();
        var containers = config["services"]!
            .AsObject()
            .Where(entry => entry.Value!["container_name"] is not null)
            .ToDictionary(entry => (string)entry.Value!["container_name"]!, entry => entry.Key, StringComparer.Ordinal);
        foreach (var service in names.Running)
        {
            var original = config["services"]![service.Name]!.DeepClone().AsObject();
            OwnContainers(original, containers);
            services[service.Name] = Service(original, service, names);
        }

        var part = new JsonObject { ["services"] = services };
        foreach (var section in Descriptor.ResourceSections)
        {
            part[section] = Resources(config[section] as JsonObject ?? [], Used(section, services), ComposeConfig.ProjectOf(names.Project));
        }

        return part;
    }

    // A container that is one of the project's own services is named as that service.
    private static void OwnContainers(JsonObject service, Dictionary<string, string> containers)
    {
        string Renamed(string text, string prefix) =>
            text.Split(':') is ["container", var name, .. var rest] && containers.TryGetValue(name, out var own)
                ? prefix + string.Join(':', [own, .. rest])
                : text;
        foreach (var key in (string[])["network_mode", "pid", "ipc"])
        {
            Part.Text(service, key, text => Renamed(text, "service:"));
        }

        Part.Items(service, "volumes_from", from => Renamed((string)from!, string.Empty));
    }

    private static JsonObject Service(JsonObject service, PlannedService planned, PartNames names)
    {
        if ((string?)service["network_mode"] == "host")
        {
            service.Remove("ports");
        }

        Part.Ports(service, names.Plan.Workspace.Settings.Ports.HostIp);
        Part.Build(service);
        Part.Mounts(service);
        Part.Items(service, "links", link => ((string)link!).Contains(':') ? link : $"{link}:{link}");
        Part.Mapping(service, "models", models => service["models"] = Models(models));
        Part.Mapping(
            service,
            "networks",
            networks =>
            {
                var shortNames = PartNames.ShortNames(planned, (string?)service["container_name"]).ToList();
                foreach (var network in networks.Select(entry => entry.Key).ToList())
                {
                    var membership = networks[network] as JsonObject ?? [];
                    networks[network] = membership.DeepClone();
                    var aliases = (membership["aliases"] as JsonArray ?? []).Select(alias => (string)alias!).Concat(shortNames).ToList();
                    if (aliases.Count > 0)
                    {
                        networks[network]!["aliases"] = new JsonArray([.. aliases.Select(alias => (JsonNode?)alias)]);
                    }
                }
            }
        );
        Part.Networks(service);
        service.Remove("container_name");
        if (names.Plan.SharedBuilds.ContainsKey(planned.Key))
        {
            service.Remove("image");
            service.Remove("pull_policy");
        }

        return service;
    }

    // The variables of a model are called after it, unless they are given.
    private static JsonObject Models(JsonObject models)
    {
        var all = new JsonObject();
        foreach (var (name, options) in models)
        {
            var variable = name.ToUpperInvariant().Replace('-', '_');
            all[name] = options?.DeepClone() ?? new JsonObject();
            all[name]!["endpoint_var"] ??= $"{variable}_URL";
            all[name]!["model_var"] ??= $"{variable}_MODEL";
        }

        return all;
    }

    private static JsonObject Resources(JsonObject section, HashSet<string> used, string project) =>
        new(
            section
                .Where(entry => used.Contains(entry.Key))
                .Select(entry =>
                    KeyValuePair.Create(entry.Key, (JsonNode?)Part.WithoutGivenName(entry.Value!.AsObject(), project, entry.Key))
                )
        );

    private static HashSet<string> Used(string section, JsonObject services)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in services.Select(entry => entry.Value!.AsObject()))
        {
            used.UnionWith((service[section] as JsonObject)?.Select(entry => entry.Key) ?? []);
            used.UnionWith(Sources(service[section]));
            used.UnionWith(section == "secrets" ? Sources(service["build"]?["secrets"]) : []);
            used.UnionWith(section == "configs" && (string?)service["credential_spec"]?["config"] is { } config ? [config] : []);
        }

        return used;
    }

    private static IEnumerable<string> Sources(JsonNode? list) =>
        (list as JsonArray ?? []).Select(item => (string?)item!["source"]).OfType<string>();
}
