using System.Collections.Immutable;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>
/// The plan as it is on one machine, where some host ports and subnets are others than the committed ones. What is moved,
/// and to where, is remembered, so that it is the same on each start.
/// </summary>
internal static class LocalPlan
{
    // 8080 becomes 18080 in the second checkout and 28080 in the third: one sees which is whose.
    private const int Block = 10_000;
    private const int NarrowBlocks = 3;

    /// <summary>The plan with these ports and subnets in place of the committed ones.</summary>
    public static Plan Apply(Plan plan, MachinePorts memory)
    {
        if (memory.IsEmpty)
        {
            return plan;
        }

        var hosts = memory.Ports.DistinctBy(entry => entry.Key).ToDictionary(entry => entry.Key);
        var subnets = memory.Subnets.DistinctBy(subnet => subnet.Network).ToDictionary(subnet => subnet.Network, subnet => subnet.Subnet);
        return plan with
        {
            All = [.. plan.All.Select(service => service with { Ports = [.. service.Ports.Select(Here)] })],
            Ports = plan.Ports with
            {
                Subnets = plan.Ports.Subnets.ToImmutableSortedDictionary(
                    pair => pair.Key,
                    pair => subnets.GetValueOrDefault(pair.Key, pair.Value),
                    StringComparer.Ordinal
                ),
            },
        };

        // A number, even where a variable publishes it: what the variable says is what could not be had.
        PublishedPort Here(PublishedPort port) =>
            hosts.TryGetValue(port.Key, out var entry)
                ? port with { Host = entry.Host, Request = port.Request with { PublishedText = null } }
                : port;
    }

    /// <summary>
    /// What is remembered, without what nothing needs any more and what was for another slot, and with a place for every port
    /// and subnet where this checkout is not the machine's first.
    /// </summary>
    public static MachinePorts Remembered(Plan plan, MachinePorts memory, int slot)
    {
        var before = memory.Slot == slot ? memory : MachinePorts.None with { Slot = slot };
        var lines = plan.Ports.Lock.Entries.ToDictionary(entry => entry.Key);
        var kept = before with
        {
            // A range that has become longer or shorter is another one.
            Ports = [.. before.Ports.Where(port => lines.TryGetValue(port.Key, out var line) && line.Count == port.Count)],
            Subnets = StillFitting(plan, before.Subnets),
        };
        if (slot == LocalSettings.FirstSlot)
        {
            return kept;
        }

        var known = kept.Ports.Select(port => port.Key).ToHashSet();
        var waiting = plan.Ports.Lock.Entries.Where(entry => plan.Needs.ContainsKey(entry.Key) && !known.Contains(entry.Key));
        var range = plan.Workspace.Settings.Ports.Range;
        // In a narrow range, so far apart that the first slots do not meet.
        var block = Math.Min(Block, Math.Max(1, (range.Last - range.First + 1) / NarrowBlocks));
        kept = MovePorts(plan, kept, waiting, entry => Wrapped(entry.Host + (block * (slot - 1)), range), _ => false);
        var networks = plan.Ports.Subnets.Keys.Except(kept.Subnets.Select(subnet => subnet.Network));
        return MoveSubnets(plan, kept, networks, [], slot - LocalSettings.FirstSlot - 1);
    }

    private static ImmutableArray<SubnetLockEntry> StillFitting(Plan plan, ImmutableArray<SubnetLockEntry> subnets)
    {
        if (subnets.IsEmpty)
        {
            return [];
        }

        var needs = Sizes(plan);
        return [.. subnets.Where(subnet => plan.Ports.Subnets.ContainsKey(subnet.Network) && needs.Size(subnet.Network).Fits(subnet.Subnet))];
    }

    // Beyond the end of the range it goes on from the start.
    private static int Wrapped(int port, PortRange range) =>
        port < range.First ? port : range.First + ((port - range.First) % (range.Last - range.First + 1));

