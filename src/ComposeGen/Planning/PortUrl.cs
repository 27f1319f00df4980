using System.Collections.Frozen;
using System.Globalization;

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
    public static string Of(PublishedPort port)
    {
        var scheme =
            port.Request.AppProtocol
            ?? (port.Request.Protocol == "tcp" ? Schemes.GetValueOrDefault(port.Request.Target, "http") : port.Request.Protocol);
        var host = port.HostIp switch
        {
            "0.0.0.0" => "127.0.0.1",
            "::" => "[::1]",
            var ip when ip.Contains(':', StringComparison.Ordinal) => $"[{ip}]",
            var ip => ip,
        };
        return string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{port.Host}");
    }
}
