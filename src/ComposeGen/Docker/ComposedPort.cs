using System.Globalization;
using System.Text.Json;

namespace ComposeGen.Docker;

/// <summary>A published port as Compose understands it.</summary>
/// <param name="Service">The service's key.</param>
/// <param name="HostIp">The address where it is published.</param>
/// <param name="Host">The host port.</param>
/// <param name="Target">The container's.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="AppProtocol">What is spoken there, where it is said.</param>
/// <param name="Token">Of the Jupyter in the service; empty where none is given.</param>
internal sealed record ComposedPort(string Service, string HostIp, int Host, int Target, string Protocol, string? AppProtocol, string Token)
{
    private const string AllAddresses = "0.0.0.0";
    private const string TokenVariable = "JUPYTER_TOKEN";

    /// <param name="service">An entry of <c>services</c> in what <c>docker compose config</c> prints.</param>
    public static IEnumerable<ComposedPort> Of(JsonProperty service)
    {
        var token =
            service.Value.TryGetProperty("environment", out var environment) && environment.ValueKind == JsonValueKind.Object
                ? Text(environment, TokenVariable)
                : null;
        return service.Value.TryGetProperty("ports", out var ports)
            ? ports
                .EnumerateArray()
                .Where(port => Text(port, "published") is { Length: > 0 } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Select(port => new ComposedPort(
                    service.Name,
                    Text(port, "host_ip") ?? AllAddresses,
                    int.Parse(Text(port, "published")!, CultureInfo.InvariantCulture),
                    port.GetProperty("target").GetInt32(),
                    Text(port, "protocol") ?? "tcp",
                    Text(port, "app_protocol"),
                    token ?? string.Empty
                ))
            : [];
    }

    private static string? Text(JsonElement of, string key) => of.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
