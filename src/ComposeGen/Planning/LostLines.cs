using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>Puts back the lines of the lock that a merge lost, for ports that are published: they were given once, and do not move.</summary>
internal static class LostLines
{
    /// <param name="locked">The lock as it was read.</param>
    /// <param name="lost">What sides of the merge had more.</param>
    /// <param name="needs">Every published port.</param>
    /// <returns>The lock, and what there is to say of each line; one whose port another line has by now stays out.</returns>
    public static (PortLock Lock, ImmutableArray<Diagnostic> News) Restore(
        PortLock locked,
        ImmutableArray<PortLockEntry> lost,
        ImmutableArray<PortNeed> needs
    )
    {
        if (lost.IsEmpty)
        {
            return (locked, []);
        }

        var known = locked.Entries.Select(entry => entry.Key).ToHashSet();
        var byKey = needs.Where(need => !known.Contains(need.Key)).ToDictionary(need => need.Key);
        var holders = new Dictionary<int, PortKey>();
        Take(locked.Entries);
        var news = new List<Diagnostic>();
        // The sides may differ in what they have: the lesser port, whichever side it is on.
        foreach (var line in lost.Where(line => byKey.ContainsKey(line.Key)).OrderBy(line => line.Key).ThenBy(line => line.Host).DistinctBy(line => line.Key))
        {
            var span = byKey[line.Key].Span;
            var host = PortLockEntry.Range(line.Host, line.Count);
            if (Enumerable.Range(line.Host, line.Count).Where(holders.ContainsKey).Select(port => holders[port]).Take(1).ToList() is [var holder])
            {
                news.Add(Errors.LostPort(span, line.Key.Service, host, holder.Service));
                continue;
            }

            news.Add(Errors.LostLine(span, line.Key.Service, host));
            locked = locked with { Entries = locked.Entries.Add(line with { Span = span }) };
            Take([line]);
        }

        return (locked, [.. news]);

        void Take(IEnumerable<PortLockEntry> lines)
        {
            foreach (var line in lines)
            {
                for (var port = line.Host; port <= line.Last; port++)
                {
                    holders.TryAdd(port, line.Key);
                }
            }
        }
    }
}
