namespace ComposeGen.Docker;

/// <summary>Folders as the engine's labels name them.</summary>
internal static class Folders
{
    /// <summary>Whether two paths lead to one folder, whichever symbolic links they go through.</summary>
    public static bool AreSame(string one, string other) => one == other || Real(one) == Real(other);

    // Part by part: only the last one's link is what the framework resolves.
    private static string Real(string path)
    {
        var root = Path.GetPathRoot(path)!;
        return path[root.Length..]
            .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(
                root,
                (real, part) =>
                {
                    var info = new DirectoryInfo(Path.Combine(real, part));
                    return info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is { } target
                        ? Real(target.FullName)
                        : info.FullName;
                }
            );
    }
}
