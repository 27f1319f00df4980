using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>A line <c>subnet NETWORK RANGE</c> of the lock: what a network of the generated file, named by its key, holds.</summary>
internal sealed record SubnetLockEntry(string Network, Subnet Subnet, SourceSpan Span) : IComparable<SubnetLockEntry>
{
    private const string Word = "subnet ";

    // Compose gives one address to the bridge and needs one for a container.
    private const int Smallest = 30;

    public int CompareTo(SubnetLockEntry? other) =>
        other is null ? 1
        : string.CompareOrdinal(Network, other.Network) is var byNetwork and not 0 ? byNetwork
        : Subnet.CompareTo(other.Subnet);

    public override string ToString() => $"{Word}{Network} {Subnet}";

    /// <summary>Null where the line is none of these.</summary>
    public static SubnetLockEntry? Parse(string line, SourceSpan span)
    {
        var text = line.TrimEnd();
        var rangeAt = text.LastIndexOf(' ');
        return
            text.StartsWith(Word, StringComparison.Ordinal)
            && rangeAt > Word.Length
            && Subnet.Parse(text[(rangeAt + 1)..]) is { Length: > 0 and <= Smallest } subnet
            && text.EndsWith($" {subnet}", StringComparison.Ordinal)
            ? new SubnetLockEntry(text[Word.Length..rangeAt], subnet, span)
            : null;
    }
}
