using System.Globalization;
using ComposeGen.Processes;

namespace ComposeGen.Docker;

/// <summary>Which process listens on a port, where the system lets one see it.</summary>
internal static class ListenerProcess
{
    private const string Listening = "0A";

    /// <returns>Null where it cannot be seen: another user's, or a system without <c>/proc</c> and <c>lsof</c>.</returns>
    public static (int Id, string Name)? Find(int port, string protocol) =>
        Directory.Exists("/proc/net") ? FromProc(port, protocol) : FromLsof(port, protocol);

    private static (int Id, string Name)? FromProc(int port, string protocol)
    {
        var sockets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in (string[])[$"/proc/net/{protocol}", $"/proc/net/{protocol}6"])
        {
            foreach (var line in File.Exists(table) ? File.ReadLines(table).Skip(1) : [])
            {
                // sl  local_address rem_address st … inode; the address is hexadecimal, IP:PORT.
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var isPort = fields[1].EndsWith(string.Create(CultureInfo.InvariantCulture, $":{port:X4}"), StringComparison.Ordinal);
                if (isPort && (protocol != "tcp" || fields[3] == Listening))
                {
                    sockets.Add($"socket:[{fields[9]}]");
                }
            }
        }

        return Directory
            .GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => Holder(id, sockets))
            .FirstOrDefault(holder => holder is not null);
    }

    private static (int Id, string Name)? Holder(int id, HashSet<string> sockets)
    {
        try
        {
            return Directory.GetFiles($"/proc/{id}/fd").Any(file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target))
                ? (id, File.ReadAllText($"/proc/{id}/comm").Trim())
                : null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // Another user's process, or one that has just ended: it cannot be told.
            return null;
        }
    }

    private static (int Id, string Name)? FromLsof(int port, string protocol)
    {
        string[] arguments =
        [
            "-nP",
            "-Fpc",
            string.Create(CultureInfo.InvariantCulture, $"-i{protocol}:{port}"),
            .. protocol == "tcp" ? (string[])["-sTCP:LISTEN"] : [],
        ];
        var answer = ForeignProgram.Capture("lsof", arguments, TimeSpan.FromSeconds(10)).GetAwaiter().GetResult();
        var lines = answer?.Output.Split('\n') ?? [];
        var id = Array.Find(lines, line => line.StartsWith('p'));
        var name = Array.Find(lines, line => line.StartsWith('c'));
        return id is null || name is null ? null : (int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture), name[1..]);
    }
}
