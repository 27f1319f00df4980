using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ComposeGen.Workspaces;

/// <summary>Whether a file is one to be read to its end: to open a pipe waits for whoever writes into it, and a device may have none.</summary>
internal static partial class FileKind
{
    private const int Regular = 0x8000;

    /// <summary>True also where the system does not tell: .NET has no call for it, and this one is Linux's.</summary>
    public static bool IsRegular(string path) => Kind(path, 0) is null or Regular;

    /// <summary>Whether it is such a file itself, and no link to one. False also where the system does not tell.</summary>
    public static bool IsPlain(string path)
    {
        const int NotBehindLink = 0x100;
        return Kind(path, NotBehindLink) == Regular;
    }

    private static int? Kind(string path, int flags)
    {
        const int FromHere = -100;
        const uint Type = 1;
        const int Kinds = 0xF000;
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // struct statx, which is the same on every processor: the mode stands at 28.
        Span<byte> answer = stackalloc byte[256];
        try
        {
            return StatX(FromHere, path, flags, Type, answer) == 0 ? BinaryPrimitives.ReadUInt16LittleEndian(answer[28..]) & Kinds : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018, or musl from before 2024.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, Span<byte> answer);
}
