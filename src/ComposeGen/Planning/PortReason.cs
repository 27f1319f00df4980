using System.Globalization;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>Why a service has the host port that it has, in words.</summary>
internal static class PortReason
{
    /// <param name="entry">The line of the lock.</param>
    /// <param name="need">What its descriptor asks for; null where nothing does any more.</param>
    /// <param name="holderOf">Who holds a port now.</param>
    /// <param name="ports">Which ports may be given.</param>
    public static string Of(PortLockEntry entry, PortNeed? need, Func<int, string?> holderOf, HostPorts ports)
    {
        if (need is null)
        {
            return "nothing publishes it any more; the line keeps the port until it comes back (`composegen ports prune` drops it)";
        }

        string Taken(int port) =>
            string.Create(CultureInfo.InvariantCulture, $"{port}, which ")
            + (holderOf(port) is { } holder ? $"{holder} holds" : ports.MayBeGiven(port) ? "is free by now" : ports.WhyNotGiven(port));

        var start = ports.Start(need.Key.Target);
        return need switch
        {
            { IsFixed: true } => $"{need.Span} demands it (`x-fixed: true`)",
            { Wish: { } wish } when wish == entry.Host => $"{need.Span} publishes it",
            { Wish: { } wish } => $"{need.Span} publishes {Taken(wish)}, and a port that was given stays",
            _ when entry.Host == need.Key.Target => $"{need.Span}: the container's own number, since no other is published",
            _ when entry.Host == start => $"{need.Span}: the number most like {Taken(need.Key.Target)}",
            _ => $"{need.Span}: the next that was free after {Taken(start)}",
        };
    }
}
