using System.Collections.Immutable;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>A container port with the host port that it holds (of ranges, the first), and the address where it is published.</summary>
internal sealed record PublishedPort(PortRequest Request, int Host, string HostIp)
{
    /// <summary>Which line of the lock it has.</summary>
    public required PortKey Key { get; init; }
}

/// <summary>A service of any project, selected or not.</summary>
internal sealed record PlannedService(string Key, Project Project, ServiceDeclaration Declaration)
{
    public ImmutableArray<PublishedPort> Ports { get; init; } = [];

    public string Name => Declaration.Name;

    public string Address => Project.Address(Name);

    /// <summary>What people call it: the project alone where it has one service.</summary>
    public string Label => Project.Descriptor.Services.Length == 1 ? Project.Path : Address;

    /// <summary>All that names it, alone or with others: its project, its address, its member and the folders above that.</summary>
    public IEnumerable<string> Names =>
        [
            Project.Path,
            Address,
            .. Declaration.MemberPaths.Select(member => $"{Project.Path}/{member}"),
            .. Declaration.MemberPaths.Select(member => Project.Address(member)).Where(name => name != Address),
        ];

    public override string ToString() => Address;
}

/// <summary>Why a service runs: a line of the manifest, or another service that needs it.</summary>
internal sealed record PlanReason(ManifestEntry? Line, PlannedService? NeededBy);

/// <summary>
/// What the generated file will hold: the services that run, in the order of their keys, each with the reason; for each
/// that shares a build with another, the one that builds; and the lock as it has to be written.
/// </summary>
internal sealed record Plan(Workspace Workspace)
{
    /// <summary>Every service there is, selected or not, in ordinal order of the keys.</summary>
    public required ImmutableArray<PlannedService> All { get; init; }

    public required ImmutableSortedDictionary<string, PlanReason> Running { get; init; }

    /// <summary>The build by key of each service that shares one; the one that builds is in it too.</summary>
    public required ImmutableDictionary<string, SharedBuild> SharedBuilds { get; init; }

    public required VariableNames Variables { get; init; }

    public required AddressNames AddressNames { get; init; }

    public required ServiceNames Names { get; init; }

    public required DependencyGraph Dependencies { get; init; }

    public required PortAllocation Ports { get; init; }

    /// <summary>Every published port of every service: what its descriptor asks for.</summary>
    public required ImmutableDictionary<PortKey, PortNeed> Needs { get; init; }

    public bool IsRunning(PlannedService service) => Running.ContainsKey(service.Key);

    /// <summary>
    /// Keys of the services that start without being told a profile (Compose Specification, chapter Profiles): those that have
    /// none, those that the manifest names one by one, and what these need.
    /// </summary>
    public required ImmutableHashSet<string> Started { get; init; }

    /// <summary>The services that run.</summary>
    public IEnumerable<PlannedService> Services => All.Where(IsRunning);

    /// <summary>The plan with only these services running, each defined as it is beside the others.</summary>
    public Plan Only(IEnumerable<PlannedService> services) =>
        this with
        {
            Running = services.ToImmutableSortedDictionary(service => service.Key, service => Running[service.Key], StringComparer.Ordinal),
        };

    /// <summary>Keys of the services that build the images of those given, where they are built at all.</summary>
    public ImmutableSortedSet<string> Builders(IEnumerable<PlannedService> services) =>
        services
            .Select(service =>
                SharedBuilds.TryGetValue(service.Key, out var shared) ? shared.Owner.Key
                : service.Declaration.Body.Contains("build") ? service.Key
                : null
            )
            .OfType<string>()
            .ToImmutableSortedSet(StringComparer.Ordinal);

    /// <summary>The services given and all they need; and where one shares a build, the owner, without which there is no image.</summary>
    public ImmutableArray<PlannedService> WithDependencies(IEnumerable<PlannedService> services)
    {
        var chosen = Dependencies.Closure(services);
        var owners = Services
            .Where(service => chosen.ContainsKey(service.Key) && SharedBuilds.ContainsKey(service.Key))
            .Select(service => SharedBuilds[service.Key].Owner);
        var all = Dependencies.Closure(owners.Concat(Services.Where(service => chosen.ContainsKey(service.Key))));
        return [.. Services.Where(service => all.ContainsKey(service.Key))];
    }
}
