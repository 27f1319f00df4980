using System.Collections.Immutable;
using ComposeGen.Manifests;
using static ComposeGen.Docker.Checks.Finding;

namespace ComposeGen.Docker.Checks;

/// <summary>Whether networks of containers and this machine's routes, a VPN's say, keep clear of each other.</summary>
internal static class AddressCheck
{
    // What the engine gives networks addresses from where it was told nothing else.
    private static readonly ImmutableArray<Subnet> UsualPools =
    [
        .. Enumerable.Range(17, 15).Select(second => new Subnet((172L << 24) | ((long)second << 16), 16)),
        new Subnet((192L << 24) | (168 << 16), 16),
    ];

    // A VPN that takes all traffic has routes to both halves of all addresses. What is connected directly still counts more.
    private const int HalfOfAll = 1;

    /// <param name="engine">What it says of itself.</param>
    /// <param name="networks">The engine's own networks.</param>
    /// <param name="routes">This machine's.</param>
    /// <param name="pool">What the workspace gives its networks addresses from; null where it leaves that to the engine.</param>
    public static Finding Check(
        EngineInfo engine,
        IReadOnlyCollection<Subnet> networks,
        IEnumerable<(Subnet Range, string Interface)> routes,
        Subnet? pool
    )
    {
        if (!engine.IsHere)
        {
            return Unknown(CheckNames.Addresses, "the routes of the engine's machine cannot be seen from here");
        }

        var foreign = routes.Where(route => !IsDockers(route.Interface)).ToList();
        var pools = engine.Pools.IsEmpty ? UsualPools : engine.Pools;
        if (pool is null && pools.All(range => foreign.Exists(route => route.Range.Contains(range))))
        {
            return Problem(
                CheckNames.Addresses,
                $"routes of this machine, through {string.Join(", ", foreign.Select(route => route.Interface).Distinct())}, lead to every address that Docker gives networks",
                "end the VPN while `up` runs; or give Docker other addresses: \"default-address-pools\" in /etc/docker/daemon.json"
            );
        }

        if (foreign.Find(route => networks.Any(route.Range.Overlaps) && route.Range.Length > HalfOfAll) is { Interface: not null } met)
        {
            var network = networks.First(met.Range.Overlaps);
            return Warning(
                CheckNames.Addresses,
                $"a route of this machine to {met.Range}, through {met.Interface}, meets Docker's network {network}: one of them cannot be reached",
                "`docker network ls` shows the networks; `composegen down` and `up` make the workspace's anew, elsewhere"
            );
        }

        if (pool is { } own && foreign.Find(route => route.Range.Overlaps(own) && route.Range.Length > HalfOfAll) is { Interface: not null } taken)
        {
            return Warning(
                CheckNames.Addresses,
                $"a route of this machine to {taken.Range}, through {taken.Interface}, meets the workspace's addresses, {own}",
                "`composegen up --remap` moves the networks that it meets, on this machine; or set another `network.pool` in composegen.yml"
            );
        }

        return Ok(CheckNames.Addresses, "no route of this machine is in the way");
    }

    private static bool IsDockers(string name) =>
        name.StartsWith("docker", StringComparison.Ordinal) || name.StartsWith("br-", StringComparison.Ordinal) || name.StartsWith("veth", StringComparison.Ordinal);
}
