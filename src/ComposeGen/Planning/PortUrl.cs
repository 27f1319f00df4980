using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>What to click on, or to give to a client, for a published port.</summary>
internal static class PortUrl
{
    // Ports on which something else than HTTP is spoken, by the number in the container, where no app_protocol says so.
    private static readonly FrozenDictionary<int, string> Schemes = new Dictionary<int, string>
    {
        [22] = "ssh",
        [443] = "https",
        [1433] = "sqlserver",
        [1883] = "mqtt",
        [3306] = "mysql",
        [4222] = "nats",
        [5432] = "postgresql",
        [5672] = "amqp",
        [6379] = "redis",
        [8443] = "https",
        [9042] = "cassandra",
        [9092] = "kafka",
        [11211] = "memcached",
        [27017] = "mongodb",
    }.ToFrozenDictionary();

    /// <summary>
    /// <c>http://127.0.0.1:8080</c>. A port published on every address is reached on this machine's own; the scheme is the
    /// port's <c>app_protocol</c>, else the one usual for its number, else http.
    /// </summary>
    public static string Of(PublishedPort port) => On(null, port);

    /// <summary>The same where the engine is on another machine; null for this one.</summary>
    public static string On(string? machine, PublishedPort port) => On(machine, Scheme(port.Request), port.HostIp, port.Host);

    /// <summary>The same of a port of which only this is known.</summary>
    public static string On(string? machine, string? appProtocol, string protocol, int target, string hostIp, int host) =>
        On(machine, appProtocol ?? Scheme(protocol, target), hostIp, host);

    /// <summary>Whether an address is every address of a machine.</summary>
    public static bool IsEverywhere(string hostIp) => hostIp is "0.0.0.0" or "::";

    /// <summary>The same for the generated file: where the descriptor publishes by variables, what they are set to.</summary>
    public static string Of(PublishedPort port, ProjectVariables names)
    {
        var host =
            names.HostIp(port) is { } text && VariableText.Parse(text) is { } parts
                ? VariableText.Print(Reached(parts))
                : Host(port.HostIp);
        var number = names.Published(port) ?? port.Host.ToString(CultureInfo.InvariantCulture);
        return $"{names.Rewrite(Scheme(port.Request))}://{host}:{number}";
    }

    /// <summary>
    /// <c>http://shop-web</c>, as other containers call it: with the container's port, unless that is what the scheme means
    /// without one.
    /// </summary>
    public static string Inside(string host, PortRequest port, ProjectVariables names)
    {
        var scheme = Scheme(port);
        var isImplied = port.TargetText is null && (scheme, port.Target) is ("http", 80) or ("https", 443);
        return isImplied ? $"{scheme}://{host}" : $"{names.Rewrite(scheme)}://{host}:{Target(port, names)}";
    }

    /// <summary>The container's port, as the generated file says it.</summary>
    public static string Target(PortRequest port, ProjectVariables names) =>
        port.TargetText is { } text ? names.Rewrite(text) : port.Target.ToString(CultureInfo.InvariantCulture);

    private static string Scheme(PortRequest port) =>
        port.AppProtocol ?? Scheme(port.Protocol, port.Target);

    private static string Scheme(string protocol, int target) => protocol == "tcp" ? Schemes.GetValueOrDefault(target, "http") : protocol;

    private static string On(string? machine, string scheme, string hostIp, int host) =>
        string.Create(CultureInfo.InvariantCulture, $"{scheme}://{(machine is not null && IsEverywhere(hostIp) ? machine : Host(hostIp))}:{host}");

    private static string Host(string ip) =>
        ip switch
        {
            "0.0.0.0" => "127.0.0.1",
            "::" => "[::1]",
            _ when ip.Contains(':', StringComparison.Ordinal) => $"[{ip}]",
            _ => ip,
        };

    // `${BIND:-0.0.0.0}`: a default is an address, too.
    private static ImmutableArray<TextPart> Reached(ImmutableArray<TextPart> parts) =>
        parts is [{ Name: null } address]
            ? [TextPart.Text(Host(address.Literal))]
            : [.. parts.Select(part => part with { Operand = Reached(part.Operand) })];
}
