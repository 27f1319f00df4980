using System.Text.Json;

namespace ComposeGen.Docker;

/// <summary>The disk where the engine keeps images and volumes.</summary>
internal static class DataDisk
{
    /// <summary>
    /// Megabytes with which something may well fail: an image's layers are unpacked beside what they were packed in, and what
    /// failed for want of place has been removed again.
    /// </summary>
    public const long Little = 500;

    private const long Megabyte = 1_000_000;

    /// <summary>The folder, and how many megabytes are left; null where the engine is another machine's.</summary>
    public static async Task<(string Folder, long Megabytes)?> Free()
    {
        string[] question = ["info", "--format", "{{json .}}"];
        var answer = await DockerClient.Ask(question);
        return answer.ExitCode == 0 && DockerClient.Read(question, answer.Output, Folder) is { } folder && Left(folder) is { } megabytes ? (folder, megabytes) : null;
    }

    /// <summary>How many megabytes are left on a folder's disk; null where that cannot be seen.</summary>
    public static long? Left(string folder) =>
        Directory.Exists(folder) && new DriveInfo(folder) is { TotalSize: > 0 } disk ? disk.AvailableFreeSpace / Megabyte : null;

    private static string? Folder(JsonElement info) =>
        GpuProbe.IsHere(info) && info.TryGetProperty("DockerRootDir", out var folder) ? folder.GetString() : null;
}
