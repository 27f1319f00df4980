using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>
/// Subnets by network, the lines that the lock has to have, and what there is to say, as of <see cref="PortAllocation"/>.
/// </summary>
internal sealed record SubnetAllocation(
    ImmutableSortedDictionary<string, Subnet> Subnets,
    ImmutableArray<SubnetLockEntry> Lines,
    ImmutableArray<Diagnostic> Repairs,
    ImmutableArray<Diagnostic> News
);

/// <summary>
/// Gives networks a subnet each where there are more of them than Docker finds addresses for by itself. A function of its
/// arguments alone, whatever their order: who holds a subnet in the lock keeps it; the others get what is free next, in
/// the order of their keys.
/// </summary>
internal static class SubnetAllocator
{
    /// <summary>
    /// So many networks are left to Docker. Its pools hold 30 besides its own bridge, and they are for everything on the
    /// machine: some stay for other stacks.
    /// </summary>
    public const int LeftToDocker = 24;

    public static SubnetAllocation Allocate(NetworkNeeds needs, PortLock locked, NetworkPool pool, DiagnosticBag bag)
    {
        var repairs = new List<Diagnostic>();
        var grown = new List<SubnetLockEntry>();
        var held = KeepLocked(needs, locked, repairs, grown);
        var kept = held.Values.ToList();
        GiveNew(needs, locked, pool, held, bag);
        return new SubnetAllocation(
            needs
                .Networks.Where(held.ContainsKey)
                .ToImmutableSortedDictionary(network => network, network => held[network].Subnet, StringComparer.Ordinal),
            [.. held.Values.Order()],
            [.. repairs],
            [
                .. Outside(kept.Where(line => needs.Networks.Contains(line.Network)), pool),
                .. grown
                    .Where(line => held.ContainsKey(line.Network))
                    .Select(line =>
                        Errors.SubnetGrown(
                            line.Span,
                            line.Network,
                            line.Subnet.ToString(),
                            needs.Containers[line.Network],
                            held[line.Network].Subnet.ToString()
                        )
                    ),
            ]
        );
    }

    // What descriptors say comes first; then a network that there is before one that is gone, then the lesser name: the same
    // on every machine, whatever the side of the merge.
    private static Dictionary<string, SubnetLockEntry> KeepLocked(
        NetworkNeeds needs,
        PortLock locked,
        List<Diagnostic> repairs,
        List<SubnetLockEntry> grown
    )
    {
        var taken = new SubnetRanges(needs.Declared);
        var held = new Dictionary<string, SubnetLockEntry>(StringComparer.Ordinal);
        foreach (var line in locked.Subnets.OrderByDescending(line => needs.Networks.Contains(line.Network)).ThenBy(line => line))
        {
            if (held.TryGetValue(line.Network, out var kept))
            {
                repairs.Add(Errors.SubnetTwice(line.Span, line.Network, kept.Subnet.ToString()).With(kept.Span, "kept"));
            }
            else if (!needs.Size(line.Network).Fits(line.Subnet))
            {
                grown.Add(line);
            }
            else if (taken.TryTake(line.Subnet))
            {
                held.Add(line.Network, line);
            }
            else
            {
                repairs.Add(
                    needs.Networks.Contains(line.Network)
                        ? Errors.SubnetMoved(line.Span, line.Network, line.Subnet.ToString())
                        : Errors.SubnetTombstoneDropped(line.Span, line.Network, line.Subnet.ToString())
                );
            }
        }

        return held;
    }

    // Below the limit too, who once had a subnet is not left without one.
    private static void GiveNew(
        NetworkNeeds needs,
        PortLock locked,
        NetworkPool pool,
        Dictionary<string, SubnetLockEntry> held,
        DiagnosticBag bag
    )
    {
        var isForAll = needs.Networks.Count > LeftToDocker;
        var before = locked.Subnets.Select(line => line.Network).ToHashSet(StringComparer.Ordinal);
        var waiting = needs.Networks.Where(network => !held.ContainsKey(network) && (isForAll || before.Contains(network))).ToList();
        var taken = held.Values.Select(line => line.Subnet).Concat(needs.Declared);
        var free = SubnetRanges.Free(pool.Range, taken, [.. waiting.Select(needs.Size)]);
        foreach (var (network, subnet) in waiting.Zip(free))
        {
            if (subnet is { } range)
            {
                held.Add(network, new SubnetLockEntry(network, range, pool.Span ?? default));
            }
        }

        var missing = waiting.Count(network => !held.ContainsKey(network));
        if (missing > 0)
        {
            bag.Add(Errors.PoolTooSmall(pool.Span, pool.Range.ToString(), needs.Networks.Count, missing));
        }
    }

    // Whoever sets another pool after subnets were given would otherwise see nothing happen.
    private static IEnumerable<Diagnostic> Outside(IEnumerable<SubnetLockEntry> kept, NetworkPool pool)
    {
        var outside = kept.Where(line => !pool.Range.Contains(line.Subnet)).Order().ToList();
        if (pool.Span is not { } span || outside is not [var first, ..])
        {
            return [];
        }

        return [Errors.SubnetsOutsidePool(span, first.Network, first.Subnet.ToString(), outside.Count).With(first.Span, "kept")];
    }
}
