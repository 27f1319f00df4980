using ComposeGen.Diagnostics;
using ComposeGen.Workspaces;

namespace ComposeGen.Output;

/// <summary>Why the machine does not let a file be written, so that one knows what to do.</summary>
internal static class WriteProblem
{
    // errno, which .NET keeps: the same numbers on Linux and macOS but for the quota's.
    private const int NotPermitted = 1;
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private static readonly int NoQuota = OperatingSystem.IsMacOS() ? 69 : 122;

    public static Diagnostic Of(Exception e, string file, string place)
    {
        var folder = Path.GetDirectoryName(place)!;
        return (e, Number(e)) switch
        {
            (DiagnosticException known, _) => known.Diagnostic,
            (_, var number) when number == NoSpace || number == NoQuota => Errors.DiskFull(file, folder),
            (_, ReadOnly) => Errors.ReadOnlyFileSystem(file, folder),
            // The owner himself, and root, are kept off a file that is immutable or in a folder such as /tmp.
            (UnauthorizedAccessException, not NotPermitted) => Errors.MayNotWrite(file, folder, FileOwner.Of(folder)?.ToString(), Environment.UserName),
            _ => Errors.CannotWrite(file, Reason(e, place)),
        };
    }

    /// <summary>In the system's words.</summary>
    public static string Reason(Exception e, string place) =>
        Number(e) == NotPermitted ? "the system protects it, even from its owner (`lsattr`, `ls -ld`)" : WorkspaceFiles.Reason(e, place);

    private static int Number(Exception e) => (e.InnerException ?? e).HResult;
}
