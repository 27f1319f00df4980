using System.Collections.Concurrent;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>Reads the workspace's text files, by path relative to its root.</summary>
internal sealed class WorkspaceFiles(string root)
{
    /// <summary>The largest manifest, in bytes.</summary>
    public const int MaxManifest = 1 << 20;

    /// <summary>The largest descriptor or template, in bytes: larger ones that a person wrote are not known, and this much is read in a blink.</summary>
    public const int MaxFile = 2 << 20;

    /// <summary>The largest lock, in bytes: that of a hundred thousand ports.</summary>
    public const int MaxLock = 8 << 20;

    /// <summary>The largest generated file, in bytes: that of ten thousand projects and more.</summary>
    public const int MaxGenerated = 64 << 20;

    // Folders on the way to files that were read, and whether they are links or lie behind one.
    private readonly ConcurrentDictionary<string, bool> _isBehindLink = new(StringComparer.Ordinal);

    // What projects were found to have and not to have, and folders that were gone when they were looked into.
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _gone = new();

    public string Root => root;

    /// <summary>Whether there is such a file; a link that leads nowhere is none, and of one that leads in a circle the reading says so.</summary>
    public bool Exists(string file) => Seen(file, IsThere(FullPath(file)));

    /// <summary>
    /// What came or went in a project since it was looked for; null where nothing did. A folder that was moved away in the
    /// middle would else be taken for one that lacks what had not been read yet, and what it is said to lack for a mistake.
    /// </summary>
    public Diagnostic? Moved()
    {
        if (_gone.TryPeek(out var gone))
        {
            return Errors.Changed(gone);
        }

        foreach (var (file, isThere) in _seen)
        {
            if (IsThere(FullPath(file)) != isThere)
            {
                return Errors.Changed(file);
            }

            // What is there still has to be when more of the project is read later; what is not there is looked for anew.
            if (!isThere)
            {
                _seen.TryRemove(file, out _);
            }
        }

        return null;
    }

    /// <summary>What is in a folder; null with a diagnostic where that cannot be known.</summary>
    public FileSystemInfo[]? Entries(string folder, DiagnosticBag bag)
    {
        if (LeadsOut(folder) is { } target)
        {
            bag.Add(Errors.LinkLeadsOut(folder, target));
            return null;
        }

        try
        {
            return new DirectoryInfo(FullPath(folder)).GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Add(Failed(e, folder));
            return null;
        }
    }

    public string FullPath(string file) => Path.Combine(root, file);

    /// <summary>What is in a folder; nothing where that may not be known: such a one, a database's data maybe, describes nothing.</summary>
    public FileSystemInfo[] ReadableEntries(string folder)
    {
        try
        {
            return new DirectoryInfo(FullPath(folder)).GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failed(e, folder);
            return [];
        }
    }

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

            if (LeadsOut(file) is { } target)
            {
                bag.Add(Errors.LinkLeadsOut(file, target));
                return null;
            }

            if (!FileKind.IsRegular(path))
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
            Seen(file, isThere: true);
            return SourceText.Decode(file, bytes.AsSpan(0, read), bag);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Add(Failed(e, file));
            return null;
        }
    }

    /// <summary>Why a file or a folder cannot be read.</summary>
    /// <param name="e">What the system said.</param>
    /// <param name="place">The file or folder, as it is called in messages.</param>
    /// <param name="path">Where it is on this machine.</param>
    public static Diagnostic Problem(Exception e, string place, string path) =>
        e switch
        {
            DiagnosticException known => known.Diagnostic,
            FileNotFoundException or DirectoryNotFoundException => Errors.Changed(place),
            UnauthorizedAccessException => Errors.MayNotRead(place, FileOwner.Of(path)?.ToString()),
            _ => Errors.CannotRead(place, Reason(e, path)),
        };

    /// <summary>What the system said, without the path that .NET adds.</summary>
    public static string Reason(Exception e, string path) => e.Message.Replace($" : '{path}'", string.Empty, StringComparison.Ordinal);

    /// <summary>The text as it stands, for showing a line of it; null where it cannot be had.</summary>
    public string? TryReadText(string file) => Read(file, new DiagnosticBag())?.Text;

    // .NET's answer is about the link itself where it leads nowhere.
    private static bool IsThere(string path) =>
        File.Exists(path) && (new FileInfo(path).LinkTarget is null || RealPath.Of(path) is not { } real || File.Exists(real));

    private Diagnostic Failed(Exception e, string place)
    {
        if (IsOfProject(place) && e is (FileNotFoundException or DirectoryNotFoundException))
        {
            _gone.Enqueue(place);
        }

        return Problem(e, place, FullPath(place));
    }

    // Where a link takes a path to, if that is not in the workspace: what is there is nobody's business, nor in any git.
    private string? LeadsOut(string path) =>
        IsBehindLink(path) && RealPath.Of(FullPath(path)) is { } target && !RealPath.IsInside(FullPath(path), root) ? target : null;

    private bool IsBehindLink(string path)
    {
        var slash = path.LastIndexOf('/');
        return new FileInfo(FullPath(path)).LinkTarget is not null || (slash > 0 && _isBehindLink.GetOrAdd(path[..slash], IsBehindLink));
    }

    // Not so the files in the root: other runs of the tool write those, each in one step.
    private static bool IsOfProject(string place) => place.StartsWith(Workspace.ProjectsFolder + "/", StringComparison.Ordinal);

    private bool Seen(string file, bool isThere)
    {
        if (IsOfProject(file))
        {
            _seen.TryAdd(file, isThere);
        }

        return isThere;
    }
}
