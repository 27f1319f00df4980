using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>How something was looked at.</summary>
internal enum LookKind : byte
{
    /// <summary>A file was read.</summary>
    Read,

    /// <summary>A folder, which is no link, was listed.</summary>
    List,

    /// <summary>Whether there is such a file.</summary>
    Exists,

    /// <summary>Whether it is a link, of what was not listed.</summary>
    Link,
}

/// <summary>A look at one path, relative to the workspace.</summary>
internal readonly record struct Look(LookKind Kind, string Path);

/// <summary>
/// All that a run saw of the files, as a digest each: a run to which nothing looks otherwise comes to the same. Contents and
/// not times, which a checkout, a copy or a clock can make older than what they stand for.
/// </summary>
internal sealed class Looks
{
    private static readonly UInt128 None = 0;
    private static readonly UInt128 Some = 1;

    private readonly ConcurrentDictionary<Look, UInt128> _seen = new();
    private volatile bool _isUnclear;

    /// <summary>
    /// Whether what was seen is not all that counts: something could not be read, lies behind a symbolic link, whose other parts
    /// nobody listed, or changed in the middle.
    /// </summary>
    public bool IsUnclear => _isUnclear;

    /// <summary>What was seen: of a folder that was listed nothing else.</summary>
    public IEnumerable<KeyValuePair<Look, UInt128>> Seen =>
        _seen.Where(pair => pair.Key.Kind != LookKind.Link || !_seen.ContainsKey(pair.Key with { Kind = LookKind.List }));

    public void Read(string file, ReadOnlySpan<byte> bytes) => Add(new Look(LookKind.Read, file), Digest(bytes));

    public void List(string folder, IEnumerable<FolderEntry>? entries) => Add(new Look(LookKind.List, folder), Digest(entries));

    public void Exists(string file, bool isThere) => Add(new Look(LookKind.Exists, file), isThere ? Some : None);

    public void Link(string path, bool isLink)
    {
        if (isLink)
        {
            _isUnclear = true;
        }

        Add(new Look(LookKind.Link, path), isLink ? Some : None);
    }

    /// <summary>Something could not be seen.</summary>
    public void Fail() => _isUnclear = true;

    /// <summary>What is to be seen of a path now.</summary>
    public static UInt128 Now(Look look, WorkspaceFiles files)
    {
        var path = files.FullPath(look.Path);
        return look.Kind switch
        {
            LookKind.Read => IsReadable(path) ? Digest(File.ReadAllBytes(path)) : None,
            LookKind.List => Digest(Directory.Exists(path) && (look.Path.Length == 0 || !Disk.IsLink(path)) ? Disk.List(path) : null),
            LookKind.Exists => Disk.IsThere(path) ? Some : None,
            LookKind.Link => Disk.IsLink(path) ? Some : None,
            _ => throw new ArgumentOutOfRangeException(nameof(look)),
        };
    }

    /// <summary>What is seen of a file that holds this.</summary>
    public static UInt128 Digest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Sha256.Length];
        Sha256.Hash(bytes, hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }

    private void Add(Look look, UInt128 sight)
    {
        if (_seen.GetOrAdd(look, sight) != sight)
        {
            _isUnclear = true;
        }
    }

    // No file that was read was a link, or larger.
    private static bool IsReadable(string path) => File.Exists(path) && !Disk.IsLink(path) && FileKind.IsRegular(path) && new FileInfo(path).Length <= WorkspaceFiles.MaxGenerated;

    // The system lists them in any order.
    private static UInt128 Digest(IEnumerable<FolderEntry>? entries) =>
        entries is null
            ? None
            : Digest(
                Encoding.UTF8.GetBytes(
                    string.Concat(entries.OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => $"{(entry.IsFolder ? 'd' : 'f')}{entry.Name}\0"))
                )
            );
}
