using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>Some host ports, from the first to the last.</summary>
internal readonly record struct PortRange(int First, int Last)
{
    public bool Contains(int port) => port >= First && port <= Last;

    public override string ToString() => PortLockEntry.Range(First, Last - First + 1);

    /// <summary><c>80</c> or <c>3000-3005</c>; null where the text is no such thing, or the range runs backwards.</summary>
    public static PortRange? Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return Number(dash < 0 ? text : text[..dash]) is { } first && Number(text[(dash + 1)..]) is { } last && first <= last
            ? new PortRange(first, last)
            : null;
    }

    private static int? Number(string text) =>
        text is not ['0', ..]
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is >= 1 and <= PortSyntax.Highest
            ? port
            : null;
}

/// <summary>The setting <c>ports</c>: which host ports are given where none is demanded, and on which address.</summary>
internal sealed record PortSettings
{
    /// <summary>The lowest port that is ever given without a demand: those below need privileges.</summary>
    public const int Lowest = 1024;

    /// <summary>The highest one unless a person writes another: from the next on, systems hand out ports to outgoing connections.</summary>
    public const int DefaultLast = 32767;

    /// <summary>This machine alone.</summary>
    public const string DefaultHostIp = "127.0.0.1";

    public static PortSettings Default { get; } = new();

    public PortRange Range { get; init; } = new(Lowest, DefaultLast);

    /// <summary>Where <c>composegen.yml</c> says the range; null where it does not.</summary>
    public SourceSpan? RangeSpan { get; init; }

    /// <summary>Never given without a demand, beside those that no workspace gives.</summary>
    public ImmutableArray<PortRange> Reserved { get; init; } = [];

    /// <summary>The address of ports whose descriptor names none.</summary>
    public string HostIp { get; init; } = DefaultHostIp;

    /// <summary>What the mapping <c>ports</c> says, as far as it can be read.</summary>
    public static PortSettings Read(YamlMapping? ports, DiagnosticBag bag)
    {
        var settings = new PortSettings { Reserved = ReadReserved(ports?["reserved"], bag), HostIp = ReadHostIp(ports?["host_ip"], bag) };
        switch (ports?["range"])
        {
            case null:
                return settings;
            case YamlScalar scalar
                when scalar.Value.Contains('-', StringComparison.Ordinal) && PortRange.Parse(scalar.Value) is { First: >= Lowest } range:
                return settings with { Range = range, RangeSpan = scalar.Span };
            case var other:
                bag.Add(Errors.BadPortRange(other.Span, Settings.Shown(other)));
                return settings;
        }
    }

    private static ImmutableArray<PortRange> ReadReserved(YamlNode? node, DiagnosticBag bag)
    {
        if (node is not YamlSequence list)
        {
            if (node is not null)
            {
                bag.Add(Errors.WrongKind(node.Span, "`ports.reserved`", "a list", node.Kind, "write `[3306, \"9000-9100\"]`"));
            }

            return [];
        }

        var reserved = ImmutableArray.CreateBuilder<PortRange>();
        foreach (var item in list.Items)
        {
            if (item is YamlScalar scalar && PortRange.Parse(scalar.Value) is { } range)
            {
                reserved.Add(range);
            }
            else
            {
                bag.Add(Errors.BadReservedPort(item.Span, Settings.Shown(item)));
            }
        }

        return reserved.DrainToImmutable();
    }

    private static string ReadHostIp(YamlNode? node, DiagnosticBag bag)
    {
        if (node is null)
        {
            return DefaultHostIp;
        }

        if (node is YamlScalar scalar && Address(scalar.Value) is { } address)
        {
            return address;
        }

        bag.Add(Errors.BadHostIp(node.Span, Settings.Shown(node)));
        return DefaultHostIp;
    }

    // IPAddress also takes what Docker does not, or takes for another address: `1`, `0x7f.0.0.1`, `010.0.0.1`, `fe80::1%eth0`.
    private static string? Address(string text) =>
        IPAddress.TryParse(text, out var address) && (address.ToString() == text || IsPlainIPv6(text)) ? address.ToString() : null;

    private static bool IsPlainIPv6(string text) =>
        text.Contains(':', StringComparison.Ordinal) && text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.');
}
