namespace ComposeGen.Docker;

/// <summary>Where apt takes packages from: the manual page sources.list(5).</summary>
internal static class AptSources
{
    private const string Folder = "/etc/apt";

    /// <summary>The first mirror of Debian's that is named; null where there is none.</summary>
    public static string? DebianMirror() => DebianMirror(Files().SelectMany(File.ReadLines));

    /// <param name="lines">Of files in either form.</param>
    public static string? DebianMirror(IEnumerable<string> lines) =>
        lines
            .Where(line => line.StartsWith("deb ", StringComparison.Ordinal) || line.StartsWith("URIs:", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(word => word.TrimEnd('/'))
            .FirstOrDefault(word => word.StartsWith("http", StringComparison.Ordinal) && word.EndsWith("/debian", StringComparison.Ordinal) && word.All(IsPlain));

    // It becomes part of a line that a shell reads.
    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is ':' or '/' or '.' or '-' or '_';

    private static IEnumerable<string> Files()
    {
        var parts = Path.Combine(Folder, "sources.list.d");
        var all = Directory.Exists(parts) ? Directory.GetFiles(parts).Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        return all.Prepend(Path.Combine(Folder, "sources.list"))
            .Where(file => Path.GetExtension(file) is ".list" or ".sources" && File.Exists(file));
    }
}
