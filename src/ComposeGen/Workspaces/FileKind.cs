using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ComposeGen.Workspaces;

/// <summary>Whether a file is one to be read to its end: to open a pipe waits for whoever writes into it, and a device may have none.</summary>
internal static partial class FileKind
{
    /// <summary>True also where the system does not tell: .NET has no call for it, and this one is Linux's.</summary>
    public static bool IsRegular(string path)
    {
        const int FromHere = -100;
        const uint Type = 1;
        const int Kinds = 0xF000;
        const int Regular = 0x8000;
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        // struct statx, which is the same on every processor: the mode stands at 28.
        var answer = new byte[256];
        try
        {
            return StatX(FromHere, path, 0, Type, answer) != 0 || (BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(28)) & Kinds) == Regular;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018, or musl from before 2024.
            return true;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, byte[] answer);
}
