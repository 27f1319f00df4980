using System.Globalization;
using System.Net;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// One entry of a service's <c>ports</c> (Compose Specification, Services, chapter ports).
/// <paramref name="Target"/> is the first of <paramref name="Count"/> contiguous container ports;
/// <paramref name="Published"/> the host port that the descriptor wishes for the first of them, or demands where
/// <paramref name="IsFixed"/> (<c>x-fixed: true</c>).
/// </summary>
internal sealed record PortRequest(int Target, int Count, int? Published, bool IsFixed, string? HostIp, string Protocol, SourceSpan Span)
{
    /// <summary>Keys of the long syntax that pass through: <c>name</c>, <c>mode</c>, <c>app_protocol</c> and <c>x-</c> ones.</summary>
    public IReadOnlyList<YamlEntry> Others { get; init; } = [];

    /// <summary>The container port as it was written where a variable is in it; <see cref="Target"/> is its default, 0 where it has none.</summary>
    public string? TargetText { get; init; }

    /// <summary>The host port as it was written where it is one variable; <see cref="Published"/> is its default.</summary>
    public string? PublishedText { get; init; }

    /// <summary>The host address as it was written where a variable is in it.</summary>
    public string? HostIpText { get; init; }

    public string? AppProtocol => Others.Where(e => e.Name == "app_protocol").Select(e => (e.Value as YamlScalar)?.Value).FirstOrDefault();
}

/// <summary>Reads <c>ports</c> in its short and its long syntax.</summary>
internal static class PortSyntax
{
    public const int Highest = 65535;
    private const string Example = "write the port that the container listens on: `80`, `\"8080:80\"` or `\"3000-3005\"`";

    public static IReadOnlyList<PortRequest> Read(YamlNode? node, DiagnosticBag bag)
    {
        switch (node)
        {
            case null:
                return [];
            case YamlSequence list:
                return [.. list.Items.Select(item => ReadItem(item, bag)).OfType<PortRequest>()];
            default:
                bag.Add(
                    Errors.WrongKind(
                        node.Span,
                        "ports",
                        "a list",
                        node.Kind,
                        node is YamlScalar text ? $"write `ports: [{text.Value}]`" : Example
                    )
                );
                return [];
        }
    }

    /// <summary>The ports of <c>expose</c> (chapter expose) that are written as numbers: they are open to other containers alone.</summary>
    public static IEnumerable<PortRequest> Exposed(YamlNode? node) =>
        ((node as YamlSequence)?.Items ?? [])
            .OfType<YamlScalar>()
            .Where(item => item.Value.AsSpan().IndexOfAny(':', '$') < 0)
            .Select(item => ReadItem(item, new DiagnosticBag()))
            .OfType<PortRequest>();

    private static PortRequest? ReadItem(YamlNode item, DiagnosticBag bag)
    {
        var problem = Try(item, out var request);
        if (problem is null)
        {
            return request;
        }

        bag.Add(Errors.BadPort(item.Span, problem, Example));
        return null;
    }

    private static string? Try(YamlNode item, out PortRequest? request)
    {
        request = null;
        return item switch
        {
            YamlScalar { IsNull: true } => "a port is missing here",
            YamlScalar scalar => Short(scalar, out request),
            YamlMapping mapping => Long(mapping, out request),
            _ => $"a port is a number, a text or a mapping, not {item.Kind}",
        };
    }

