using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>
/// The networks, by key, for which Docker has to find addresses, and the ranges that descriptors give to networks
/// themselves. Over all projects, selected or not: editing <c>which-project</c> changes no network.
/// </summary>
internal sealed record NetworkNeeds(ImmutableSortedSet<string> Networks, ImmutableArray<Subnet> Declared)
{
    /// <summary>How many containers there will be on each network.</summary>
    public ImmutableDictionary<string, int> Containers { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>What a network's subnet has to hold.</summary>
    public SubnetSize Size(string network) => new(Containers.GetValueOrDefault(network));

    public static NetworkNeeds Of(IEnumerable<PlannedService> services, string shared)
    {
        var all = services.ToList();
        var declared = all.Select(service => service.Project).Distinct().ToDictionary(project => project, ByKey);
        var members = all.SelectMany(service => NetworkPlanner.For(service, shared).Select(membership => (Service: service, membership.Network)))
            .Where(member => TakesFromDocker(declared[member.Service.Project].GetValueOrDefault(member.Network)))
            .GroupBy(member => member.Network, member => member.Service, StringComparer.Ordinal)
            .ToList();
        return new NetworkNeeds(
            members.Select(network => network.Key).ToImmutableSortedSet(StringComparer.Ordinal),
            [.. declared.Values.SelectMany(networks => networks.Values).SelectMany(Ranges).Select(Subnet.Parse).OfType<Subnet>()]
        )
        {
            Containers = members.ToImmutableDictionary(network => network.Key, network => network.Sum(Replicas), StringComparer.Ordinal),
        };
    }

    // What only a variable says counts as one.
    private static int Replicas(PlannedService service)
    {
        var body = service.Declaration.Body;
        var text = ((body["deploy"] as YamlMapping)?["replicas"] ?? body["scale"]) as YamlScalar;
        return int.TryParse(text?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Clamp(count, 1, SubnetSize.MostReplicas) : 1;
    }

    // Two names of one key have been reported.
    private static Dictionary<string, YamlMapping> ByKey(Project project) =>
        (project.Descriptor.Sections.GetValueOrDefault("networks")?.Entries ?? [])
            .Where(entry => entry.Value is YamlMapping)
            .DistinctBy(entry => ResourceKeys.For(project, "networks", entry.Name))
            .ToDictionary(
                entry => ResourceKeys.For(project, "networks", entry.Name),
                entry => (YamlMapping)entry.Value,
                StringComparer.Ordinal
            );

    // What exists already, what another driver looks after, and what has addresses of its own, or none, needs nothing.
    // Ranges of IPv6 are no such addresses: Docker still looks for IPv4 ones.
    private static bool TakesFromDocker(YamlMapping? network) =>
        network is null
        || (
            IsNothingOr(network["external"], "false")
            && IsNothingOr(network["driver"], "bridge")
            && IsNothingOr(network["enable_ipv4"], "true")
            && IsNothingOr((network["ipam"] as YamlMapping)?["driver"], "default")
            && Configs(network).All(config => (config as YamlMapping)?["subnet"] is YamlScalar subnet && IsIPv6(subnet.Value))
        );

    private static bool IsNothingOr(YamlNode? node, string value) =>
        node is null || (node is YamlScalar scalar && (scalar.IsNull || scalar.Value.Equals(value, StringComparison.OrdinalIgnoreCase)));

    private static bool IsIPv6(string subnet) =>
        subnet.Contains(':', StringComparison.Ordinal) && !subnet.Contains('$', StringComparison.Ordinal);

    private static ImmutableArray<YamlNode> Configs(YamlMapping network) =>
        (network["ipam"] as YamlMapping)?["config"] is YamlSequence configs ? configs.Items : [];

    private static IEnumerable<string> Ranges(YamlMapping network) =>
        Configs(network).OfType<YamlMapping>().Select(config => config["subnet"]).OfType<YamlScalar>().Select(subnet => subnet.Value);
}
