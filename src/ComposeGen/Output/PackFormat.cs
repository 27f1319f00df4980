namespace ComposeGen.Output;

/// <summary>
/// How a packed archive looks: a tar file, compressed with gzip where its name says so, of one folder. In it, beside what
/// people read, a file of checksums as <c>sha256sum --check</c> takes it, which names every other file.
/// </summary>
internal static class PackFormat
{
    public const string Checksums = "SHA256SUMS";
    public const string Readme = "README.md";
    public const string Example = ".env.example";
    public const string Load = "load.sh";
    public const string VolumesFolder = "volumes/";
    private const string ImagesStart = "images-";
    private const string ArchiveEnd = ".tar";

    /// <summary>Whether a file's name is one of an archive that can be written.</summary>
    public static bool IsName(string file) => file.EndsWith(ArchiveEnd, StringComparison.Ordinal) || IsCompressed(file);

    public static bool IsCompressed(string file) =>
        file.EndsWith(".tar.gz", StringComparison.Ordinal) || file.EndsWith(".tgz", StringComparison.Ordinal);

    /// <summary>Whether a path is one that the archive itself has something at, whatever a workspace may have there.</summary>
    public static bool IsOwn(string path) =>
        path is Checksums or Readme or Example or Load or "docker-compose.yml" or "which-project.lock" or ".env"
        || IsImages(path)
        || path.StartsWith(VolumesFolder, StringComparison.Ordinal);

    /// <summary>The file that has the images for a platform, for example <c>linux/arm64/v8</c>.</summary>
    public static string Images(string platform) => $"{ImagesStart}{platform.Replace('/', '-')}{ArchiveEnd}";

    public static bool IsImages(string file) => file.StartsWith(ImagesStart, StringComparison.Ordinal) && file.EndsWith(ArchiveEnd, StringComparison.Ordinal);

    /// <summary>The platform of such a file.</summary>
    public static string PlatformOf(string images) => images[ImagesStart.Length..^ArchiveEnd.Length].Replace('-', '/');

    /// <summary>The file that has a volume's data.</summary>
    public static string Volume(string key) => $"{VolumesFolder}{key}{ArchiveEnd}";

    /// <summary>The volume whose data a file has; null where it has none.</summary>
    public static string? VolumeOf(string file) =>
        file.StartsWith(VolumesFolder, StringComparison.Ordinal) && file.EndsWith(ArchiveEnd, StringComparison.Ordinal)
            ? file[VolumesFolder.Length..^ArchiveEnd.Length]
            : null;
}
