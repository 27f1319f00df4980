using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>
/// A service's need for a host port (for <paramref name="Count"/> contiguous ones). <paramref name="Wish"/> is what its
/// descriptor publishes, <paramref name="IsFixed"/> whether that is a demand.
/// </summary>
internal sealed record PortNeed(PortKey Key, int Count, int? Wish, bool IsFixed, SourceSpan Span);

/// <summary>
/// Host ports by need, the lock as it has to be written, and what was wrong with the lock that was read
/// (<paramref name="Repairs"/>: two lines on one port after a merge, broken lines). News are for whoever watches:
/// wishes that were not granted to new ports.
/// </summary>
internal sealed record PortAllocation(
    ImmutableDictionary<PortKey, int> Hosts,
    PortLock Lock,
    ImmutableArray<Diagnostic> Repairs,
    ImmutableArray<Diagnostic> News
)
{
    /// <summary>The subnets that networks get, by key, where they get one (<see cref="SubnetAllocator"/>).</summary>
    public ImmutableSortedDictionary<string, Subnet> Subnets { get; init; } = ImmutableSortedDictionary<string, Subnet>.Empty;

    public PortAllocation With(SubnetAllocation subnets) =>
        this with
        {
            Lock = Lock with { Subnets = subnets.Lines },
            Repairs = Repairs.AddRange(subnets.Repairs),
            News = News.AddRange(subnets.News),
            Subnets = subnets.Subnets,
        };
}

/// <summary>
/// Gives every published port of every project one host port. A function of its arguments alone, whatever their
/// order: who holds a port in the lock keeps it; then demands, granted wishes and next free ports are settled in the
/// order of the keys.
/// </summary>
internal sealed class PortAllocator
{
    private readonly PortSettings _settings;
    private readonly HostPorts _ports;
    private readonly Dictionary<PortKey, PortLockEntry> _held = [];
    private readonly Dictionary<int, PortKey> _holders = [];
    private readonly List<(PortLockEntry Entry, PortLockEntry? Keeper)> _moved = [];
    private readonly List<Diagnostic> _repairs = [];
    private readonly List<Diagnostic> _news = [];
    private readonly ImmutableArray<PortNeed> _needs;
    private readonly Dictionary<PortKey, PortNeed> _needsByKey;
    private readonly DiagnosticBag _bag;

    private PortAllocator(IEnumerable<PortNeed> needs, PortSettings settings, DiagnosticBag bag)
    {
        (_settings, _ports) = (settings, new HostPorts(settings));
        _needs = needs.ToImmutableArray().Sort((a, b) => a.Key.CompareTo(b.Key));
        _needsByKey = _needs.ToDictionary(need => need.Key);
        _bag = bag;
    }

    /// <param name="needs">Every published port of every project, selected or not; keys are unique.</param>
    /// <param name="locked">The lock as it was read.</param>
    /// <param name="settings">Which ports may be given.</param>
    /// <param name="bag">Takes what only a person can settle: two demands for one port, a demand for a held one, no port left.</param>
    public static PortAllocation Allocate(IEnumerable<PortNeed> needs, PortLock locked, PortSettings settings, DiagnosticBag bag)
    {
        var allocator = new PortAllocator(needs, settings, bag);
        allocator._repairs.AddRange(locked.Damage);
        allocator.KeepLocked(locked);
        allocator.TellOutside();
        allocator.GiveNew();
        allocator.TellMoved();
        allocator.TellChangedWishes(locked);
        return new PortAllocation(
            allocator
                ._needs.Where(need => allocator._held.ContainsKey(need.Key))
                .ToImmutableDictionary(need => need.Key, need => allocator._held[need.Key].Host),
            new PortLock([.. allocator._held.Values.OrderBy(entry => entry.Key)], []),
            [.. allocator._repairs],
            [.. allocator._news]
        );
    }

