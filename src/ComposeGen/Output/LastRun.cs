using System.Runtime.InteropServices;
using System.Text;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Output;

/// <summary>
/// What the last run saw that had nothing to say, and what it left written, kept in the user's cache folder: while everything
/// looks the same to the same program, another run would write nothing. Nothing that is generated depends on it; without it,
/// the next run takes as long as the first.
/// </summary>
internal sealed class LastRun
{
    private const string Heading = "composegen: what a run saw";

    // Another build of the tool may come to something else.
    private static readonly string Tool = typeof(LastRun).Module.ModuleVersionId.ToString();

    private readonly WorkspaceFiles _files;
    private readonly string? _record;

    private LastRun(WorkspaceFiles files)
    {
        _files = files;
        _record = UserCache.Folder is { } folder ? Path.Combine(folder, Sha256.Hex(Encoding.UTF8.GetBytes(files.Root))) : null;
    }

    /// <summary>Of a workspace that nobody else writes into meanwhile.</summary>
    public static LastRun Of(WorkspaceFiles files) => new(files);

    /// <summary>Whether everything that the last run saw, what it had written among it, is still as it was.</summary>
    public bool IsUnchanged()
    {
        try
        {
            if (_record is null || !File.Exists(_record) || Read(File.ReadAllBytes(_record)) is not { } seen)
            {
                return false;
            }

            var isOther = 0;
            Together.For(
                seen.Count,
                i =>
                {
                    if (Volatile.Read(ref isOther) == 0 && Looks.Now(seen[i].Look, _files) != seen[i].Sight)
                    {
                        Volatile.Write(ref isOther, 1);
                    }
                }
            );
            return isOther == 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or AggregateException { InnerException: IOException or UnauthorizedAccessException })
        {
            // What cannot be read now does not look the same; the run that follows says why.
            return false;
        }
    }

    /// <summary>Keeps what a run saw that said nothing. One that reads what it has written comes to the same once more.</summary>
    /// <param name="looks">What it saw before it wrote.</param>
    /// <param name="outputs">The files that it may have written, whether they are there or not, with what this run has left in them where it has; another may be writing already.</param>
    public void Remember(Looks looks, (string File, byte[]? Bytes)[] outputs)
    {
        if (_record is null)
        {
            return;
        }

        try
        {
            foreach (var (file, _) in outputs)
            {
                _ = _files.IsLink(file);
            }

            // Files that none of the run's looks was at may stand in the way of what it wrote, or be left of a run that was killed.
            looks.List(string.Empty, Disk.List(_files.Root));
            if (looks.IsUnclear)
            {
                return;
            }

            // What is most likely to change is looked at first.
            var written = outputs
                .Select(output => (Look: new Look(LookKind.Read, output.File), output.Bytes))
                .Select(pair => (pair.Look, pair.Bytes is null ? Looks.Now(pair.Look, _files) : Looks.Digest(pair.Bytes)));
            var seen = looks.Seen.Where(pair => !Array.Exists(outputs, output => output.File == pair.Key.Path)).OrderBy(pair => pair.Key.Kind).Select(pair => (pair.Key, pair.Value));
            var isFirst = !File.Exists(_record);
            Directory.CreateDirectory(Path.GetDirectoryName(_record)!);
            var replacement = new Replacement(Path.GetFileName(_record), _record) { Now = Bytes([.. written, .. seen]), IsSecret = true, IsDispensable = true };
            // Of a run that was killed.
            replacement.Discard();
            replacement.Stage();
            replacement.Commit();
            if (isFirst)
            {
                RemoveOrphans(Path.GetDirectoryName(_record)!);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is no cache here, then: the next run takes as long as this one.
        }
    }

    private byte[] Bytes(List<(Look Look, UInt128 Sight)> seen)
    {
        // About that much: it need not grow.
        using var stream = new MemoryStream(seen.Sum(pair => pair.Look.Path.Length + 24) + 1024);
        using var writer = new BinaryWriter(stream);
        writer.Write(Heading);
        var start = (int)stream.Position;
        writer.Write(new byte[Sha256.Length]);
        writer.Write(_files.Root);
        writer.Write(Tool);
        writer.Write(seen.Count);
        foreach (var (look, sight) in seen)
        {
            writer.Write((byte)look.Kind);
            writer.Write(look.Path);
            writer.Write(MemoryMarshal.AsBytes([sight]));
        }

        var bytes = stream.ToArray();
        Sha256.Hash(bytes.AsSpan(start + Sha256.Length), bytes.AsSpan(start, Sha256.Length));
        return bytes;
    }

    // Null where it is another workspace's or another tool's, or not whole: it need not have got to the disk before a power cut.
    private List<(Look Look, UInt128 Sight)>? Read(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            if (reader.ReadString() != Heading || !reader.ReadBytes(Sha256.Length).SequenceEqual(Sha256.Hash(bytes.AsSpan((int)reader.BaseStream.Position))))
            {
                return null;
            }

            if (reader.ReadString() != _files.Root || reader.ReadString() != Tool)
            {
                return null;
            }

            var seen = new List<(Look, UInt128)>();
            Span<UInt128> sight = stackalloc UInt128[1];
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                var look = new Look((LookKind)reader.ReadByte(), reader.ReadString());
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(sight));
                seen.Add((look, sight[0]));
            }

            return seen;
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            return null;
        }
    }

    // Of workspaces that are gone.
    private static void RemoveOrphans(string folder)
    {
        foreach (var record in Directory.EnumerateFiles(folder))
        {
            if (RootOf(record) is not { } root || !Directory.Exists(root))
            {
                File.Delete(record);
            }
        }
    }

    private static string? RootOf(string record)
    {
        try
        {
            using var reader = new BinaryReader(File.OpenRead(record));
            return reader.ReadString() == Heading && reader.ReadBytes(Sha256.Length).Length == Sha256.Length ? reader.ReadString() : null;
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            return null;
        }
    }
}
