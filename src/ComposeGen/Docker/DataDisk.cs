using System.Text.Json;

namespace ComposeGen.Docker;

/// <summary>The disk where the engine keeps images and volumes.</summary>
internal static class DataDisk
{
    private const long Megabyte = 1_000_000;

    // An image's layers are unpacked beside what they were packed in; what failed for want of place has been removed again.
    private const long Little = 500 * Megabyte;

    /// <summary>The folder, and how many megabytes are left, where that is little; null too where the engine is another machine's.</summary>
    public static async Task<(string Folder, long Megabytes)?> Shortage()
    {
        string[] question = ["info", "--format", "{{json .}}"];
        var answer = await DockerClient.Ask(question);
        var folder = answer.ExitCode == 0 ? DockerClient.Read(question, answer.Output, Folder) : null;
        return folder is not null && Directory.Exists(folder) && new DriveInfo(folder) is { TotalSize: > 0, AvailableFreeSpace: < Little } disk
            ? (folder, disk.AvailableFreeSpace / Megabyte)
            : null;
    }

    private static string? Folder(JsonElement info) =>
        GpuProbe.IsHere(info) && info.TryGetProperty("DockerRootDir", out var folder) ? folder.GetString() : null;
}