    // Demands first; then the lock's lines. Where a merge left two lines on one port, one that is still needed comes before
    // a tombstone, one that asks for no more than its line has before one that grows (it must not take what another line
    // holds), one that has what its descriptor publishes before others, then the lesser name: the same on every machine,
    // whatever the side of the merge.
    private void KeepLocked(PortLock locked)
    {
        var demands = PlaceDemands(locked);
        var lines = locked.Entries.Select((entry, i) => (Entry: entry, Need: _needsByKey.GetValueOrDefault(entry.Key), Line: i)).ToList();
        lines.Sort((a, b) => Rank(a).CompareTo(Rank(b)) is var byRank and not 0 ? byRank
            : a.Entry.Key.CompareTo(b.Entry.Key) is var byKey and not 0 ? byKey
            : (a.Entry.Host, a.Line).CompareTo((b.Entry.Host, b.Line)));
        foreach (var (entry, need, _) in lines)
        {
            if (need is { IsFixed: true })
            {
                continue;
            }

            if (_held.TryGetValue(entry.Key, out var kept))
            {
                // The same line twice, as both sides of a merge have it, contradicts nothing.
                if ((kept.Host, kept.Count) == (entry.Host, entry.Count))
                {
                    continue;
                }

                _repairs.Add(Errors.LockTwice(entry.Span, entry.Key.Service, kept.Host).With(kept.Span, "kept"));
            }
            else
            {
                Keep(entry, need, demands, locked);
            }
        }
    }

    private static int Rank((PortLockEntry Entry, PortNeed? Need, int Line) line) =>
        line.Need is null ? 3
        : line.Need.Count > line.Entry.Count ? 2
        : line.Need.Wish == line.Entry.Host ? 0
        : 1;

    private void Keep(PortLockEntry entry, PortNeed? need, Dictionary<int, PortNeed> demands, PortLock locked)
    {
        // A range that became longer keeps its place where the ports behind it are free; a shorter one gives the rest back.
        var count = need?.Count ?? entry.Count;
        if (_ports.IsFree(entry.Host, count))
        {
            Hold(entry.Key, count, entry.Host, entry.Span);
            return;
        }

        var holder = Enumerable
            .Range(entry.Host, count)
            .Select(port => demands.GetValueOrDefault(port))
            .FirstOrDefault(demand => demand is not null);
        if (need is not null && holder is not null && !locked.Entries.Any(other => other.Key == holder.Key && other.Host == holder.Wish))
        {
            // The demand is new: nobody is moved for it behind their back.
            _bag.Add(
                Errors
                    .DemandForHeldPort(holder.Span, holder.Key.Service, holder.Wish!.Value, entry.Key.Service)
                    .With(entry.Span, $"{entry.Key.Service} has it")
            );
            return;
        }

        if (need is null)
        {
            _repairs.Add(Errors.LockTombstoneDropped(entry.Span, entry.Key.Service, PortLockEntry.Range(entry.Host, entry.Count)));
        }
        else
        {
            _moved.Add((entry, Keeper(entry.Host, count)));
        }
    }

    // The line that has what another asks for; none where a range became so long that it ends beyond the last port.
    private PortLockEntry? Keeper(int host, int count) =>
        Enumerable.Range(host, count).Where(_holders.ContainsKey).Select(port => _held[_holders[port]]).FirstOrDefault();

    // Where to is only known when all have been given one.
    private void TellMoved()
    {
        foreach (var (entry, keeper) in _moved)
        {
            if (!_held.TryGetValue(entry.Key, out var now))
            {
                continue;
            }

            var (before, after) = (PortLockEntry.Range(entry.Host, entry.Count), PortLockEntry.Range(now.Host, now.Count));
            var moved =
                keeper?.Overlaps(entry) == true
                    ? Errors.LockMoved(entry.Span, entry.Key.Service, before, after)
                    : Errors.RangeMoved(entry.Span, entry.Key.Service, before, after);
            _repairs.Add(keeper is null ? moved : moved.With(keeper.Span, $"kept by {keeper.Key.Service}"));
        }
    }

    private Dictionary<int, PortNeed> PlaceDemands(PortLock locked)
    {
        var byPort = new Dictionary<int, PortNeed>();
        var lines = locked.Entries.ToLookup(entry => entry.Key, entry => entry.Span);
        foreach (var need in _needs.Where(need => need.IsFixed))
        {
            var rivals = Enumerable.Range(need.Wish!.Value, need.Count).Select(byPort.GetValueOrDefault).OfType<PortNeed>().ToList();
            if (rivals.Count > 0)
            {
                _bag.Add(
                    Errors
                        .TwoDemands(need.Span, need.Key.Service, rivals[0].Key.Service, need.Wish.Value)
                        .With(rivals[0].Span, "the other demand")
                );
                continue;
            }

            for (var port = need.Wish.Value; port < need.Wish.Value + need.Count; port++)
            {
                byPort[port] = need;
            }

            Hold(need.Key, need.Count, need.Wish.Value, lines[need.Key].FirstOrDefault(need.Span));
        }

        return byPort;
    }

