using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Workspaces;

/// <summary>A folder of a repository that would be a project, wherever it is.</summary>
/// <param name="Folder">Relative to the repository; empty for the repository itself.</param>
/// <param name="Kind">What makes it one.</param>
/// <param name="File">The file that does, in the folder.</param>
internal sealed record FoundFolder(string Folder, ProjectKind Kind, string File)
{
    /// <summary>Where it is called from by <c>which-project</c> already: its path below <c>projects/</c>; null where it lies elsewhere.</summary>
    public string? Below =>
        Folder.StartsWith($"{Workspace.ProjectsFolder}/", StringComparison.Ordinal) ? Folder[(Workspace.ProjectsFolder.Length + 1)..] : null;
}

/// <summary>Looks through a whole repository for what could be projects of a workspace.</summary>
internal static class RepositoryScan
{
    // What others put there, or what is built: never somebody's project.
    private static readonly HashSet<string> PassedOver = new(
        ["node_modules", "vendor", "bower_components", "site-packages", "__pycache__", "venv", "env", "target", "dist", "build", "out", "bin", "obj"],
        StringComparer.Ordinal
    );

    // Deeper than anybody keeps projects, and shallow enough for a home folder that is scanned by mistake.
    private const int Deepest = 6;

    /// <summary>The folders, in ordinal order. Below one that is found only a Compose file makes another: a Dockerfile there is its own.</summary>
    /// <param name="root">The repository's folder.</param>
    /// <param name="isIgnored">Which of some folders, relative to the root, git ignores.</param>
    public static ImmutableArray<FoundFolder> Find(string root, Func<IReadOnlyCollection<string>, IReadOnlySet<string>> isIgnored)
    {
        var found = ImmutableArray.CreateBuilder<FoundFolder>();
        var level = new List<(string Folder, bool IsInside)> { (string.Empty, false) };
        for (var depth = 0; depth <= Deepest && level.Count > 0; depth++)
        {
            var next = new List<(string Folder, bool IsInside)>();
            foreach (var (folder, isInside) in level)
            {
                var entries = Entries(Path.Combine(root, folder));
                var files = entries.Where(entry => entry is FileInfo).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
                var kind = folder == Workspace.ProjectsFolder ? null : ProjectFinder.Kind(folder, files, new DiagnosticBag());
                var isProject = kind is var (_, what) && (!isInside || what is ProjectKind.Descriptor or ProjectKind.ComposeFile);
                if (isProject)
                {
                    found.Add(new FoundFolder(folder, kind!.Value.Kind, kind.Value.File));
                }

                next.AddRange(
                    entries
                        .Where(entry => entry is DirectoryInfo { LinkTarget: null } && IsLookedAt(entry))
                        .Select(entry => (folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}", isInside || (isProject && folder.Length > 0)))
                );
            }

            var ignored = isIgnored([.. next.Select(place => place.Folder)]);
            level = next.FindAll(place => !ignored.Contains(place.Folder));
        }

        return [.. found.OrderBy(folder => folder.Folder, StringComparer.Ordinal)];
    }

    private static bool IsLookedAt(FileSystemInfo folder) =>
        folder.Name[0] != '.' && !PassedOver.Contains(folder.Name) && ProjectFinder.IsNameable(folder.Name) && !File.Exists(Path.Combine(folder.FullName, "pyvenv.cfg"));

    // A folder that may not be read holds nothing that could be run.
    private static FileSystemInfo[] Entries(string folder) =>
        [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = 0 })];
}
