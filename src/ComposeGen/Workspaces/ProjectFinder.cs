using ComposeGen.Diagnostics;

namespace ComposeGen.Workspaces;

/// <summary>A folder that is a project, by its path below <c>projects/</c>, and the file that makes it one.</summary>
internal readonly record struct FoundProject(string Path, ProjectKind Kind, string File);

/// <summary>
/// Looks through <c>projects/</c>: the first kind of file that a folder has makes it a project; a folder with none is a
/// group, and its subfolders are looked at. Hidden folders and symbolic links are passed over.
/// </summary>
internal static class ProjectFinder
{
    // The order is product.md's and Compose's: compose.yaml is preferred to docker-compose.yml.
    private static readonly (string[] Names, ProjectKind Kind)[] Kinds =
    [
        (["project.yml", "project.yaml"], ProjectKind.Descriptor),
        (["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"], ProjectKind.ComposeFile),
        (["Dockerfile", "Containerfile"], ProjectKind.Dockerfile),
    ];

    /// <returns>
    /// The projects in ordinal order of their paths, whatever order the file system lists them in; and the folders that are none, in the workspace.
    /// </returns>
    public static (IReadOnlyList<FoundProject> Projects, IReadOnlySet<string> Groups) Find(WorkspaceFiles workspace, DiagnosticBag bag)
    {
        var found = new List<FoundProject>();
        var groups = new HashSet<string>(StringComparer.Ordinal);
        var folders = new Stack<string>();
        folders.Push(Workspace.ProjectsFolder);
        while (folders.TryPop(out var folder))
        {
            if (Look(workspace, folder, folders, bag) is { } project)
            {
                found.Add(project);
            }
            else
            {
                groups.Add(folder);
            }
        }

        found.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return (found, groups);
    }

    private static FoundProject? Look(WorkspaceFiles workspace, string place, Stack<string> folders, DiagnosticBag bag)
    {
        var isTop = place.Length == Workspace.ProjectsFolder.Length;
        // There need be no projects at all; a folder that was listed a moment ago has to be there.
        if ((isTop && !Directory.Exists(workspace.FullPath(place))) || workspace.Entries(place, bag) is not { } entries)
        {
            return null;
        }

        var files = entries.Where(entry => !entry.IsFolder).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        if (!isTop && Kind(place, files, bag) is var (file, kind))
        {
            workspace.Listed(place, files);
            return new FoundProject(place[(Workspace.ProjectsFolder.Length + 1)..], kind, $"{place}/{file}");
        }

        foreach (var entry in entries.Where(entry => entry.IsFolder && !entry.Name.StartsWith('.')))
        {
            var path = $"{place}/{entry.Name}";
            if (workspace.IsLink(path))
            {
                bag.Add(Errors.LinkedFolder(path));
            }
            else if (!IsNameable(entry.Name))
            {
                bag.Add(Errors.BadFolderName(path));
            }
            else
            {
                folders.Push(path);
            }
        }

        return null;
    }

    /// <summary>Whether a folder of this name can be named in which-project, a glob and a Compose path.</summary>
    public static bool IsNameable(string name)
    {
        foreach (var c in name)
        {
            if (char.IsControl(c) || c is ':' or '*' or '?' or '"' or '<' or '>' or '|' or '\\' or '#' or '!' or '$' or '{' or '}' or '[' or ']' or '\uFFFD')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first file of a folder that says what the folder is; null where there is none.</summary>
    public static (string File, ProjectKind Kind)? Kind(string place, HashSet<string> files, DiagnosticBag bag)
    {
        foreach (var (names, kind) in Kinds)
        {
            var present = names.Where(files.Contains).ToList();
            // Compose itself picks between its own file names with a warning; between two of ours nobody should have to guess.
            if (present.Count > 1)
            {
                var (first, second) = ($"{place}/{present[0]}", $"{place}/{present[1]}");
                bag.Add(kind == ProjectKind.Descriptor ? Errors.TwoDescriptors(first, second) : Errors.TwoComposeFiles(first, second));
            }

            if (present.Count > 0)
            {
                return (present[0], kind);
            }
        }

        return PythonFolder.Mark(files) is { } mark ? (mark, ProjectKind.Python) : null;
    }
}
