using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// The addresses that networks get subnets from; <paramref name="Span"/> is where <c>composegen.yml</c> says so, null
/// where it says nothing.
/// </summary>
internal sealed record NetworkPool(Subnet Range, SourceSpan? Span)
{
    private const int Widest = 8;

    // One subnet of the usual size.
    private const int Narrowest = 24;

    /// <summary>
    /// Private (RFC 1918), and outside of what is often taken: 172.17 to 172.31 and 192.168 are Docker's own pools and
    /// people's homes, 10.0 to 10.10 offices and VPNs, 10.42 to 10.43, 10.96 and 10.244 clusters, 100.64 carriers and
    /// meshes. Room for ten thousand networks and more; given from its start, so that few take little of it.
    /// </summary>
    public static NetworkPool Default { get; } = new(new Subnet((10L << 24) | (208 << 16), 12), null);

    /// <summary>The setting <c>network.pool</c>; the default where there is none, or with a diagnostic where it is wrong.</summary>
    public static NetworkPool Read(YamlNode? node, DiagnosticBag bag)
    {
        if (node is null)
        {
            return Default;
        }

        var text = (node as YamlScalar)?.Value;
        var range = Subnet.Parse(text ?? string.Empty);
        if (range is { Length: >= Widest and <= Narrowest } pool && pool.ToString() == text)
        {
            return new NetworkPool(pool, node.Span);
        }

        var meant = range is { Length: >= Widest and <= Narrowest } near ? near : Default.Range;
        bag.Add(Errors.BadNetworkPool(node.Span, Settings.Shown(node), meant.ToString()));
        return Default;
    }
}
