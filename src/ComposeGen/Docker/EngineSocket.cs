using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ComposeGen.Manifests;

namespace ComposeGen.Docker;

/// <summary>
/// Asks an engine on this machine by its socket, as <c>docker</c> does: that program takes longer to start than the engine to
/// answer. Whatever is not plain here (an engine elsewhere, one that does not answer well) is left to the program, which also
/// says what is wrong.
/// </summary>
/// <remarks>Which engine it is: the chapter "Docker contexts" of Docker's documentation.</remarks>
internal static class EngineSocket
{
    private const string UsualSocket = "/var/run/docker.sock";
    private const string UsualContext = "default";
    private const string Scheme = "unix://";

    /// <summary>The folder of docker's own settings.</summary>
    public static string SettingsFolder =>
        Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");

    /// <summary>From now on, this engine is asked, by whichever program that this one starts.</summary>
    /// <param name="context">What `docker context ls` calls it.</param>
    public static void Use(string context)
    {
        Environment.SetEnvironmentVariable("DOCKER_CONTEXT", context);
        // It would count more than the context.
        Environment.SetEnvironmentVariable("DOCKER_HOST", null);
    }

    /// <summary>What the engine answers to a question by GET; null where <c>docker</c> has to be asked.</summary>
    /// <param name="question">With the query, without a version: the engine then answers by its newest.</param>
    /// <param name="patience">How long it may take; then a <see cref="TimeoutException"/> is thrown.</param>
    /// <param name="isUnwanted">Ends the asking, with an <see cref="OperationCanceledException"/>.</param>
    public static async Task<string?> TryGet(string question, TimeSpan patience, CancellationToken isUnwanted)
    {
        if (OperatingSystem.IsWindows() || Find() is not { } path)
        {
            return null;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var handler = new SocketsHttpHandler { ConnectCallback = Connect, UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = patience };
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://docker{question}"), isUnwanted);
            return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync(isUnwanted) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (TaskCanceledException e) when (e.InnerException is TimeoutException timeout)
        {
            throw timeout;
        }

        async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken isCancelled)
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), isCancelled);
            // A connection that is given up is closed by closing its stream.
            return new NetworkStream(socket, ownsSocket: true);
        }
    }

    // The host that is named outright counts more than the context that is named, and that more than the one that is in use.
    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host)
        {
            return SocketOf(host);
        }

        var context = Environment.GetEnvironmentVariable("DOCKER_CONTEXT") is { Length: > 0 } named
            ? named
            : Read(Path.Combine(SettingsFolder, "config.json"), settings => settings.TryGetProperty("currentContext", out var current) ? current.GetString() : null);
        return context is null or "" or UsualContext
            ? UsualSocket
            : Read(
                Path.Combine(SettingsFolder, "contexts", "meta", Sha256.Hex(Encoding.UTF8.GetBytes(context)), "meta.json"),
                meta => SocketOf(meta.GetProperty("Endpoints").GetProperty("docker").GetProperty("Host").GetString() ?? string.Empty)
            );
    }

    private static string? SocketOf(string host) =>
        host.StartsWith(Scheme, StringComparison.Ordinal) && host.Length > Scheme.Length ? host[Scheme.Length..] : null;

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