    /// <summary>What is remembered, with other places for some ports: the next that are free upward from what they have.</summary>
    /// <param name="plan">The committed plan.</param>
    /// <param name="memory">What is remembered so far.</param>
    /// <param name="keys">The ports to move.</param>
    /// <param name="isBusy">Whether somebody on this machine holds a port.</param>
    public static MachinePorts Move(Plan plan, MachinePorts memory, IReadOnlySet<PortKey> keys, Func<int, bool> isBusy)
    {
        var now = memory.Ports.ToDictionary(port => port.Key);
        var moving = plan.Ports.Lock.Entries.Where(entry => keys.Contains(entry.Key)).Select(entry => now.GetValueOrDefault(entry.Key, entry));
        var others = memory with { Ports = [.. memory.Ports.Where(port => !keys.Contains(port.Key))] };
        return MovePorts(plan, others, moving, entry => entry.Host + 1, isBusy);
    }

    /// <summary>What is remembered, with other subnets for some networks, that keep clear of ranges that this machine uses.</summary>
    /// <param name="plan">The committed plan.</param>
    /// <param name="memory">What is remembered so far.</param>
    /// <param name="networks">Keys of the networks to move.</param>
    /// <param name="used">What this machine uses.</param>
    /// <param name="before">How many other checkouts take as many subnets before these.</param>
    public static MachinePorts MoveSubnets(Plan plan, MachinePorts memory, IEnumerable<string> networks, IEnumerable<Subnet> used, int before = 0)
    {
        var moving = networks.Order(StringComparer.Ordinal).ToList();
        var others = memory.Subnets.Where(subnet => !moving.Contains(subnet.Network)).ToList();
        var taken = plan.Ports.Lock.Subnets.Concat(memory.Subnets).Select(subnet => subnet.Subnet).Concat(used).ToList();
        var needs = Sizes(plan);
        List<SubnetSize> sizes = [.. moving.Select(needs.Size)];
        for (var i = 0; i < before; i++)
        {
            taken.AddRange(SubnetRanges.Free(plan.Workspace.Settings.Pool.Range, taken, sizes).OfType<Subnet>());
        }

        var free = SubnetRanges.Free(plan.Workspace.Settings.Pool.Range, taken, sizes);
        return memory with
        {
            Subnets =
            [
                .. others,
                .. moving.Zip(free).SelectMany(pair => pair.Second is { } subnet ? (SubnetLockEntry[])[new(pair.First, subnet, default)] : []),
            ],
        };
    }

    private static NetworkNeeds Sizes(Plan plan) => NetworkNeeds.Of(plan.All, plan.Workspace.Settings.SharedNetwork);

    // A place is nobody's in the lock, so that it collides neither with the rest of this checkout nor with the first one.
    private static MachinePorts MovePorts(
        Plan plan,
        MachinePorts memory,
        IEnumerable<PortLockEntry> moving,
        Func<PortLockEntry, int> wish,
        Func<int, bool> isBusy
    )
    {
        var ports = new HostPorts(plan.Workspace.Settings.Ports);
        foreach (var entry in plan.Ports.Lock.Entries.Concat(memory.Ports))
        {
            ports.Take(entry.Host, entry.Count);
        }

        var moved = new List<PortLockEntry>();
        foreach (var entry in moving.OrderBy(entry => entry.Key))
        {
            if (Free(ports, wish(entry), entry.Count, isBusy) is { } host)
            {
                ports.Take(host, entry.Count);
                moved.Add(entry with { Host = host });
            }
        }

        return memory with { Ports = [.. memory.Ports, .. moved] };
    }

    private static int? Free(HostPorts ports, int wish, int count, Func<int, bool> isBusy)
    {
        while (ports.FindFree(wish, count) is { } host)
        {
            var busy = Enumerable.Range(host, count).Where(isBusy).ToList();
            if (busy.Count == 0)
            {
                return host;
            }

            busy.ForEach(port => ports.Take(port, 1));
        }

        return null;
    }
}
