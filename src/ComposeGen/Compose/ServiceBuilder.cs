using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Compose;

/// <summary>
/// A planned service → the mapping under its key: what its descriptor says in the order it says it, with references and
/// paths rewritten, and <c>ports</c>, <c>networks</c> and the image of a shared build from the plan.
/// </summary>
internal sealed class ServiceBuilder
{
    private readonly Plan _plan;
    private readonly PlannedService _service;
    private readonly PathRebaser _paths;
    private readonly YamlFactory _yaml;

    private ServiceBuilder(Plan plan, PlannedService service)
    {
        (_plan, _service, _yaml) = (plan, service, new YamlFactory(service.Declaration.Span));
        _paths = new PathRebaser(service.Project.Folder);
    }

    public static YamlMapping Build(Plan plan, PlannedService service) => new ServiceBuilder(plan, service).Build();

    private YamlMapping Build()
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        entries.AddRange(SharedImage());
        foreach (var entry in _service.Declaration.Body.Entries)
        {
            if (!IsReplaced(entry.Name) && Rewritten(entry) is { } rewritten)
            {
                entries.Add(rewritten);
            }
        }

        if (_service.Ports.Length > 0)
        {
            entries.Add(Entry("ports", _yaml.List(_service.Ports.SelectMany(Ports))));
        }

        var networks = NetworkPlanner.For(_service);
        if (networks.Length > 0)
        {
            entries.Add(Entry("networks", _yaml.Map(networks.Select(network => (network.Network, (YamlNode)Membership(network))))));
        }

        return JupyterUrl.AddTo(new YamlMapping(entries.DrainToImmutable(), _service.Declaration.Body.Span), _service);
    }

    private bool IsReplaced(string key) =>
        key is "ports" or "networks" or "container_name"
        || (
            _plan.BuildOwners.TryGetValue(_service.Key, out var owner)
            && (key is "image" or "pull_policy" || (key == "build" && owner.Key != _service.Key))
        );

    private YamlEntry? Rewritten(YamlEntry entry)
    {
        var value = ServiceReferences.Rewrite(
            entry,
            reference => _plan.Names.Find(_service.Project, reference.Name)?.Key ?? reference.Name
        );
        value = ResourceReferences.Rewrite(
            entry with
            {
                Value = value,
            },
            reference => ResourceKeys.For(_service.Project, reference.Section, reference.Name)
        );
        value = _paths.Service(entry with { Value = value });
        return entry.Name == "depends_on" ? DependsOn(entry, value) : entry with { Value = value };
    }

    // An optional dependency that does not run here has no place in the file: Compose would not know the name.
    private YamlEntry? DependsOn(YamlEntry entry, YamlNode value)
    {
        if (value is not YamlMapping map)
        {
            return entry with { Value = value };
        }

        var present = map.Entries.Where(dependency => _plan.Running.ContainsKey(dependency.Name)).ToImmutableArray();
        return present.IsEmpty ? null : entry with { Value = map with { Entries = present } };
    }

    // One build in several services: the owner builds and names the image, the others run it and never try to pull it.
    private IEnumerable<YamlEntry> SharedImage()
    {
        if (!_plan.BuildOwners.TryGetValue(_service.Key, out var owner))
        {
            return [];
        }

        // The name that Compose itself gives to what a service builds, so that two workspaces do not share one.
        var image = owner.Declaration.Body["image"] ?? _yaml.Text($"${{COMPOSE_PROJECT_NAME}}-{owner.Key}");
        return [Entry("image", image), Entry("pull_policy", _yaml.Text(owner.Key == _service.Key ? "build" : "never"))];
    }

    // Long syntax, one entry a port: nothing is left to be guessed from a string.
    private IEnumerable<YamlMapping> Ports(PublishedPort port) =>
        Enumerable
            .Range(0, port.Request.Count)
            .Select(i =>
            {
                var entry = _yaml.Map(
                    ("target", _yaml.Number(port.Request.Target + i)),
                    ("published", _yaml.Text((port.Host + i).ToString(CultureInfo.InvariantCulture))),
                    ("host_ip", _yaml.Text(port.HostIp)),
                    ("protocol", _yaml.Text(port.Request.Protocol))
                );
                return entry with { Entries = [.. entry.Entries, .. port.Request.Others] };
            });

    private YamlMapping Membership(NetworkMembership membership)
    {
        var declared = membership.Declared?.Entries ?? [];
        var given = declared.FirstOrDefault(entry => entry.Name == "aliases").Value as YamlSequence;
        YamlNode[] aliases = [.. membership.Aliases.Select(_yaml.Text), .. given?.Items ?? []];
        var others = declared.Where(entry => entry.Name != "aliases");
        return new YamlMapping(
            aliases.Length == 0 ? [.. others] : [Entry("aliases", _yaml.List(aliases)), .. others],
            _service.Declaration.Span
        );
    }

    private YamlEntry Entry(string key, YamlNode value) => new(_yaml.Text(key), value);
}
