using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ComposeGen.Tests.Docker;

/// <summary>The network of another process (network_namespaces(7)): what listens on its 127.0.0.1 is not on ours.</summary>
/// <param name="processId">Any process in it.</param>
internal sealed partial class Namespace(int processId) : IDisposable
{
    private const int Network = 0x40000000; // CLONE_NEWNET

    private readonly HttpClient _client = new(
        new SocketsHttpHandler { UseProxy = false, ConnectCallback = (context, _) => ValueTask.FromResult<Stream>(Connect(processId, context.DnsEndPoint.Host, context.DnsEndPoint.Port)) }
    )
    {
        Timeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>What a URL answers in there; anything but success throws.</summary>
    public Task<string> Get(string url) => _client.GetStringAsync(new Uri(url));

    /// <summary>What it answers once a server that is just starting does.</summary>
    public string GetEventually(string url)
    {
        var answer = string.Empty;
        Eventually.IsTrue(() => TryGet(url, out answer), () => $"{url} does not answer in the other network");
        return answer;
    }

    public void Dispose() => _client.Dispose();

    private bool TryGet(string url, out string answer)
    {
        try
        {
            answer = Get(url).GetAwaiter().GetResult();
            return true;
        }
        catch (HttpRequestException)
        {
            answer = string.Empty;
            return false;
        }
    }

    // A socket stays in the network that its thread was in when it was made; the thread is one for this alone.
    private static NetworkStream Connect(int processId, string host, int port)
    {
        NetworkStream? stream = null;
        Exception? problem = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var place = File.OpenHandle(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/ns/net"));
                if (SetNamespace(place, Network) != 0)
                {
                    throw new InvalidOperationException($"setns: {Marshal.GetLastPInvokeErrorMessage()}");
                }

                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Connect(host, port);
                stream = new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception e) when (e is SocketException or IOException or InvalidOperationException)
            {
                problem = e;
            }
        });
        thread.Start();
        thread.Join();
        return stream ?? throw new HttpRequestException(problem!.Message, problem);
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNamespace(Microsoft.Win32.SafeHandles.SafeFileHandle place, int kind);
}
