using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ComposeGen.Workspaces;

/// <summary>Whose a file is.</summary>
internal readonly partial record struct FileOwner(uint User, uint Group)
{
    private const string Users = "/etc/passwd";

    /// <summary>Null where the system does not tell: .NET has no call for it, and this one is Linux's.</summary>
    public static FileOwner? Of(string path)
    {
        const int FromHere = -100;
        const uint UserAndGroup = 0x18;
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // struct statx, which is the same on every processor: the ids stand at 20 and 24.
        var answer = new byte[256];
        try
        {
            return StatX(FromHere, path, 0, UserAndGroup, answer) == 0
                ? new FileOwner(BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(20)), BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(24)))
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018, or musl from before 2024.
            return null;
        }
    }

    /// <summary>Gives an open file to this owner, as far as the system lets this user: only root gives files away.</summary>
    public void Give(SafeFileHandle file)
    {
        const uint Same = uint.MaxValue;
        if (ChangeOwner(file, User, Group) != 0)
        {
            // The group alone, which its members may. Where that fails too the file is simply this user's, like any that he writes.
            _ = ChangeOwner(file, Same, Group);
        }
    }

    /// <summary>The user's name, or number where it has none.</summary>
    public override string ToString() => Name(User.ToString(CultureInfo.InvariantCulture));

    /// <summary>The name of a user's number: one of the system's own users; of a directory's, the number is shown.</summary>
    public static string Name(string user)
    {
        var entries = File.Exists(Users) ? File.ReadLines(Users).Select(line => line.Split(':')) : [];
        return entries.FirstOrDefault(entry => entry.Length > 2 && entry[2] == user)?[0] ?? user;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, byte[] answer);

    [LibraryImport("libc", EntryPoint = "fchown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);
}
