using System.Text;
using ComposeGen.Diagnostics;
using ComposeGen.Workspaces;

namespace ComposeGen.Output;

/// <summary>A text and the file of the workspace that gets it; null where the file is to be gone.</summary>
internal readonly record struct OutputText(string File, string? Text)
{
    /// <summary>What the file gets; the text as UTF-8 where nothing else is given.</summary>
    public byte[]? Bytes { get; init; } = Text is null ? null : Encoding.UTF8.GetBytes(Text);

    /// <summary>For its owner's eyes alone.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The file that what is there now is kept in; null where that need not be kept.</summary>
    public string? Backup { get; init; }
}

/// <summary>
/// Files that the tool writes: complete or not at all, and only where they differ. A text goes to a temporary file in the
/// same folder, to the disk, and then takes the other's place in one step. A link stays, and what it leads to is replaced,
/// but only inside of the workspace.
/// </summary>
internal static class OutputFile
{
    /// <summary>What the file holds now; null where there is none.</summary>
    /// <exception cref="DiagnosticException">A folder or a link is in its place, or it cannot be read.</exception>
    public static string? Current(WorkspaceFiles files, string file) => CurrentBytes(files, file) is { } bytes ? Decode(bytes) : null;

    /// <summary>The same, as it stands on the disk.</summary>
    public static byte[]? CurrentBytes(WorkspaceFiles files, string file)
    {
        var place = Place(files, file);
        try
        {
            return Read(place);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(WorkspaceFiles.Problem(e, file, place));
        }
    }

    /// <summary>Whether the two say the same; git may have changed line ends.</summary>
    public static bool IsSame(string? current, string? text) =>
        current == text || (text is not null && current?.ReplaceLineEndings("\n") == text);

    /// <summary>The same of bytes. What git or an editor changed, line ends and marks of UTF-8, does not count.</summary>
    public static bool IsSame(byte[]? current, byte[]? bytes) =>
        (current, bytes) switch
        {
            (null, null) => true,
            (null, _) or (_, null) => false,
            _ when current.AsSpan().SequenceEqual(bytes) => true,
            _ => (current.AsSpan().Contains((byte)'\r') || current is [>= 0x80, ..]) && IsSame(Decode(current), Encoding.UTF8.GetString(bytes)),
        };

    /// <summary>
    /// Writes each text where it differs from what is there, in the order given. None takes its place before all are on the
    /// disk, and where one cannot take it those before it are put back.
    /// </summary>
    /// <returns>False with a diagnostic where the machine does not let it (disk full, no permission).</returns>
    public static bool WriteAll(WorkspaceFiles files, IEnumerable<OutputText> texts, DiagnosticBag bag)
    {
        RemoveLeftovers(files.Root);
        var changes = new List<Replacement>();
        var done = 0;
        var (file, place) = (string.Empty, files.Root);
        try
        {
            foreach (var text in texts)
            {
                (file, place) = (text.File, files.FullPath(text.File));
                place = Place(files, text.File);
                changes.AddRange(Changes(files, text, place));
            }

            foreach (var change in changes)
            {
                (file, place) = (change.File, change.Place);
                change.Stage();
            }

            foreach (var change in changes)
            {
                (file, place) = (change.File, change.Place);
                change.Commit();
                done++;
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            changes.ForEach(change => change.Discard());
            var isAsBefore = changes.Take(done).Reverse().Select(change => change.TakeBack()).ToList().TrueForAll(isBack => isBack);
            bag.Add(
                isAsBefore
                    ? WriteProblem.Of(e, file, place)
                    : Errors.HalfWritten(file, WriteProblem.Reason(e, place), changes.Take(done).Select(change => change.File))
            );
            return false;
        }
    }

    /// <summary>
    /// The name under which to keep what a file holds: <c>NAME.bak</c>, or <c>NAME.bak2</c> and so on where that holds
    /// something else already.
    /// </summary>
    public static string BackupName(WorkspaceFiles files, string file)
    {
        var bytes = Read(Place(files, file)) ?? [];
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? $"{file}.bak" : $"{file}.bak{n}").First(IsFreeOrSame);

        bool IsFreeOrSame(string name)
        {
            var info = new FileInfo(files.FullPath(name));
            return info.LinkTarget is null && !Directory.Exists(info.FullName) && (!info.Exists || File.ReadAllBytes(info.FullName).AsSpan().SequenceEqual(bytes));
        }
    }

    private static IEnumerable<Replacement> Changes(WorkspaceFiles files, OutputText text, string place)
    {
        var old = Read(place);
        if (IsSame(old, text.Bytes))
        {
            yield break;
        }

        if (IsProtected(place))
        {
            throw new DiagnosticException(Errors.WriteProtected(text.File));
        }

        if (text.Backup is { } backup && old is not null && !File.Exists(files.FullPath(backup)))
        {
            yield return new Replacement(backup, files.FullPath(backup)) { Now = old, Like = place };
        }

        yield return new Replacement(text.File, place)
        {
            Old = old,
            Now = text.Bytes,
            Like = old is null ? null : place,
            IsSecret = text.IsSecret,
        };
    }

    // Somebody has taken the right to write away from everybody. Taking the file's place would need none.
    private static bool IsProtected(string place)
    {
        const UnixFileMode Write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && File.Exists(place) && (File.GetUnixFileMode(place) & Write) == 0;
    }

    // Where the file lies: here, or where a link leads.
    private static string Place(WorkspaceFiles files, string file)
    {
        var path = files.FullPath(file);
        var place = Disk.IsLink(path) ? RealPath.Of(path) : path;
        if (place is null || (place != path && !RealPath.IsInside(place, files.Root)))
        {
            throw new DiagnosticException(Errors.LinkOutside(file, place));
        }

        return Directory.Exists(place) ? throw new DiagnosticException(Errors.FolderInPlace(file)) : place;
    }

    private static byte[]? Read(string place) => File.Exists(place) ? File.ReadAllBytes(place) : null;

    /// <summary>The text of a file, whichever Unicode encoding its first bytes say it has.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes.ToArray()));
        return reader.ReadToEnd();
    }

    // Of a run that was killed, whichever files it was about to write. No other run is writing meanwhile.
    private static void RemoveLeftovers(string root)
    {
        try
        {
            foreach (var entry in new DirectoryInfo(root).EnumerateFiles())
            {
                if (entry.Name.EndsWith(Replacement.Suffix, StringComparison.Ordinal))
                {
                    entry.Delete();
                }
                else if (entry.LinkTarget is not null && RealPath.Of(entry.FullName) is { } place && RealPath.IsInside(place, root))
                {
                    File.Delete(place + Replacement.Suffix);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Who may not remove them may not write either, and hears of it where there is something to write.
        }
    }
}
