using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>Reads the workspace's text files, by path relative to its root.</summary>
internal sealed class WorkspaceFiles(string root)
{
    /// <summary>The largest manifest, in bytes.</summary>
    public const int MaxManifest = 1 << 20;

    /// <summary>The largest descriptor, template or lock, in bytes.</summary>
    public const int MaxFile = 16 << 20;

    public string Root => root;

    /// <summary>Whether there is such a file; a link that leads nowhere is none.</summary>
    public bool Exists(string file)
    {
        var info = new FileInfo(FullPath(file));
        return info.Exists && (info.LinkTarget is null || info.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true });
    }

    public string FullPath(string file) => Path.Combine(root, file);

    /// <summary>
    /// The file's text; null with a diagnostic where it cannot be read, is larger than <paramref name="max"/> bytes or not UTF-8.
    /// </summary>
    public SourceText? Read(string file, DiagnosticBag bag, int max = MaxFile)
    {
        try
        {
            var path = FullPath(file);
            if (Directory.Exists(path))
            {
                bag.Add(Errors.NotAFile(file));
                return null;
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (stream.Length > max)
            {
                bag.Add(Errors.FileTooLarge(file, max));
                return null;
            }

            var bytes = new byte[stream.Length];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return SourceText.Decode(file, bytes.AsSpan(0, read), bag);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Add(Errors.CannotRead(file, e.Message));
            return null;
        }
    }

    /// <summary>The text as it stands, for showing a line of it; null where it cannot be had.</summary>
    public string? TryReadText(string file) => Read(file, new DiagnosticBag())?.Text;
}
