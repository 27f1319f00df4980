namespace ComposeGen.Workspaces;

/// <summary>Paths of files, relative to the workspace, with <c>/</c>.</summary>
internal static class WorkspacePath
{
    /// <summary>The folder that a file is in; empty for the workspace itself.</summary>
    public static string Folder(string file) => file[..Math.Max(0, file.LastIndexOf('/'))];

    /// <summary>
    /// A path that is given relative to a folder; null where it is absolute or leaves the workspace: what is generated and
    /// committed must not depend on what is not.
    /// </summary>
    public static string? Combine(string folder, string path)
    {
        if (path.StartsWith('/') || path.StartsWith('~') || path.Contains('\\', StringComparison.Ordinal) || path is [_, ':', ..])
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var part in $"{folder}/{path}".Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count == 0)
            {
                return null;
            }
            else
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return string.Join('/', parts);
    }
}
