using System.IO.Enumeration;

namespace ComposeGen.Workspaces;

/// <summary>What a folder holds: a folder, which may be a link to one, or anything else.</summary>
internal readonly record struct FolderEntry(string Name, bool IsFolder);

/// <summary>What the file system tells of a path.</summary>
internal static class Disk
{
    /// <summary>Whether there is such a file; a link that leads nowhere is none.</summary>
    public static bool IsThere(string path) =>
        // .NET's answer is about the link itself where it leads nowhere.
        File.Exists(path) && (!IsLink(path) || RealPath.Of(path) is not { } real || File.Exists(real));

    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    /// <summary>What is in a folder, in whichever order.</summary>
    /// <exception cref="IOException">It is not there, or is no folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FolderEntry[] List(string path) =>
        [
            // With what the system lists anyhow: to ask for each entry what it is takes as long as to read it.
            .. new FileSystemEnumerable<FolderEntry>(
                path,
                (ref FileSystemEntry entry) => new FolderEntry(entry.FileName.ToString(), entry.IsDirectory),
                new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }
            ),
        ];
}
