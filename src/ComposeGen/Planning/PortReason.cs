using System.Globalization;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>Why a service has the host port that it has, in words.</summary>
internal static class PortReason
{
    /// <param name="entry">The line of the lock.</param>
    /// <param name="need">What its descriptor asks for; null where nothing does any more.</param>
    /// <param name="holderOf">Who holds a port now.</param>
    public static string Of(PortLockEntry entry, PortNeed? need, Func<int, string?> holderOf)
    {
        if (need is null)
        {
            return "nothing publishes it any more; the line keeps the port until it comes back (`composegen ports prune` drops it)";
        }

        var target = need.Key.Target.ToString(CultureInfo.InvariantCulture);
        return need switch
        {
            { IsFixed: true } => $"{need.Span} demands it (`x-fixed: true`)",
            { Wish: { } wish } when wish == entry.Host => $"{need.Span} publishes it",
            { Wish: { } wish } => $"{need.Span} publishes {Taken(wish, holderOf)}, and a port that was given stays",
            _ when entry.Host == need.Key.Target => $"{need.Span}: the container's own number, since no other is published",
            _ when entry.Host == need.Start => $"{need.Span}: 8000 and {target}, which itself is never given",
            _ => $"{need.Span}: the next that was free after {Taken(need.Start, holderOf)}",
        };
    }

    private static string Taken(int port, Func<int, string?> holderOf)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        return holderOf(port) is { } holder ? $"{number}, which {holder} holds"
            : !HostPorts.MayBeGiven(port) ? $"{number}, which is only given on demand"
            : $"{number}, which is free by now";
    }
}
