using System.Text;
using ComposeGen.Diagnostics;

namespace ComposeGen.Output;

/// <summary>
/// A file that the tool writes: complete or not at all, and only where it differs. The text goes to a temporary file in
/// the same folder, to the disk, and then takes the other's place in one step.
/// </summary>
internal static class OutputFile
{
    /// <summary>What the file holds now; null where there is none.</summary>
    public static string? Current(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    /// <summary>Whether the two say the same; git may have changed line ends.</summary>
    public static bool IsSame(string? current, string text) =>
        current is not null && (current == text || current.ReplaceLineEndings("\n") == text);

    /// <summary>
    /// Writes the text where it differs from what is there.
    /// </summary>
    /// <returns>False with a diagnostic where the machine does not let it (disk full, no permission); then the old file is as it was.</returns>
    public static bool Write(string path, string text, DiagnosticBag bag)
    {
        // One name, not a random one: what a killed run left behind is written over by the next, and a second run at the
        // same time meets a file that is open for itself alone.
        var temporary = path + ".composegen-tmp";
        try
        {
            if (IsSame(Current(path), text))
            {
                return true;
            }

            try
            {
                WriteThrough(temporary, text);
                KeepMode(path, temporary);
                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Add(Errors.CannotWrite(Path.GetFileName(path), e.Message));
            return false;
        }
    }

    /// <summary>Copies the file beside itself as <c>NAME.bak</c>, before it is written over against its author's will.</summary>
    public static void Backup(string path) => File.Copy(path, path + ".bak", overwrite: true);

    private static void WriteThrough(string path, string text)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }

    private static void KeepMode(string path, string temporary)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
        }
    }
}
