using System.Globalization;

namespace ComposeGen.Manifests;

/// <summary>A range of IPv4 addresses, written <c>10.208.4.0/24</c>. Sorted by address, then the larger first.</summary>
internal readonly record struct Subnet : IComparable<Subnet>
{
    private const int Bits = 32;

    /// <param name="first">Any address of the range, as a number.</param>
    /// <param name="length">How many leading bits all its addresses have in common: 0 to 32.</param>
    public Subnet(long first, int length)
    {
        Length = length;
        First = first & -Size;
    }

    public long First { get; }

    public int Length { get; }

    public long Size => 1L << (Bits - Length);

    public long Last => First + Size - 1;

    public bool Overlaps(Subnet other) => First <= other.Last && other.First <= Last;

    public bool Contains(Subnet other) => First <= other.First && other.Last <= Last;

    public int CompareTo(Subnet other) => (First, Length).CompareTo((other.First, other.Length));

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{First >> 24}.{(First >> 16) & 255}.{(First >> 8) & 255}.{First & 255}/{Length}");

    /// <summary>
    /// The range that an address and a length stand for, the bits behind the length left out, as Docker does; null where it
    /// is no IPv4 range. Who wants it written exactly compares with <see cref="ToString"/>.
    /// </summary>
    public static Subnet? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || Number(text[(slash + 1)..], Bits) is not { } length)
        {
            return null;
        }

        var parts = text[..slash].Split('.').Select(part => Number(part, 255)).ToList();
        return parts.Count == 4 && parts.All(part => part is not null)
            ? new Subnet(parts.Aggregate(0L, (sum, part) => (sum << 8) | (long)part!.Value), length)
            : null;
    }

    private static int? Number(string text, int highest) =>
        text.Length <= 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= highest
            ? number
            : null;
}
