using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>Which host ports are taken, and which is the next free one that may be given.</summary>
internal sealed class HostPorts
{
    private static readonly int[] AirPlay = [5000, 7000];

    // Ports that browsers refuse (Fetch standard, chapter Port blocking) above 1023, and AirPlay's on macOS.
    // In ascending order.
    private static readonly int[] NeverGiven =
    [
        .. (int[])[1719, 1720, 1723, 2049, 3659, 4045, 4190, AirPlay[0], 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697],
        .. (int[])[AirPlay[1], 10080],
    ];

    private readonly bool[] _taken = new bool[PortSyntax.Highest + 2];

    // Where to go on from a port that may not be given any more: a port further up on the way to one that may (with path halving,
    // so that ten thousand wishes for one port do not each walk over all that were given before). 0 as long as nobody asked.
    private readonly int[] _next;

    private readonly bool[] _reserved = new bool[PortSyntax.Highest + 1];
    private readonly PortRange _range;
    private readonly bool _isRangeSet;

    public HostPorts(PortSettings settings)
    {
        (_range, _isRangeSet) = (settings.Range, settings.RangeSpan is not null);
        foreach (var (first, last) in settings.Reserved)
        {
            Array.Fill(_reserved, true, first, last - first + 1);
        }

        _next = new int[_range.Last + 2];
    }

    /// <summary>How many ports were looked at in the search for free ones.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether the port is one that a wish can be granted, if nobody holds it.</summary>
    public bool MayBeGiven(int port) => _range.Contains(port) && !_reserved[port] && Array.BinarySearch(NeverGiven, port) < 0;

    /// <summary>
    /// Why a port is not given, as what follows its number in a sentence: ruled out in <c>composegen.yml</c>, or privileged,
    /// refused by browsers, ephemeral.
    /// </summary>
    public string WhyNotGiven(int port) =>
        _isRangeSet && !_range.Contains(port) ? $"is outside of `ports.range` ({_range}), and only given with `x-fixed: true`"
        : port < _reserved.Length && _reserved[port] ? "is in `ports.reserved`, and only given with `x-fixed: true`"
        : port < PortSettings.Lowest ? $"is below {PortSettings.Lowest}, and only given with `x-fixed: true`"
        : port > PortSettings.DefaultLast ? $"is one that systems hand out to outgoing connections, and only given with `x-fixed: true`"
        : AirPlay.Contains(port) ? "is AirPlay's on macOS, and only given with `x-fixed: true`"
        : "is one that browsers refuse, and only given with `x-fixed: true`";

    /// <summary>
    /// Where the search starts for a wish: the port itself, or for one that the range does not hold a number that resembles it
    /// (80 → 8080, 443 → 8443, 50051 → 8051), or else the first of the range.
    /// </summary>
    public int Start(int wish)
    {
        var alike = 8000 + (wish < PortSettings.Lowest ? wish : wish % 1000);
        return _range.Contains(wish) ? wish
            : _range.Contains(alike) ? alike
            : _range.First;
    }

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
            if (port <= _range.Last)
            {
                _next[port] = port + 1;
            }
        }
    }

    /// <summary>
    /// The first of <paramref name="count"/> contiguous ports that are free and may be given, upward from
    /// <paramref name="start"/> and then from the lowest; null where there are none.
    /// </summary>
    public int? FindFree(int start, int count) =>
        FindUpward(start, _range.Last, count) ?? FindUpward(_range.First, Math.Min(start + count, _range.Last), count);

    private int? FindUpward(int from, int to, int count)
    {
        for (var port = Next(from); port + count - 1 <= to; port = Next(port + 1))
        {
            var length = 1;
            Steps += count;
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
        port = Math.Min(port, _range.Last + 1);
        while (After(port) is var next && next != port)
        {
            Steps++;
            port = _next[port] = After(next);
        }

        return port;
    }

    // The port itself where it may be given.
    private int After(int port) =>
        _next[port] is var next and > 0 ? next
        : port > _range.Last || MayBeGiven(port) ? port
        : port + 1;
}
