using System.Text;
using ComposeGen.Diagnostics;

namespace ComposeGen.Output;

/// <summary>A text and where it goes; a secret one is for its owner's eyes alone.</summary>
internal readonly record struct OutputText(string Path, string Text, bool IsSecret = false);

/// <summary>
/// A file that the tool writes: complete or not at all, and only where it differs. The text goes to a temporary file in
/// the same folder, to the disk, and then takes the other's place in one step.
/// </summary>
internal static class OutputFile
{
    private const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>What the file holds now; null where there is none.</summary>
    public static string? Current(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException("a folder of this name is there");
        }

        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    /// <summary>Whether the two say the same; git may have changed line ends.</summary>
    public static bool IsSame(string? current, string text) =>
        current is not null && (current == text || current.ReplaceLineEndings("\n") == text);

    /// <summary>
    /// Writes each text where it differs from what is there, in the order given. None takes its place before all are on
    /// the disk.
    /// </summary>
    /// <returns>False with a diagnostic where the machine does not let it (disk full, no permission); then the old files are as they were.</returns>
    public static bool WriteAll(IEnumerable<OutputText> files, DiagnosticBag bag)
    {
        var written = new List<(string Temporary, string Path)>();
        var current = string.Empty;
        try
        {
            foreach (var (path, text, isSecret) in files)
            {
                current = path;
                if (!IsSame(Current(path), text))
                {
                    // One name, not a random one: what a killed run left behind is written over by the next, and a second
                    // run at the same time meets a file that is open for itself alone.
                    var temporary = path + ".composegen-tmp";
                    WriteThrough(temporary, text, isSecret);
                    written.Add((temporary, path));
                    KeepMode(path, temporary, isSecret);
                }
            }

            foreach (var (temporary, path) in written)
            {
                File.Move(temporary, current = path, overwrite: true);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            written.ForEach(file => File.Delete(file.Temporary));
            bag.Add(Errors.CannotWrite(Path.GetFileName(current), e.Message));
            return false;
        }
    }

    /// <summary>Copies the file beside itself as <c>NAME.bak</c>, before it is written over against its author's will.</summary>
    public static void Backup(string path) => File.Copy(path, path + ".bak", overwrite: true);

    /// <summary>Removes a file that the tool has written.</summary>
    public static void Delete(string path) => File.Delete(path);

    private static void WriteThrough(string path, string text, bool isSecret)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Secret;
        }

        using var stream = new FileStream(path, options);
        try
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            // Ours, since it could be opened for us alone; half a file helps nobody.
            File.Delete(path);
            throw;
        }
    }

    private static void KeepMode(string path, string temporary, bool isSecret)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path) & (isSecret ? Secret : (UnixFileMode)0xFFF));
        }
    }
}
