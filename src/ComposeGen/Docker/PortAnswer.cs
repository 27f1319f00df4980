using System.Net.Sockets;
using System.Text;

namespace ComposeGen.Docker;

/// <summary>Whether the program behind a published port answers.</summary>
internal static class PortAnswer
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Waits until whoever listens there says something. That a connection is made proves nothing: the engine takes it before the
    /// program in the container listens, and then drops it. A server of HTTPS, too, has something to say to a plain question.
    /// </summary>
    /// <param name="page">A URL.</param>
    /// <param name="patience">How long at most.</param>
    /// <returns>False where nothing was said in that time.</returns>
    public static async Task<bool> Wait(Uri page, TimeSpan patience)
    {
        using var end = new CancellationTokenSource(patience);
        while (!await Answers(page, end.Token))
        {
            try
            {
                await Task.Delay(Pause, end.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<bool> Answers(Uri page, CancellationToken isOver)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(page.DnsSafeHost, page.Port, isOver);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"HEAD / HTTP/1.1\r\nHost: {page.Authority}\r\nConnection: close\r\n\r\n"), isOver);
            return await socket.ReceiveAsync(new byte[1], isOver) > 0;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Nobody listens yet, or there is no time left.
            return false;
        }
    }
}
