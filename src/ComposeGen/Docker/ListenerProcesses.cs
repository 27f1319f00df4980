using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Processes;
using ComposeGen.Workspaces;

namespace ComposeGen.Docker;

/// <summary>A process that holds a port: its command line and its user are empty where they cannot be seen.</summary>
internal sealed record HostProcess(int Id, string Name, string Command, string User);

/// <summary>Which processes listen on which ports, where the system lets one see it.</summary>
internal sealed class ListenerProcesses
{
    private const string Listening = "0A";

    private readonly bool _hasProc = Directory.Exists("/proc/net");

    // Looked through once, however many ports are asked for, and only where one is.
    private readonly Lazy<Dictionary<string, int>> _owners = new(Owners);
    private readonly Lazy<ILookup<(int Port, string Protocol), string>> _sockets = new(Sockets);

    /// <returns>Null where it cannot be seen: another user's, or a system without <c>/proc</c> and <c>lsof</c>.</returns>
    public HostProcess? Find(int port, string protocol) => _hasProc ? FromProc(port, protocol) : FromLsof(port, protocol);

    private HostProcess? FromProc(int port, string protocol)
    {
        foreach (var socket in _sockets.Value[(port, protocol)])
        {
            if (_owners.Value.TryGetValue(socket, out var id) && Describe(id) is { } process)
            {
                return process;
            }
        }

        return null;
    }

    // sl  local_address rem_address st … inode; the address is hexadecimal, IP:PORT.
    private static ILookup<(int Port, string Protocol), string> Sockets() =>
        (
            from protocol in (string[])["tcp", "udp"]
            from table in (string[])[$"/proc/net/{protocol}", $"/proc/net/{protocol}6"]
            where File.Exists(table)
            from line in File.ReadLines(table).Skip(1)
            let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            where protocol == "udp" || fields[3] == Listening
            let port = int.Parse(fields[1].AsSpan(fields[1].LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            select (Key: (port, protocol), Socket: $"socket:[{fields[9]}]")
        ).ToLookup(pair => pair.Key, pair => pair.Socket);

    private static Dictionary<string, int> Owners()
    {
        var owners = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                foreach (var socket in SocketsOf(id))
                {
                    owners.TryAdd(socket, id);
                }
            }
        }

        return owners;
    }

    private static ImmutableArray<string> SocketsOf(int id)
    {
        try
        {
            return
            [
                .. Directory
                    .GetFiles($"/proc/{id}/fd")
                    .Select(file => new FileInfo(file).LinkTarget)
                    .OfType<string>()
                    .Where(target => target.StartsWith("socket:", StringComparison.Ordinal)),
            ];
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // Another user's process, or one that has just ended: it cannot be told.
            return [];
        }
    }

    private static HostProcess? Describe(int id)
    {
        try
        {
            var command = File.ReadAllText($"/proc/{id}/cmdline").TrimEnd('\0').Replace('\0', ' ');
            var user = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal));
            return new HostProcess(id, File.ReadAllText($"/proc/{id}/comm").Trim(), command, FileOwner.Name(user?.Split('\t')[1] ?? string.Empty));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }

    private static HostProcess? FromLsof(int port, string protocol)
    {
        string[] arguments =
        [
            "-nP",
            "-FpcL",
            string.Create(CultureInfo.InvariantCulture, $"-i{protocol}:{port}"),
            .. protocol == "tcp" ? (string[])["-sTCP:LISTEN"] : [],
        ];
        var lines = Ask("lsof", arguments);
        if (!int.TryParse(Field(lines, 'p'), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        var command = Ask("ps", ["-o", "command=", "-p", id.ToString(CultureInfo.InvariantCulture)]);
        return new HostProcess(id, Field(lines, 'c'), command[0].Trim(), Field(lines, 'L'));
    }

    private static string[] Ask(string program, string[] arguments) =>
        (ForeignProgram.Capture(program, arguments, TimeSpan.FromSeconds(10)).GetAwaiter().GetResult()?.Output ?? string.Empty).Split('\n');

    private static string Field(string[] lines, char name) => Array.Find(lines, line => line.StartsWith(name))?[1..] ?? string.Empty;
}
