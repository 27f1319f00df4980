namespace ComposeGen.Output;

/// <summary>The folder in which the tool keeps what is this user's alone. Nothing that is generated depends on it, and it may be removed.</summary>
internal static class UserCache
{
    /// <summary>
    /// The XDG Base Directory Specification's on Linux, each other system's own; null where there is none.
    /// </summary>
    public static string? Folder
    {
        get
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            var caches =
                Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given && Path.IsPathRooted(given) ? given
                : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : home.Length == 0 ? string.Empty
                : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
                : Path.Combine(home, ".cache");
            return caches.Length == 0 ? null : Path.Combine(caches, "composegen");
        }
    }

    /// <summary>True the first time that it is asked of a name; always false where that cannot be remembered.</summary>
    public static bool IsFirst(string name)
    {
        if (Folder is not { } folder)
        {
            return false;
        }

        try
        {
            // Records of workspaces lie beside this folder.
            var told = Directory.CreateDirectory(Path.Combine(folder, "told"));
            using var mark = new FileStream(Path.Combine(told.FullName, name), FileMode.CreateNew);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is there, or there is no cache.
            return false;
        }
    }
}
