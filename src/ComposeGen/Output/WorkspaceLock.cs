using System.Runtime.InteropServices;
using ComposeGen.Diagnostics;
using ComposeGen.Workspaces;
using Microsoft.Win32.SafeHandles;

namespace ComposeGen.Output;

/// <summary>
/// One run at a time writes into a workspace, and reads for that only when it is alone. The system holds the lock (flock) on
/// the workspace's folder itself, and lets go of it with the process, however that ends.
/// </summary>
/// <remarks>
/// The folder, and not a file in it: nothing is left there that could be committed, and the manifest's file is another one
/// after an editor has saved it. Not a file among the temporary ones either: who made it owns it, another user could not open
/// it, and a container that has the workspace mounted would look for it elsewhere. To lock a folder takes the right to read
/// it, which whoever runs the tool needs anyhow. Where the file system knows no locks (some network ones) there is none:
/// files are still whole, but of two runs at once the one that ends last may have read what was there before the other.
/// </remarks>
internal sealed partial class WorkspaceLock : IDisposable
{
    private const int Shared = 1;
    private const int Exclusive = 2;
    private const int AtOnce = 4;
    private const int Interrupted = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SafeFileHandle _folder;

    private WorkspaceLock(SafeFileHandle folder) => _folder = folder;

    /// <summary>Waits until no other run reads or writes, and keeps others waiting until it is disposed of.</summary>
    /// <param name="root">The workspace.</param>
    /// <param name="log">Is told where that takes longer.</param>
    public static WorkspaceLock ToWrite(string root, TextWriter log) => Take(root, Exclusive, log);

    /// <summary>Waits until no other run writes: what is compared is of one run. Others may read meanwhile.</summary>
    /// <param name="root">The workspace.</param>
    /// <param name="log">Is told where that takes longer.</param>
    public static WorkspaceLock ToCompare(string root, TextWriter log) => Take(root, Shared, log);

    public void Dispose() => _folder.Dispose();

    private static WorkspaceLock Take(string root, int how, TextWriter log)
    {
        // What is started (git) must not hold the lock when this process is gone.
        var closedOnStart = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
        var folder = Open(root, closedOnStart);
        if (folder.IsInvalid || Lock(folder, how | AtOnce) == 0)
        {
            // A folder that cannot be opened cannot be listed: the reading says so.
            return new WorkspaceLock(folder);
        }

        using var told = new ManualResetEvent(false);
        using var timer = new Timer(
            _ => log.WriteLine($"waiting for {Holder(root)}, which works on this workspace …"),
            null,
            Patience,
            Timeout.InfiniteTimeSpan
        );
        while (Lock(folder, how) != 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
            // A signal that was handled; whatever else it is: no locks here.
        }

        // What is being said is said to its end.
        if (timer.Dispose(told))
        {
            told.WaitOne();
        }

        return new WorkspaceLock(folder);
    }

    // `12: FLOCK  ADVISORY  WRITE 4711 fe:00:1311 0 EOF`; one with `->` only waits. Only Linux tells.
    private static string Holder(string root)
    {
        const string Locks = "/proc/locks";
        const int Process = 4;
        var real = RealPath.Of(root);
        var holder = (
            from line in File.Exists(Locks) ? File.ReadLines(Locks) : []
            let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            where words.Length > Process && words[1] == "FLOCK" && Holds(words[Process], real)
            select words[Process]
        ).FirstOrDefault();
        return holder is null ? "another run" : $"process {holder} ({DiagnosticWriter.Visible(Command(holder))})";
    }

    // Whether a process has the folder open, and the lock on it: it may have others, and one that waits has it open too.
    private static bool Holds(string process, string? folder)
    {
        try
        {
            return Directory
                .EnumerateFileSystemEntries($"/proc/{process}/fd")
                .Any(file => new FileInfo(file).LinkTarget == folder && File.ReadAllText($"/proc/{process}/fdinfo/{Path.GetFileName(file)}").Contains("\nlock:", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another user's.
            return false;
        }
    }

    private static string Command(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").TrimEnd('\0').Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "it has just ended";
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Lock(SafeFileHandle file, int how);
}
