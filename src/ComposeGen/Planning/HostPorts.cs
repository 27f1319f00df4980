using System.Collections.Frozen;

namespace ComposeGen.Planning;

/// <summary>Which host ports are taken, and which is the next free one that may be given.</summary>
internal sealed class HostPorts
{
    /// <summary>The lowest port given without a demand: those below need privileges.</summary>
    public const int First = 1024;

    /// <summary>The highest: from 32768 on, systems hand out ports to outgoing connections.</summary>
    public const int Last = 32767;

    // Ports that browsers refuse (Fetch standard, chapter Port blocking) above 1023, and AirPlay's on macOS.
    private static readonly FrozenSet<int> NeverGiven = FrozenSet.ToFrozenSet([
        1719,
        1720,
        1723,
        2049,
        3659,
        4045,
        4190,
        5060,
        5061,
        6000,
        6566,
        6665,
        6666,
        6667,
        6668,
        6669,
        6679,
        6697,
        10080,
        5000,
        7000,
    ]);

    private readonly bool[] _taken = new bool[Manifests.PortSyntax.Highest + 2];

    // _next[p] is p where p may be given, else a port further up on the way to one that may (with path halving, so that
    // ten thousand wishes for one port do not each walk over all that were given before).
    private readonly int[] _next = new int[Last + 2];

    public HostPorts()
    {
        for (var port = 0; port < _next.Length; port++)
        {
            _next[port] = port == Last + 1 || MayBeGiven(port) ? port : port + 1;
        }
    }

    /// <summary>Whether the port is one that a wish can be granted: not privileged, not refused by browsers, not ephemeral.</summary>
    public static bool MayBeGiven(int port) => port is >= First and <= Last && !NeverGiven.Contains(port);

    /// <summary>
    /// Where the search starts for a wish: the port itself, or for one that is never given a number that resembles it
    /// (80 → 8080, 443 → 8443, 50051 → 8051).
    /// </summary>
    public static int Start(int wish) =>
        wish < First ? 8000 + wish
        : wish > Last ? 8000 + (wish % 1000)
        : wish;

    public bool IsFree(int first, int count)
    {
        for (var port = first; port < first + count; port++)
        {
            if (port >= _taken.Length || _taken[port])
            {
                return false;
            }
        }

        return true;
    }

    public void Take(int first, int count)
    {
        for (var port = first; port < first + count; port++)
        {
            _taken[port] = true;
            if (port <= Last)
            {
                _next[port] = port + 1;
            }
        }
    }

    /// <summary>
    /// The first of <paramref name="count"/> contiguous ports that are free and may be given, upward from
    /// <paramref name="start"/> and then from the lowest; null where there are none.
    /// </summary>
    public int? FindFree(int start, int count) => FindUpward(start, Last, count) ?? FindUpward(First, Math.Min(start + count, Last), count);

    private int? FindUpward(int from, int to, int count)
    {
        for (var port = Next(from); port + count - 1 <= to; port = Next(port + 1))
        {
            var length = 1;
            while (length < count && Next(port + length) == port + length)
            {
                length++;
            }

            if (length == count)
            {
                return port;
            }

            port += length;
        }

        return null;
    }

    private int Next(int port)
    {
        port = Math.Min(port, Last + 1);
        while (_next[port] != port)
        {
            _next[port] = _next[_next[port]];
            port = _next[port];
        }

        return port;
    }
}
