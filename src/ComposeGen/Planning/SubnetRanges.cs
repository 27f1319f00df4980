using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>Which addresses are taken, and what is free of a pool.</summary>
internal sealed class SubnetRanges
{
    private readonly SortedSet<Subnet> _taken = [];
    private readonly List<Subnet> _foreign;

    /// <param name="foreign">Ranges that nothing may overlap, though they may overlap each other.</param>
    public SubnetRanges(IEnumerable<Subnet> foreign) => _foreign = [.. foreign.Distinct()];

    /// <summary>Takes a range; false where a part of it is taken.</summary>
    public bool TryTake(Subnet subnet)
    {
        // Those taken do not overlap, so only the last that begins before the end can reach into this one.
        var before = _taken.GetViewBetween(new Subnet(0, 0), new Subnet(subnet.Last, 32));
        var isFree = !(before.Max is { Length: > 0 } last && last.Overlaps(subnet)) && !_foreign.Exists(subnet.Overlaps);
        return isFree && _taken.Add(subnet);
    }

    /// <summary>
    /// Free ranges of a pool, of the usual size or of what a network needs. The fuller the pool would become, the smaller they
    /// are: a quarter of a thousand networks that came one by one would else have filled a /16.
    /// </summary>
    /// <param name="pool">Where from.</param>
    /// <param name="taken">What is somebody's, in the pool or outside.</param>
    /// <param name="sizes">What they have to hold.</param>
    /// <returns>One for each of the sizes; null where nothing is left that is large enough.</returns>
    public static Subnet?[] Free(Subnet pool, IEnumerable<Subnet> taken, IReadOnlyList<SubnetSize> sizes)
    {
        var all = taken.Order().ToList();
        var usual = LengthFor(pool, Covered(pool, all), sizes.Count);
        // Where all are as small as can be, there is no room to spare.
        var wanted = sizes.Select(size => usual == SubnetSize.Smallest ? size.Least : Math.Min(usual, size.WithRoom)).ToList();
        var free = new Subnet?[sizes.Count];
        // The large ones first, while there are large gaps.
        for (var length = wanted.DefaultIfEmpty(usual).Min(); length <= SubnetSize.Smallest; length++)
        {
            var waiting = Enumerable
                .Range(0, sizes.Count)
                .Where(i => free[i] is null && wanted[i] <= length && length <= sizes[i].Least)
                .ToList();
            var found = Gaps(pool, all, length).Take(waiting.Count).ToList();
            foreach (var (i, subnet) in waiting.Zip(found))
            {
                free[i] = subnet;
            }

            all = found.Count == 0 ? all : [.. all.Concat(found).Order()];
        }

        return free;
    }

    // Large ones may fill half of the pool, those of half that size half of the rest, and so on; the smallest all of it.
    private static int LengthFor(Subnet pool, long covered, int count)
    {
        for (var length = SubnetSize.Usual; length < SubnetSize.Smallest; length++)
        {
            var left = pool.Size - covered - (count * new Subnet(0, length).Size);
            if (left >= pool.Size >> (length - SubnetSize.Usual + 1))
            {
                return length;
            }
        }

        return SubnetSize.Smallest;
    }

    private static long Covered(Subnet pool, List<Subnet> ordered)
    {
        var (sum, from) = (0L, pool.First);
        foreach (var subnet in ordered)
        {
            var first = Math.Max(subnet.First, from);
            var last = Math.Min(subnet.Last, pool.Last);
            if (first <= last)
            {
                sum += last - first + 1;
                from = last + 1;
            }
        }

        return sum;
    }

    private static IEnumerable<Subnet> Gaps(Subnet pool, List<Subnet> ordered, int length)
    {
        var at = 0;
        var next = new Subnet(pool.First, length);
        while (next.Last <= pool.Last)
        {
            while (at < ordered.Count && ordered[at].Last < next.First)
            {
                at++;
            }

            var isFree = at == ordered.Count || !ordered[at].Overlaps(next);
            if (isFree)
            {
                yield return next;
            }

            // Behind what is in the way, at the next place where a range of this size can begin.
            var end = isFree ? next.Last : Math.Max(next.Last, ordered[at].Last);
            next = new Subnet(end + next.Size, length);
        }
    }
}
