using System.Collections.Immutable;
using System.Text.Json;
using ComposeGen.Manifests;

namespace ComposeGen.Docker.Checks;

/// <summary>What an engine says of itself: the Engine API's <c>/info</c>.</summary>
internal sealed record EngineInfo(string Version, string DataFolder, string SystemTime)
{
    public static readonly string[] Question = ["info", "--format", "{{json .}}"];

    /// <summary>Why there is nothing to say, where docker puts it among the rest; else null.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it runs on this machine, and not in a virtual one.</summary>
    public bool IsHere { get; init; }

    /// <summary>The names in its security options: <c>rootless</c>, <c>selinux</c>, <c>userns</c>.</summary>
    public ImmutableHashSet<string> Security { get; init; } = [];

    /// <summary>Whether limits of memory and processors have any effect.</summary>
    public bool HasLimits { get; init; }

    /// <summary>The ranges that networks get addresses from, where it was told others than the usual ones.</summary>
    public ImmutableArray<Subnet> Pools { get; init; } = [];

    public static EngineInfo Read(JsonElement json) =>
        new(Text(json, "ServerVersion"), Text(json, "DockerRootDir"), Text(json, "SystemTime"))
        {
            Problem = List(json, "ServerErrors").Select(error => error.GetString()).FirstOrDefault(),
            IsHere = GpuProbe.IsHere(json),
            Security = [.. List(json, "SecurityOptions").Select(option => Name(option.GetString() ?? string.Empty))],
            HasLimits = Text(json, "CgroupDriver") != "none",
            Pools = [.. List(json, "DefaultAddressPools").Select(pool => Subnet.Parse(Text(pool, "Base"))).OfType<Subnet>()],
        };

    // "name=seccomp,profile=builtin".
    private static string Name(string option) => option.Split(',')[0].Split('=')[^1];

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

    // Of nothing, nothing.
    private static JsonElement.ArrayEnumerator List(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;
}
