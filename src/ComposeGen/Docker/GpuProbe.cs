using System.Text.Json;

namespace ComposeGen.Docker;

/// <summary>Whether the engine could give a container a GPU.</summary>
internal static class GpuProbe
{
    private static readonly string[] DeviceFiles = ["/dev/nvidiactl", "/dev/nvidia0", "/dev/dxg", "/dev/nvhost-ctrl"];

    /// <summary>
    /// True only where it is certain that there is none: another machine's devices cannot be seen from here, so what such an
    /// engine does not say is left for it to decide.
    /// </summary>
    public static async Task<bool> HasNone()
    {
        string[] question = ["info", "--format", "{{json .}}"];
        var answer = await DockerClient.Ask(question);
        if (answer is not { ExitCode: 0 })
        {
            return false;
        }

        return DockerClient.Read(
            question,
            answer.Output,
            info => !SaysThereIsOne(info) && (OperatingSystem.IsMacOS() || (IsHere(info) && !HasDevice(info)))
        );
    }

    private static bool SaysThereIsOne(JsonElement info) =>
        (
            info.TryGetProperty("Runtimes", out var runtimes)
            && runtimes.ValueKind == JsonValueKind.Object
            && runtimes.TryGetProperty("nvidia", out _)
        )
        || (
            info.TryGetProperty("DiscoveredDevices", out var devices)
            && devices.ValueKind == JsonValueKind.Array
            && devices.GetArrayLength() > 0
        );

    // Docker Desktop's engine is a machine of its own, which has the GPU that its host hands on.
    public static bool IsHere(JsonElement info) =>
        OperatingSystem.IsLinux()
        && info.TryGetProperty("Name", out var name)
        && (name.GetString() == Environment.MachineName || name.GetString() == "docker-desktop");

    // Before engine 28.2 what CDI describes is not told, only where the descriptions are.
    private static bool HasDevice(JsonElement info) =>
        DeviceFiles.Any(File.Exists)
        || (
            info.TryGetProperty("CDISpecDirs", out var folders)
            && folders.ValueKind == JsonValueKind.Array
            && folders.EnumerateArray().Select(folder => folder.GetString()!).Any(IsDescribedIn)
        );

    private static bool IsDescribedIn(string folder) =>
        Directory.Exists(folder) && Directory.GetFiles(folder).Any(file => Path.GetExtension(file) is ".json" or ".yaml" or ".yml");
}
