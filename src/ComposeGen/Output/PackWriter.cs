using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace ComposeGen.Output;

/// <summary>Writes a packed archive: under another name until it is whole.</summary>
internal sealed class PackWriter : IDisposable
{
    private const int BufferSize = 1 << 20;

    private const UnixFileMode Folder = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Replacement _place;
    private readonly string _folder;
    private readonly TarWriter _tar;
    private readonly SortedDictionary<string, string> _checksums = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private bool _isWhole;

    /// <param name="file">What is there is replaced once the archive is whole.</param>
    /// <param name="folder">The one folder in it.</param>
    public PackWriter(string file, string folder)
    {
        _folder = folder;
        _place = new Replacement(file, file);
        _place.Discard();
        Stream stream = _place.Open(BufferSize);
        // What images hold is mostly compiled already: more effort takes five times as long, for a tenth less.
        _tar = new TarWriter(PackFormat.IsCompressed(file) ? new GZipStream(stream, CompressionLevel.Fastest) : stream, TarEntryFormat.Pax);
        AddFolder(string.Empty);
    }

    public void Add(string name, string text, bool isSecret = false)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        Add(name, stream, isSecret ? Secret : Readable);
    }

    /// <summary>Adds a file of the disk.</summary>
    /// <param name="name">With <c>/</c>, relative to the folder.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="progress">Is told each time how many bytes more were read.</param>
    public void AddFile(string name, string path, Action<long> progress)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
        // A folder's rights let others read what a file's own do not; here they are all that counts.
        var mode = OperatingSystem.IsWindows() ? Readable : File.GetUnixFileMode(path) & (Folder | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        using var counted = new ReadStream(file, progress);
        Add(name, counted, mode);
    }

    /// <summary>Adds a folder, and those above it.</summary>
    public void AddFolder(string name)
    {
        if (name.LastIndexOf('/') is var slash and > 0)
        {
            AddFolder(name[..slash]);
        }

        if (_folders.Add(name))
        {
            _tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, $"{_folder}/{name}") { Mode = Folder });
        }
    }

    /// <summary>Puts the checksums behind everything else, and the archive in its place.</summary>
    /// <returns>The checksum of the checksums, which stands for the whole.</returns>
    public string Finish()
    {
        var text = string.Concat(_checksums.Select(file => $"{file.Value}  {file.Key}\n"));
        Add(PackFormat.Checksums, text);
        _tar.Dispose();
        _place.Commit();
        _isWhole = true;
        return _checksums[PackFormat.Checksums];
    }

    public void Dispose()
    {
        if (!_isWhole)
        {
            _tar.Dispose();
            _place.Discard();
        }
    }

    private void Add(string name, Stream data, UnixFileMode mode)
    {
        if (name.LastIndexOf('/') is var slash and > 0)
        {
            AddFolder(name[..slash]);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var hashed = new ReadStream(data, hash.AppendData);
        _tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"{_folder}/{name}") { DataStream = hashed, Mode = mode });
        _checksums.Add(name, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
