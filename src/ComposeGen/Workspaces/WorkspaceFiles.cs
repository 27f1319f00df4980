using System.Buffers;
using System.Collections.Concurrent;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using Microsoft.Win32.SafeHandles;

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

    // Folders on the way to files that were read, whether they are links, and whether they are or lie behind one.
    private readonly ConcurrentDictionary<string, bool> _isLink = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _isBehindLink = new(StringComparer.Ordinal);

    private readonly FoundFiles _found = new(root);

    public string Root => root;

    /// <summary>Takes what is seen; null where nobody wants to know.</summary>
    public Looks? Looks { get; set; }

    /// <summary>Whether there is such a file; a link that leads nowhere is none, and of one that leads in a circle the reading says so.</summary>
    public bool Exists(string file)
    {
        if (!_found.MayBe(file))
        {
            return _found.Seen(file, false);
        }

        var isThere = Disk.IsThere(FullPath(file));
        Looks?.Exists(file, isThere);
        return _found.Seen(file, isThere);
    }

    /// <summary>Whether a folder is a symbolic link itself.</summary>
    public bool IsLink(string folder) => _isLink.GetOrAdd(folder, Look);

    /// <summary>What came or went in a project since it was looked for; null where nothing did.</summary>
    public Diagnostic? Moved() => _found.Moved();

    /// <summary>Remembers what a project's folder holds, which none that is a link led to but, maybe, the one in the root.</summary>
    public void Listed(string folder, IReadOnlySet<string> files)
    {
        _found.Listed(folder, files);
        _isBehindLink.TryAdd(folder, IsBehindLink(folder[..folder.IndexOf('/', StringComparison.Ordinal)]));
    }

    /// <summary>What is in a folder; null with a diagnostic where that cannot be known.</summary>
    /// <param name="folder">In the root, or got to from there through none that is a link.</param>
    /// <param name="bag">Takes the diagnostic.</param>
    public IReadOnlyList<FolderEntry>? Entries(string folder, DiagnosticBag bag)
    {
        if (!folder.Contains('/', StringComparison.Ordinal) && LeadsOut(folder) is { } target)
        {
            bag.Add(Errors.LinkLeadsOut(folder, target));
            return null;
        }

        try
        {
            return Listing(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Add(Failed(e, folder));
            return null;
        }
    }

    public string FullPath(string file) => Path.Combine(root, file);

    /// <summary>What is in a folder; nothing where that may not be known: such a one, a database's data maybe, describes nothing.</summary>
    public IReadOnlyList<FolderEntry> ReadableEntries(string folder)
    {
        try
        {
            return Listing(folder);
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
        var source = TryRead(file, bag, max);
        if (source is null)
        {
            Looks?.Fail();
        }

        return source;
    }

    private SourceText? TryRead(string file, DiagnosticBag bag, int max)
    {
        try
        {
            var path = FullPath(file);
            var isPlain = FileKind.IsPlain(path);
            if (!isPlain && Directory.Exists(path))
            {
                bag.Add(Errors.NotAFile(file));
                return null;
            }

            if (LeadsOut(file, isPlain) is { } target)
            {
                bag.Add(Errors.LinkLeadsOut(file, target));
                return null;
            }

            if (!isPlain && !FileKind.IsRegular(path))
            {
                bag.Add(Errors.NotAFile(file));
                return null;
            }

            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(handle);
            if (length > max)
            {
                bag.Add(Errors.FileTooLarge(file, max));
                return null;
            }

            var bytes = ArrayPool<byte>.Shared.Rent((int)length);
            try
            {
                var read = ReadAll(handle, bytes.AsSpan(0, (int)length));
                _found.Seen(file, isThere: true);
                Looks?.Read(file, bytes.AsSpan(0, read));
                return SourceText.Decode(file, bytes.AsSpan(0, read), bag);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
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

    private Diagnostic Failed(Exception e, string place)
    {
        Looks?.Fail();
        if (e is FileNotFoundException or DirectoryNotFoundException)
        {
            _found.Gone(place);
        }

        return Problem(e, place, FullPath(place));
    }

    private bool Look(string path)
    {
        var isLink = Disk.IsLink(FullPath(path));
        Looks?.Link(path, isLink);
        return isLink;
    }

    private FolderEntry[] Listing(string folder)
    {
        var entries = Disk.List(FullPath(folder));
        Looks?.List(folder, entries);
        return entries;
    }

    private static int ReadAll(SafeFileHandle handle, Span<byte> bytes)
    {
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(handle, bytes[read..], read) is var more and > 0)
        {
            read += more;
        }

        return read;
    }

    // Where a link takes a path to, if that is not in the workspace: what is there is nobody's business, nor in any git.
    private string? LeadsOut(string path, bool isNoLink = false) =>
        (isNoLink ? IsInLinked(path) : IsBehindLink(path)) && RealPath.Of(FullPath(path)) is { } target && !RealPath.IsInside(FullPath(path), root) ? target : null;

    private bool IsBehindLink(string path) => IsLink(path) || IsInLinked(path);

    private bool IsInLinked(string path) => path.LastIndexOf('/') is > 0 and var slash && _isBehindLink.GetOrAdd(path[..slash], IsBehindLink);
}