    /// <summary>By what one entry is told from another of the same list; null for what is no port.</summary>
    public static string? Identity(YamlNode item) =>
        Try(item, out var request) is null && request is { } port
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{port.HostIp}{port.HostIpText}:{port.Published}{port.PublishedText}:{port.Target}{port.TargetText}+{port.Count}/{port.Protocol}"
            )
            : null;

    // [HOST_IP:][PUBLISHED:]TARGET[/PROTOCOL]
    private static string? Short(YamlScalar scalar, out PortRequest? request)
    {
        // A variable for all of it: what its default says.
        if (
            VariableText.Parse(scalar.Value) is [{ Name: not null }]
            && VariableText.Default(scalar.Value) is { } whole
            && whole.Contains(':', StringComparison.Ordinal)
        )
        {
            return Short(scalar with { Value = whole }, out request);
        }

        var slashed = TextSplit.At(scalar.Value, '/');
        var protocol = slashed.Length == 1 ? "tcp" : string.Join('/', slashed[1..]);
        // A variable for an address and a port in one says what its default says, too: in the long syntax they are two.
        var parts = TextSplit.At(string.Join(':', TextSplit.At(slashed[0], ':').Select(WithoutPair)), ':');
        // An IPv6 address may stand without brackets.
        var (hostIp, published, target) = parts switch
        {
            [var only] => (null, null, only),
            [['[', ..] address, var last] => (address, string.Empty, last),
            [var first, var last] => (null, first, last),
            [.. var address, var first, var last] => (string.Join(':', address), first, last),
            _ => (null, null, string.Empty),
        };
        return Build(target, published, hostIp, protocol, false, scalar.Span, [], out request);
    }

    private static string WithoutPair(string part) =>
        VariableText.HasVariable(part) && VariableText.Default(part) is { } text && text.Contains(':', StringComparison.Ordinal)
            ? text
            : part;

    private static string? Long(YamlMapping mapping, out PortRequest? request)
    {
        request = null;
        if (
            mapping.Entries.FirstOrDefault(e =>
                e.Name is "target" or "published" or "host_ip" or "protocol" or "x-fixed" && e.Value is not YamlScalar
            ) is
            { Key: not null } wrong
        )
        {
            return $"`{wrong.Name}` is a single value, not {wrong.Value.Kind}";
        }

        string? Value(string key) => mapping[key] is YamlScalar { IsNull: false } scalar ? scalar.Value : null;
        if (Value("target") is not { } target)
        {
            return "`target`, the port in the container, is missing";
        }

        var isFixed = Value("x-fixed");
        if (isFixed is not (null or "true" or "false"))
        {
            return $"`x-fixed` is true or false, not `{isFixed}`";
        }

        if (isFixed == "true" && Value("published") is null)
        {
            return "`x-fixed: true` demands a host port: say which with `published`";
        }

        YamlEntry[] others =
        [
            .. mapping.Entries.Where(e =>
                e.Name is "name" or "mode" or "app_protocol" || (e.Name.StartsWith("x-", StringComparison.Ordinal) && e.Name != "x-fixed")
            ),
        ];
        return Build(
            target,
            Value("published"),
            Value("host_ip"),
            Value("protocol") ?? "tcp",
            isFixed == "true",
            mapping.Span,
            others,
            out request
        );
    }

    private static string? Build(
        string target,
        string? published,
        string? hostIp,
        string protocol,
        bool isFixed,
        SourceSpan span,
        YamlEntry[] others,
        out PortRequest? request
    )
    {
        request = null;
        var (targetText, publishedText, hostIpText) = (Variable(ref target!), Variable(ref published), Variable(ref hostIp));
        var (first, last) = (0, 0);
        // A container port that only a variable tells is known by the lock as 0.
        if (target.Length == 0 && targetText is null)
        {
            return "a port is missing here";
        }

        if (target.Length > 0 && Range(target, out first, out last) is { } badTarget)
        {
            return badTarget;
        }

        if (string.IsNullOrEmpty(hostIp) && hostIpText is not null)
        {
            hostIp = null;
        }

        if (hostIp is not null && !IsAddress(ref hostIp))
        {
            return $"`{hostIp}` is not an IP address";
        }

        if (protocol is not ("tcp" or "udp" or "sctp"))
        {
            return $"the protocol is tcp, udp or sctp, not `{protocol}`";
        }

        if (
            published is not null
            && hostIp is null
            && IPAddress.TryParse(published, out _)
            && published.Contains('.', StringComparison.Ordinal)
        )
        {
            return $"behind an address stands a host port, or nothing: `{published}::{target}`";
        }

        int? wish = null;
        var count = last - first + 1;
        // An empty PUBLISHED after an address ("127.0.0.1::80") leaves the choice open, as Compose has it; so does a variable without a default.
        if (published is not null && !(published.Length == 0 && (hostIp is not null || publishedText is not null)))
        {
            if (Range(published, out var from, out var to) is { } badPublished)
            {
                return badPublished;
            }

            // "8000-9000:80": any of these for one container port, which is a wish for the first.
            if (to - from != last - first && first != last)
            {
                return $"{published} and {target} are not as many ports ({to - from + 1} and {count})";
            }

            wish = from;
        }

        request = new PortRequest(first, count, wish, isFixed, hostIp, protocol, span)
        {
            Others = others,
            // Each port of a range stands alone in the output, where a variable for all of them would be too much.
            TargetText = count == 1 ? targetText : null,
            PublishedText = count == 1 && publishedText is not null && VariableText.Parse(publishedText) is [_] ? publishedText : null,
            HostIpText = hostIpText,
        };
        return null;
    }

    // The text with variables in it, if there are any; what it comes to without them is left in its place.
    private static string? Variable(ref string? text)
    {
        if (text is null || !VariableText.HasVariable(text))
        {
            return null;
        }

        var written = text;
        text = VariableText.Default(written) ?? string.Empty;
        return written;
    }

    private static string? Range(string text, out int first, out int last)
    {
        // Not the sign of a negative number.
        var dash = text.LastIndexOf('-') is var at and > 0 ? at : -1;
        last = 0;
        var problem = Number(dash < 0 ? text : text[..dash], out first) ?? Number(dash < 0 ? text : text[(dash + 1)..], out last);
        return problem ?? (last < first ? $"the range {text} runs backwards" : null);
    }

    private static string? Number(string text, out int port)
    {
        port = 0;
        if (text.Length == 0 || text.Any(c => !char.IsAsciiDigit(c)))
        {
            return text.Length == 0 ? "a port is missing here" : $"`{text}` is not a port";
        }

        // Compose reads 010 as octal 8, and as a text as 10: neither is safe to mean.
        if (text[0] == '0' && text.Length > 1)
        {
            return $"`{text}` has a leading zero, which YAML may read as octal";
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= Highest
            ? null
            : $"{text} is not a port: ports are 1 to {Highest}";
    }

    private static bool IsAddress(ref string text)
    {
        var bare = text is ['[', .., ']'] ? text[1..^1] : text;
        // IPAddress also takes "127.1" and "1"; Docker does not.
        if (!IPAddress.TryParse(bare, out var address) || (!bare.Contains(':', StringComparison.Ordinal) && bare.Count(c => c == '.') != 3))
        {
            return false;
        }

        text = address.ToString();
        return true;
    }
}