    private void GiveNew()
    {
        var waiting = _needs.Where(need => !_held.ContainsKey(need.Key) && !need.IsFixed).ToList();
        // Wishes that were written down, then the container's own number, each granted to the first that asks; then whatever is next.
        foreach (var isWritten in (bool[])[true, false])
        {
            foreach (var need in waiting.Where(need => need.Wish.HasValue == isWritten && IsGrantable(need)))
            {
                Hold(need.Key, need.Count, need.Wish ?? Start(need), need.Span);
            }
        }

        foreach (var need in waiting.Where(need => !_held.ContainsKey(need.Key)))
        {
            if (_ports.FindFree(Start(need), need.Count) is not { } port)
            {
                _bag.Add(Errors.NoPortLeft(need.Span, need.Key.Service, need.Count));
                return;
            }

            if (need.Wish is { } wish)
            {
                _news.Add(Errors.WishNotGranted(need.Span, need.Key.Service, port, WhyNot(wish, need.Count)));
            }

            Hold(need.Key, need.Count, port, need.Span);
        }
    }

    // Whoever edits `published` after a port was given would otherwise see nothing happen.
    private void TellChangedWishes(PortLock locked)
    {
        var lines = locked
            .Entries.DistinctBy(entry => (entry.Key, entry.Host))
            .ToDictionary(entry => (entry.Key, entry.Host), entry => entry.Span);
        foreach (var need in _needs.Where(need => need is { Wish: not null, IsFixed: false } && IsGrantable(need)))
        {
            if (
                _held.TryGetValue(need.Key, out var held)
                && held.Host != need.Wish
                && lines.TryGetValue((need.Key, held.Host), out var line)
            )
            {
                _news.Add(Errors.WishChanged(need.Span, need.Key.Service, need.Wish!.Value, held.Host, line));
            }
        }
    }

    // Two in one pass may wish the same: IsFree is asked again for each as the pass goes on.
    private bool IsGrantable(PortNeed need)
    {
        var start = need.Wish ?? Start(need);
        return Enumerable.Range(start, need.Count).All(_ports.MayBeGiven) && _ports.IsFree(start, need.Count);
    }

    // Where the descriptor says nothing, the container port itself is what is wished for.
    private int Start(PortNeed need) => _ports.Start(need.Wish ?? need.Key.Target);

    // Of a range, the first port that stands in the way.
    private string WhyNot(int wish, int count)
    {
        var port = Enumerable.Range(wish, count).First(port => _holders.ContainsKey(port) || !_ports.MayBeGiven(port));
        return _holders.TryGetValue(port, out var key) ? $"{port} is held by {key.Service}" : $"{port} {_ports.WhyNotGiven(port)}";
    }

    // Whoever sets another range after ports were given would otherwise see nothing happen.
    private void TellOutside()
    {
        var outside = _held
            .Values.Where(kept => _needsByKey.GetValueOrDefault(kept.Key) is { IsFixed: false })
            .Where(kept => !_settings.Range.Contains(kept.Host) || !_settings.Range.Contains(kept.Host + kept.Count - 1))
            .OrderBy(kept => kept.Key)
            .ToList();
        if (_settings.RangeSpan is { } span && outside is [var first, ..])
        {
            var host = PortLockEntry.Range(first.Host, first.Count);
            _news.Add(Errors.PortsOutsideRange(span, first.Key.Service, host, outside.Count).With(first.Span, "kept"));
        }
    }

    private void Hold(PortKey key, int count, int host, SourceSpan span)
    {
        _ports.Take(host, count);
        for (var port = host; port < host + count; port++)
        {
            _holders[port] = key;
        }

        _held[key] = new PortLockEntry(key, count, host, span);
    }
}
