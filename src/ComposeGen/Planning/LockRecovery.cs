using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>
/// What the generated Compose file, which is committed beside the lock, still tells where the lock is gone or damaged:
/// the ports and subnets of what was selected.
/// </summary>
internal static class LockRecovery
{
    /// <param name="locked">A lock that is not whole.</param>
    /// <param name="generated">The Compose file that was generated from it.</param>
    /// <param name="services">Every service there is.</param>
    /// <param name="needs">Every published port of theirs.</param>
    /// <returns>The lock with lines for those that have none, where what they had is nobody else's.</returns>
    public static PortLock Complete(PortLock locked, YamlMapping generated, ImmutableArray<PlannedService> services, IEnumerable<PortNeed> needs)
    {
        var byAddress = services.ToLookup(service => service.Address, service => service.Key, StringComparer.Ordinal);
        var bodies = generated["services"] as YamlMapping;
        var known = locked.Entries.Select(entry => entry.Key).ToHashSet();
        var taken = locked.Entries.SelectMany(entry => Enumerable.Range(entry.Host, entry.Count)).ToHashSet();
        var ports = ImmutableArray.CreateBuilder<PortLockEntry>();
        foreach (var need in needs.Where(need => !known.Contains(need.Key)).OrderBy(need => need.Key))
        {
            var body = byAddress[need.Key.Service].Select(key => bodies?[key]).FirstOrDefault() as YamlMapping;
            if (
                Host(body, need.Key.Target) is { } host
                && new PortLockEntry(need.Key, need.Count, host, generated.Span) is var entry
                && entry.Last <= PortSyntax.Highest
                && !taken.Overlaps(Enumerable.Range(host, need.Count))
            )
            {
                ports.Add(entry);
            }
        }

        var networks = locked.Subnets.Select(subnet => subnet.Network).ToHashSet(StringComparer.Ordinal);
        return locked with
        {
            Entries = locked.Entries.AddRange(ports),
            Subnets = locked.Subnets.AddRange(Subnets(generated).Where(subnet => !networks.Contains(subnet.Network))),
        };
    }

    // Where a service publishes one container port twice, the file does not tell which is which.
    private static int? Host(YamlMapping? body, int target)
    {
        var hosts = PortSyntax
            .Read(body?["ports"], new DiagnosticBag())
            .Where(request => request.Target == target)
            .Select(request => request.Published)
            .Distinct()
            .ToList();
        return hosts is [{ } host] ? host : null;
    }

    private static IEnumerable<SubnetLockEntry> Subnets(YamlMapping generated) =>
        from network in (generated["networks"] as YamlMapping)?.Entries ?? []
        from config in ((((network.Value as YamlMapping)?["ipam"] as YamlMapping)?["config"] as YamlSequence)?.Items ?? []).OfType<YamlMapping>()
        let line = config["subnet"] is YamlScalar subnet
            ? SubnetLockEntry.Parse(string.Create(CultureInfo.InvariantCulture, $"subnet {network.Name} {subnet.Value}"), generated.Span)
            : null
        where line is not null
        select line;
}
