using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ComposeGen.Manifests;

namespace ComposeGen.Docker;

/// <summary>Addresses that this machine uses for something else, and what for, in words.</summary>
internal sealed record UsedRange(Subnet Range, string Holder);

/// <summary>
/// What a new network's subnet must keep clear of: other networks of the engine, which refuses ("Pool overlaps"), and the
/// machine's own routes (a VPN's, say), which would then lead nowhere.
/// </summary>
internal static class UsedRanges
{
    private const string RoutesFile = "/proc/net/route";
    private static readonly string[] Question = ["network", "inspect", "--format", "{{json .}}"];

    /// <param name="project">Our own Compose project, whose networks are no hindrance.</param>
    public static async Task<ImmutableArray<UsedRange>> Of(string project)
    {
        var networks = await Networks();
        var others = networks.Where(network => network.Project != project).Select(network => network.Used);
        var engines = networks.Select(network => network.Used.Range).ToHashSet();
        return [.. others, .. HostRoutes().Where(route => !engines.Contains(route.Range))];
    }

    /// <summary>The ranges of the engine's networks, and whose Compose project's they are: empty where they are nobody's.</summary>
    public static async Task<IReadOnlyList<(string Project, UsedRange Used)>> Networks()
    {
        var known = await DockerClient.Lines(["network", "ls", "--quiet", "--no-trunc"]);
        // One that was removed since is left out of the answer, with an error that does not matter here.
        var details = known.Length == 0 ? [] : DockerClient.Lines(await DockerClient.Ask([.. Question, .. known]));
        return [.. details.SelectMany(line => DockerClient.Read(Question, line, Parse))];
    }

    private static List<(string Project, UsedRange Used)> Parse(JsonElement root)
    {
        var name = root.GetProperty("Name").GetString();
        var project =
            root.GetProperty("Labels") is { ValueKind: JsonValueKind.Object } labels
            && labels.TryGetProperty("com.docker.compose.project", out var label)
                ? label.GetString()!
                : string.Empty;
        return root.GetProperty("IPAM").TryGetProperty("Config", out var configs) && configs.ValueKind == JsonValueKind.Array
            ?
            [
                .. configs
                    .EnumerateArray()
                    .Select(config => config.TryGetProperty("Subnet", out var subnet) ? Subnet.Parse(subnet.GetString()!) : null)
                    .OfType<Subnet>()
                    .Select(subnet => (project, new UsedRange(subnet, $"which Docker's network {name} has"))),
            ]
            : [];
    }

    private static IEnumerable<UsedRange> HostRoutes() =>
        Routes().Select(route => new UsedRange(route.Range, $"to which a route of this machine leads, through {route.Interface}"));

    /// <summary>
    /// The ranges that this machine has routes to, but for the one to everywhere, and through what. None elsewhere than on Linux, and
    /// where the engine is said to be elsewhere: it has a machine of its own then, whose routes are not to be seen.
    /// </summary>
    public static IEnumerable<(Subnet Range, string Interface)> Routes() =>
        // Iface Destination Gateway Flags RefCnt Use Metric Mask …; addresses are hexadecimal, the last byte first.
        from line in File.Exists(RoutesFile) && EnginePlace.Current().Machine is null ? File.ReadLines(RoutesFile).Skip(1) : []
        let fields = line.Split('\t', StringSplitOptions.TrimEntries)
        let length = long.PopCount(Number(fields[7]))
        where length > 0
        select (new Subnet(Number(fields[1]), (int)length), fields[0]);

    private static long Number(string hex) =>
        System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(uint.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
