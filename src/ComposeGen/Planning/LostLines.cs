using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>
/// Puts back the lines of the lock that a merge lost, for ports that are published and networks that are there: what they
/// have was given once, and does not move.
/// </summary>
internal static class LostLines
{
    /// <param name="locked">The lock as it was read.</param>
    /// <param name="lost">What sides of the merge had more.</param>
    /// <param name="needs">Every published port.</param>
    /// <param name="networks">Every network that may have a subnet.</param>
    /// <returns>The lock, and what there is to say of each line; one whose port or range another line has by now stays out.</returns>
    public static (PortLock Lock, ImmutableArray<Diagnostic> News) Restore(
        PortLock locked,
        PortLock lost,
        ImmutableArray<PortNeed> needs,
        NetworkNeeds networks
    )
    {
        var news = new List<Diagnostic>();
        return lost.Entries.IsEmpty && lost.Subnets.IsEmpty
            ? (locked, [])
            : (
                locked with
                {
                    Entries = [.. locked.Entries, .. Ports(locked, lost, needs, news)],
                    Subnets = [.. locked.Subnets, .. Subnets(locked, lost, networks, news)],
                },
                [.. news]
            );
    }

    private static List<PortLockEntry> Ports(PortLock locked, PortLock lost, ImmutableArray<PortNeed> needs, List<Diagnostic> news)
    {
        var known = locked.Entries.Select(entry => entry.Key).ToHashSet();
        var byKey = needs.Where(need => !known.Contains(need.Key)).ToDictionary(need => need.Key);
        var holders = new Dictionary<int, PortKey>();
        foreach (var entry in locked.Entries)
        {
            Take(entry);
        }

        var restored = new List<PortLockEntry>();
        // The sides may differ in what they have: the lesser port, whichever side it is on.
        foreach (var line in lost.Entries.Where(line => byKey.ContainsKey(line.Key)).OrderBy(line => line.Key).ThenBy(line => line.Host).DistinctBy(line => line.Key))
        {
            var span = byKey[line.Key].Span;
            var host = PortLockEntry.Range(line.Host, line.Count);
            if (Enumerable.Range(line.Host, line.Count).Where(holders.ContainsKey).Select(port => holders[port]).Take(1).ToList() is [var holder])
            {
                news.Add(Errors.LostPort(span, line.Key.Service, host, holder.Service));
            }
            else
            {
                news.Add(Errors.LostLine(span, line.Key.Service, host));
                restored.Add(line with { Span = span });
                Take(line);
            }
        }

        return restored;

        void Take(PortLockEntry line)
        {
            for (var port = line.Host; port <= line.Last; port++)
            {
                holders.TryAdd(port, line.Key);
            }
        }
    }

    private static List<SubnetLockEntry> Subnets(PortLock locked, PortLock lost, NetworkNeeds networks, List<Diagnostic> news)
    {
        var known = locked.Subnets.Select(subnet => subnet.Network).ToHashSet(StringComparer.Ordinal);
        var taken = new SubnetRanges([.. networks.Declared, .. locked.Subnets.Select(subnet => subnet.Subnet)]);
        var restored = new List<SubnetLockEntry>();
        foreach (var line in lost.Subnets.Where(line => networks.Networks.Contains(line.Network) && !known.Contains(line.Network)).Order().DistinctBy(line => line.Network))
        {
            var isFree = taken.TryTake(line.Subnet);
            news.Add(Errors.LostSubnet(line.Network, line.Subnet.ToString(), isFree));
            if (isFree)
            {
                // It stands in no file that is there.
                restored.Add(line with { Span = new SourceSpan(PortLock.FileName, 1, 1) });
            }
        }

        return restored;
    }
}
