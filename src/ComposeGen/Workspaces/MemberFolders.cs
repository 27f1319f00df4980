using ComposeGen.Diagnostics;

namespace ComposeGen.Workspaces;

/// <summary>
/// The folders of a project that may be members, by their paths below the project's folder, a folder before those in it.
/// Hidden ones are not among them; <paramref name="PassedOver"/> are symbolic links, and what could not be named.
/// </summary>
internal sealed record MemberFolders(IReadOnlyList<string> Folders, IReadOnlyDictionary<string, Diagnostic> PassedOver)
{
    /// <param name="files">The workspace's files.</param>
    /// <param name="place">The project's folder, relative to the workspace.</param>
    /// <param name="depth">How many folders deep to look: a project may hold a great many that are no members.</param>
    public static MemberFolders Find(WorkspaceFiles files, string place, int depth)
    {
        var found = new List<string>();
        var passedOver = new Dictionary<string, Diagnostic>(StringComparer.Ordinal);
        var toLook = new Stack<(string Path, int Depth)>([(string.Empty, 0)]);
        while (toLook.TryPop(out var folder))
        {
            if (folder.Depth >= depth)
            {
                continue;
            }

            var below = files.ReadableEntries(folder.Depth == 0 ? place : $"{place}/{folder.Path}");
            foreach (var entry in below.Where(entry => entry.IsFolder && !entry.Name.StartsWith('.')))
            {
                var path = folder.Depth == 0 ? entry.Name : $"{folder.Path}/{entry.Name}";
                if (files.IsLink($"{place}/{path}"))
                {
                    passedOver[path] = Errors.LinkedFolder($"{place}/{path}");
                }
                else if (!ProjectFinder.IsNameable(entry.Name))
                {
                    passedOver[path] = Errors.BadFolderName($"{place}/{path}");
                }
                else
                {
                    found.Add(path);
                    toLook.Push((path, folder.Depth + 1));
                }
            }
        }

        found.Sort(StringComparer.Ordinal);
        return new MemberFolders(found, passedOver);
    }
}
