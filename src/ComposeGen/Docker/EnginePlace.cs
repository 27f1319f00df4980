using System.Net;
using System.Text;
using System.Text.Json;
using ComposeGen.Manifests;

namespace ComposeGen.Docker;

/// <summary>Which engine docker asks, and on which machine that is.</summary>
/// <param name="Endpoint">As docker has it, for example <c>unix:///var/run/docker.sock</c> or <c>ssh://me@server</c>; null where that is not plain.</param>
/// <remarks>The chapter "Docker contexts" of Docker's documentation.</remarks>
internal sealed record EnginePlace(string? Endpoint)
{
    private const string ContextVariable = "DOCKER_CONTEXT";
    private const string HostVariable = "DOCKER_HOST";
    private const string SocketScheme = "unix://";
    private const string UsualEndpoint = "unix:///var/run/docker.sock";
    private const string UsualContext = "default";

    /// <summary>The folder of docker's own settings.</summary>
    public static string SettingsFolder =>
        Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");

    /// <summary>The machine that the engine is on, as a URL names it; null where it is this one.</summary>
    public string? Machine =>
        Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "tcp" or "http" or "https" or "ssh" && !IsOurs(uri) ? uri.Host : null;

    /// <summary>The socket that the engine listens on; null where it listens on none.</summary>
    public string? SocketPath =>
        Endpoint is { } endpoint && endpoint.StartsWith(SocketScheme, StringComparison.Ordinal) && endpoint.Length > SocketScheme.Length ? endpoint[SocketScheme.Length..] : null;

    /// <summary>What <c>ssh</c> takes for a login there.</summary>
    public string? Login =>
        Machine is null ? null
        : new Uri(Endpoint!) is { Scheme: "ssh" } uri ? $"{(uri.Port > 0 ? $"-p {uri.Port} " : string.Empty)}{(uri.UserInfo.Length > 0 ? $"{uri.UserInfo}@" : string.Empty)}{uri.Host}"
        : Machine;

    /// <summary>From now on, this engine is asked, by whichever program that this one starts.</summary>
    /// <param name="context">What <c>docker context ls</c> calls it.</param>
    public static void Use(string context)
    {
        Environment.SetEnvironmentVariable(ContextVariable, context);
        // It would count more than the context.
        Environment.SetEnvironmentVariable(HostVariable, null);
    }

    /// <summary>The same, by where it listens.</summary>
    public static void UseHost(string endpoint) => Environment.SetEnvironmentVariable(HostVariable, endpoint);

    /// <summary>From now on, docker's own settings are those in this folder.</summary>
    public static void UseSettings(string folder) => Environment.SetEnvironmentVariable("DOCKER_CONFIG", folder);

    // The host that is named outright counts more than the context that is named, and that more than the one that is in use.
    public static EnginePlace Current()
    {
        if (Environment.GetEnvironmentVariable(HostVariable) is { Length: > 0 } host)
        {
            return new EnginePlace(host);
        }

        var context = Context();
        return new EnginePlace(
            context is null or "" or UsualContext
                ? UsualEndpoint
                : Read(
                    Path.Combine(SettingsFolder, "contexts", "meta", Sha256.Hex(Encoding.UTF8.GetBytes(context)), "meta.json"),
                    meta => meta.GetProperty("Endpoints").GetProperty("docker").GetProperty("Host").GetString()
                )
        );
    }

    /// <summary>How it was said that another engine is asked than the usual one; null where none is.</summary>
    public static string? Because() =>
        Current().Endpoint is null or UsualEndpoint ? null
        : Environment.GetEnvironmentVariable(HostVariable) is { Length: > 0 } host ? $"{HostVariable} is {host}"
        : Context() is { Length: > 0 } context and not UsualContext ? $"Docker's context is {context}"
        : null;

    /// <summary>The context that is named, or in use; null where neither.</summary>
    public static string? Context() =>
        Environment.GetEnvironmentVariable(ContextVariable) is { Length: > 0 } named
            ? named
            : Read(Path.Combine(SettingsFolder, "config.json"), settings => settings.TryGetProperty("currentContext", out var current) ? current.GetString() : null);

    private static bool IsOurs(Uri uri) => uri.IsLoopback || (IPAddress.TryParse(uri.Host, out var address) && PortProbe.IsHere(address.ToString()));

    // Settings that cannot be read docker complains of itself.
    private static string? Read(string file, Func<JsonElement, string?> read)
    {
        try
        {
            using var json = File.Exists(file) ? JsonDocument.Parse(File.ReadAllBytes(file)) : null;
            return json is null ? null : read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
