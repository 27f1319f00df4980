using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>How large a network's subnet has to be for its containers.</summary>
internal readonly record struct SubnetSize(int Containers)
{
    /// <summary>The usual size, which has 253 addresses for containers.</summary>
    public const int Usual = 24;

    /// <summary>The smallest that is given: 13 addresses.</summary>
    public const int Smallest = 28;

    /// <summary>What no service has more of: Linux connects no more containers than 1,023 to a network.</summary>
    public const int MostReplicas = 1023;

    // The first address is the network's, the last one everybody's; the second one is the bridge.
    private const int NotContainers = 3;

    /// <summary>The smallest that is enough: its number of leading bits.</summary>
    public int Least => Longest(Containers + NotContainers);

    /// <summary>The smallest that has room for as many again, since workspaces grow.</summary>
    public int WithRoom => Longest((2 * Containers) + NotContainers);

    public bool Fits(Subnet subnet) => subnet.Size >= Containers + NotContainers;

    private static int Longest(long addresses) =>
        Enumerable.Range(0, Smallest + 1).Select(bits => Smallest - bits).First(length => new Subnet(0, length).Size >= addresses);
}
