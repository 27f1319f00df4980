using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Compose;

/// <summary>
/// A planned service → the mapping under its key: what its descriptor says in the order it says it, with references and
/// paths rewritten, and <c>ports</c>, <c>networks</c>, the image of a shared build and the addresses of other services from the plan.
/// </summary>
internal sealed class ServiceBuilder
{
    private readonly Plan _plan;
    private readonly PlannedService _service;
    private readonly PathRebaser _paths;
    private readonly ProjectVariables _names;
    private readonly VariableRewriter _variables;
    private readonly YamlFactory _yaml;

    private readonly ImmutableArray<(string Name, string Value)> _added;

    private ServiceBuilder(Plan plan, PlannedService service, ImmutableArray<AddressVariable> addresses)
    {
        (_plan, _service, _yaml) = (plan, service, new YamlFactory(service.Declaration.Span));
        _paths = new PathRebaser(service.Project.Folder);
        _names = plan.Variables.For(service.Project);
        _variables = new VariableRewriter(_names);
        _added = [.. Added(addresses)];
    }

    public static YamlMapping Build(Plan plan, PlannedService service, ImmutableArray<AddressVariable> addresses) =>
        new ServiceBuilder(plan, service, addresses).Build();

    private YamlMapping Build()
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        entries.AddRange(FromSharedBuild());
        foreach (var entry in _service.Declaration.Body.Entries)
        {
            if (!IsReplaced(entry.Name) && Rewritten(entry) is { } rewritten)
            {
                entries.Add(rewritten.Name == "environment" ? rewritten with { Value = Environment(rewritten.Value) } : rewritten);
            }
        }

        if (!_service.Declaration.Body.Contains("environment") && !_added.IsEmpty)
        {
            entries.Add(Entry("environment", Environment(null)));
        }

        if (_service.Ports.Length > 0)
        {
            entries.Add(Entry("ports", _yaml.List(_service.Ports.SelectMany(Ports))));
        }

        var networks = NetworkPlanner.For(_service, _plan.Workspace.Settings.SharedNetwork);
        if (networks.Length > 0)
        {
            entries.Add(Entry("networks", _yaml.Map(networks.Select(network => (network.Network, (YamlNode)Membership(network))))));
        }

        return new YamlMapping(entries.DrainToImmutable(), _service.Declaration.Body.Span);
    }

    private YamlNode Environment(YamlNode? own) => ServiceEnvironment.With(own, _added, _yaml);

    private IEnumerable<(string Name, string Value)> Added(ImmutableArray<AddressVariable> addresses) =>
        addresses
            .Select(address => (address.Name, address.Value))
            .Concat(JupyterUrl.Of(_service, _names) is { } url ? [(JupyterUrl.Variable, url)] : [])
            .OrderBy(variable => variable.Item1, StringComparer.Ordinal);

    private bool IsReplaced(string key) =>
        key is "ports" or "networks" or "container_name"
        || (SharedBuild is not null && key is "image" or "pull_policy" or "build")
        || IsCalledFor(key);

    private SharedBuild? SharedBuild => _plan.SharedBuilds.GetValueOrDefault(_service.Key);

    // Who names a single service wants it to run, whatever profiles it has, as `docker compose up SERVICE` understands it; and
    // one that another waits for has to be there: Compose would refuse the whole file, and with it all other projects.
    private bool IsCalledFor(string key) => key == "profiles" && _plan.Started.Contains(_service.Key);

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
        value = _variables.Service(entry with { Value = value });
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
    private YamlEntry[] FromSharedBuild()
    {
        if (SharedBuild is not { } shared)
        {
            return [];
        }

        // Where it has no name of its own, the one that Compose itself gives to what a service builds: two workspaces do not share one.
        var image = shared.Image is { } named ? _variables.Value(named) : _yaml.Text($"${{COMPOSE_PROJECT_NAME}}-{shared.Owner.Key}");
        var isOwner = shared.Owner.Key == _service.Key;
        YamlEntry[] entries = [Entry("image", image), Entry("pull_policy", _yaml.Text(isOwner ? "build" : "never"))];
        return isOwner && Rewritten(Entry("build", shared.Build)) is { } build ? [.. entries, build] : entries;
    }

    // Long syntax, one entry a port: nothing is left to be guessed from a string.
    private IEnumerable<YamlMapping> Ports(PublishedPort port) =>
        Enumerable
            .Range(0, port.Request.Count)
            .Select(i =>
            {
                var entry = _yaml.Map(
                    (
                        "target",
                        port.Request.TargetText is { } target ? _yaml.Text(_names.Rewrite(target)) : _yaml.Number(port.Request.Target + i)
                    ),
                    ("published", _yaml.Text(_names.Published(port) ?? (port.Host + i).ToString(CultureInfo.InvariantCulture))),
                    ("host_ip", _yaml.Text(_names.HostIp(port) ?? port.HostIp)),
                    ("protocol", _yaml.Text(port.Request.Protocol))
                );
                var others = port.Request.Others.Select(other => other with { Value = _variables.Value(other.Value) });
                return entry with { Entries = [.. entry.Entries, .. others] };
            });

    private YamlMapping Membership(NetworkMembership membership)
    {
        var declared = membership.Declared is { } own ? ((YamlMapping)_variables.Value(own)).Entries : [];
        var given = declared.FirstOrDefault(entry => entry.Name == "aliases").Value as YamlSequence;
        YamlNode[] aliases = [.. membership.Aliases.Select(alias => _yaml.Text(_names.Rewrite(alias))), .. given?.Items ?? []];
        var others = declared.Where(entry => entry.Name != "aliases");
        return new YamlMapping(
            aliases.Length == 0 ? [.. others] : [Entry("aliases", _yaml.List(aliases)), .. others],
            _service.Declaration.Span
        );
    }

    private YamlEntry Entry(string key, YamlNode value) => new(_yaml.Text(key), value);
}
