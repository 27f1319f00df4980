using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using ComposeGen.Diagnostics;

namespace ComposeGen.Output;

/// <summary>What an archive held, once it was seen to be whole.</summary>
/// <param name="Name">The one folder in it.</param>
/// <param name="Folder">Where that is now.</param>
/// <param name="Files">With <c>/</c>, relative to the folder.</param>
/// <param name="Checksum">The checksum of its checksums.</param>
internal sealed record Unpacked(string Name, string Folder, IReadOnlyCollection<string> Files, string Checksum);

/// <summary>
/// Takes a packed archive apart. Nothing in it is believed: it is put beside its place first, every file is held against its
/// checksum, and what is no plain file or folder below the archive's own is refused.
/// </summary>
internal static class PackReader
{
    private const int BufferSize = 1 << 20;

    // What the tool writes comes to a thousandth of it.
    private const int LongestChecksums = 64 << 20;

    private const UnixFileMode Rights = (UnixFileMode)0x1FF;

    /// <param name="file">The archive.</param>
    /// <param name="into">An empty folder, which gets the files.</param>
    /// <param name="progress">Is told each time how many bytes more of the archive were read.</param>
    /// <param name="isUnwanted">Ends it.</param>
    /// <exception cref="DiagnosticException">It is broken, was altered, or is no such archive.</exception>
    public static Unpacked Extract(string file, string into, Action<long> progress, CancellationToken isUnwanted) =>
        Read(file, progress, stream => Extract(file, stream, into, isUnwanted));

    /// <summary>The name of the folder in an archive, of which nothing else is looked at.</summary>
    /// <exception cref="DiagnosticException">It is no such archive.</exception>
    public static string Name(string file) =>
        Read(
            file,
            _ => { },
            stream =>
            {
                using var tar = new TarReader(stream, leaveOpen: true);
                return tar.GetNextEntry()?.Name.Split('/')[0] is { } name && IsPlain(name) ? name : throw Broken(file, "it is no archive of composegen's");
            }
        );

    private static T Read<T>(string file, Action<long> progress, Func<Stream, T> read)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
        var isCompressed = stream.ReadByte() == 0x1F;
        stream.Position = 0;
        using var counted = new ReadStream(stream, progress, isForwardOnly: true);
        using var plain = isCompressed ? new GZipStream(counted, CompressionMode.Decompress) : (Stream)counted;
        try
        {
            return read(plain);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw Broken(file, "it ends too early, or is no tar file");
        }
    }

    private static Unpacked Extract(string file, Stream stream, string into, CancellationToken isUnwanted)
    {
        using var tar = new TarReader(stream, leaveOpen: true);
        string? name = null;
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            isUnwanted.ThrowIfCancellationRequested();
            if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
            {
                continue;
            }

            var path = entry.Name.Split('/') is [var first, .. var rest] && (name is null || first == name) && IsPlain(first) ? Plain(rest) : null;
            if (path is null || entry.EntryType is not (TarEntryType.Directory or TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            {
                throw Broken(file, $"it holds `{DiagnosticWriter.Visible(entry.Name)}`, which no archive of composegen's does");
            }

            name ??= entry.Name.Split('/')[0];
            var place = Path.Combine(into, path);
            if (entry.EntryType == TarEntryType.Directory)
            {
                Directory.CreateDirectory(place);
            }
            else if (found.ContainsKey(path))
            {
                throw Broken(file, $"it holds `{DiagnosticWriter.Visible(path)}` twice");
            }
            else
            {
                found[path] = Write(entry, place, isUnwanted);
            }
        }

        // What stands behind the end of a tar file is not looked at by anybody; a compressed stream that was cut off there is.
        stream.CopyTo(Stream.Null);
        if (name is null || !found.Remove(PackFormat.Checksums, out var checksum))
        {
            throw Broken(file, $"it has no {PackFormat.Checksums}: it ends too early, or is no archive of composegen's");
        }

        string[] files = [.. found.Keys];
        Compare(file, Path.Combine(into, PackFormat.Checksums), found);
        return new Unpacked(name, into, files, checksum);
    }

    private static string Write(TarEntry entry, string place, CancellationToken isUnwanted)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = entry.Mode & Rights;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var output = new FileStream(place, options);
        var buffer = new byte[BufferSize];
        while (entry.DataStream?.Read(buffer) is > 0 and var count)
        {
            isUnwanted.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
            output.Write(buffer, 0, count);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Compare(string file, string checksums, Dictionary<string, string> found)
    {
        if (new FileInfo(checksums).Length > LongestChecksums)
        {
            throw Broken(file, $"its {PackFormat.Checksums} is longer than any");
        }

        var listed = File.ReadAllLines(checksums).Select(line => line.Split("  ", 2)).ToList();
        foreach (var line in listed)
        {
            if (line is not [var checksum, var path] || !found.Remove(path, out var own))
            {
                throw Broken(file, $"it lacks `{DiagnosticWriter.Visible(line[^1])}`");
            }

            if (own != checksum)
            {
                throw Broken(file, $"`{DiagnosticWriter.Visible(path)}` in it is not what was packed");
            }
        }

        if (found.Keys.FirstOrDefault() is { } other)
        {
            throw Broken(file, $"`{DiagnosticWriter.Visible(other)}` in it was not packed with the rest");
        }
    }

    // Null where it leads out of the folder, or might.
    private static string? Plain(string[] parts) =>
        parts is [] or [""] ? string.Empty
        : (parts[^1].Length == 0 ? parts[..^1] : parts) is var names && Array.TrueForAll(names, IsPlain) ? string.Join('/', names)
        : null;

    private static bool IsPlain(string name) => name is not ("" or "." or "..") && !name.Contains('\\', StringComparison.Ordinal) && !name.Contains('\0', StringComparison.Ordinal);

    private static DiagnosticException Broken(string file, string why) => new(Errors.BrokenArchive(file, why));
}
