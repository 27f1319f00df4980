using System.Net;
using System.Net.Sockets;

namespace ComposeGen.Docker;

/// <summary>
/// Asks an engine on this machine by its socket, as <c>docker</c> does: that program takes longer to start than the engine to
/// answer. Whatever is not plain here (an engine elsewhere, one that does not answer well) is left to the program, which also
/// says what is wrong.
/// </summary>
internal static class EngineSocket
{
    /// <summary>What the engine answers to a question by GET; null where <c>docker</c> has to be asked.</summary>
    /// <param name="question">With the query, without a version: the engine then answers by its newest.</param>
    /// <param name="patience">How long it may take; then a <see cref="TimeoutException"/> is thrown.</param>
    /// <param name="isUnwanted">Ends the asking, with an <see cref="OperationCanceledException"/>.</param>
    public static async Task<string?> TryGet(string question, TimeSpan patience, CancellationToken isUnwanted) =>
        await Get(question, patience, isUnwanted) is (HttpStatusCode.OK, var text) ? text : null;

    /// <summary>The same, whatever the engine thinks of the question.</summary>
    public static async Task<(HttpStatusCode Status, string Text)?> Get(string question, TimeSpan patience, CancellationToken isUnwanted)
    {
        if (OperatingSystem.IsWindows() || EnginePlace.Current().SocketPath is not { } path)
        {
            return null;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var handler = new SocketsHttpHandler { ConnectCallback = Connect, UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = patience };
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://docker{question}"), isUnwanted);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(isUnwanted));
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
}
