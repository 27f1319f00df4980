using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>A key that came to Docker Compose later than 2.0, and where it stands.</summary>
internal sealed record NewKey(string Path, Version Since, SourceSpan Span);

/// <summary>
/// Which version of Docker Compose the keys of a service take. An older plugin refuses such a key, or does as if it were not
/// there, which is worse.
/// </summary>
internal static class ComposeVersions
{
    private const string Any = "*";

    // As Docker's reference of the Compose file says at each key, and where it does not, since the first release whose
    // schema has the key. `*` is any name; items of a list need none.
    private static readonly ImmutableArray<(string[] Path, Version Since)> Table =
    [
        New("attach", "2.20.0"),
        New("build.additional_contexts", "2.17.0"),
        New("build.dockerfile_inline", "2.17.0"),
        New("build.entitlements", "2.27.1"),
        New("build.privileged", "2.15.0"),
        New("build.provenance", "2.39.0"),
        New("build.sbom", "2.39.0"),
        New("build.ulimits", "2.23.1"),
        New("cgroup", "2.16.0"),
        New("depends_on.*.required", "2.20.2"),
        New("develop", "2.22.0"),
        New("env_file.format", "2.30.0"),
        New("env_file.required", "2.24.0"),
        New("gpus", "2.30.0"),
        New("healthcheck.start_interval", "2.20.2"),
        New("label_file", "2.32.2"),
        New("models", "2.38.0"),
        New("networks.*.gw_priority", "2.33.1"),
        New("networks.*.interface_name", "2.36.0"),
        New("post_start", "2.30.0"),
        New("pre_start", "5.3.0"),
        New("pre_stop", "2.30.0"),
        New("provider", "2.36.0"),
        New("use_api_socket", "2.37.2"),
        New("uts", "2.15.1"),
    ];

    /// <summary>The keys of a service that not every version 2 knows.</summary>
    public static IEnumerable<NewKey> Needed(YamlMapping service) => Table.SelectMany(key => Find(service, key.Path, 0, key.Since));

    /// <summary>A version as a plugin tells it: <c>v2.40.3-desktop.1</c>, <c>2.40.3+ds1</c>; null where it is none.</summary>
    public static Version? Read(string text) =>
        Version.TryParse(new string([.. text.TrimStart('v').TakeWhile(character => char.IsAsciiDigit(character) || character == '.')]), out var version)
            ? version
            : null;

    private static (string[] Path, Version Since) New(string path, string since) => (path.Split('.'), new Version(since));

    private static IEnumerable<NewKey> Find(YamlNode node, string[] path, int at, Version since) =>
        node switch
        {
            YamlSequence list => list.Items.SelectMany(item => Find(item, path, at, since)),
            YamlMapping mapping => mapping
                .Entries.Where(entry => path[at] == Any || path[at] == entry.Name)
                .SelectMany(entry =>
                    at + 1 < path.Length
                        ? Find(entry.Value, path, at + 1, since)
                        : [new NewKey(string.Join('.', path.Where(name => name != Any)), since, entry.Key.Span)]
                ),
            _ => [],
        };
}
