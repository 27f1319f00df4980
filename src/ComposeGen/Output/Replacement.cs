using ComposeGen.Workspaces;

namespace ComposeGen.Output;

/// <summary>One file that is about to be another, or to be gone.</summary>
internal sealed class Replacement(string file, string place)
{
    /// <summary>What ends a temporary file's name. Not a random one: what a killed run left behind is known by it.</summary>
    public const string Suffix = ".composegen-tmp";

    private const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _temporary = place + Suffix;

    /// <summary>Relative to the workspace.</summary>
    public string File => file;

    public string Place => place;

    /// <summary>What it holds; null where there is none.</summary>
    public byte[]? Old { get; init; }

    /// <summary>What it is to hold; null where it is to be gone.</summary>
    public byte[]? Now { get; init; }

    /// <summary>The file whose permissions and owner it has; null where it is new, and has those that any new file has.</summary>
    public string? Like { get; init; }

    public bool IsSecret { get; init; }

    /// <summary>Whether it may be lost, or be cut off, where the power is.</summary>
    public bool IsDispensable { get; init; }

    /// <summary>Puts the text beside the file, to the disk.</summary>
    public void Stage()
    {
        if (Now is not null)
        {
            Write(Now);
        }
    }

    /// <summary>A stream into what is put beside the file, for what is too long for <see cref="Now"/>.</summary>
    public FileStream Open(int bufferSize) => new(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize);

    /// <summary>Puts it in the file's place.</summary>
    public void Commit()
    {
        if (Now is null && !System.IO.File.Exists(_temporary))
        {
            System.IO.File.Delete(place);
        }
        else
        {
            System.IO.File.Move(_temporary, place, overwrite: true);
        }
    }

    /// <summary>Removes what was put beside the file, where it is still there.</summary>
    public void Discard()
    {
        try
        {
            System.IO.File.Delete(_temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run removes it; why this one failed is what counts.
        }
    }

    /// <summary>Makes the file again what it was; false where the machine does not let it.</summary>
    public bool TakeBack()
    {
        try
        {
            if (Old is null)
            {
                System.IO.File.Delete(place);
            }
            else
            {
                Write(Old);
                System.IO.File.Move(_temporary, place, overwrite: true);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Discard();
            return false;
        }
    }

    private void Write(byte[] bytes)
    {
        var like = Like is not null && System.IO.File.Exists(Like) ? Like : null;
        // A new one: somebody's link of this name is not followed.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows() && (IsSecret || like is not null))
        {
            options.UnixCreateMode = Secret;
        }

        using var stream = new FileStream(_temporary, options);
        if (!OperatingSystem.IsWindows() && like is not null)
        {
            if (FileOwner.Of(like) is { } owner && owner != FileOwner.Of(_temporary))
            {
                owner.Give(stream.SafeFileHandle);
            }

            System.IO.File.SetUnixFileMode(stream.SafeFileHandle, System.IO.File.GetUnixFileMode(like) & (IsSecret ? Secret : (UnixFileMode)0xFFF));
        }

        stream.Write(bytes);
        stream.Flush(flushToDisk: !IsDispensable);
    }
}
