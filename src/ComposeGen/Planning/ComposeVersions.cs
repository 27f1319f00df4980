using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>A key that came to Docker Compose later than 2.0, and where it stands.</summary>
internal sealed record NewKey(string Path, Version Since, SourceSpan Span);

/// <summary>Which version of Docker Compose the keys of a service take.</summary>
internal static class ComposeVersions
{
    // "Requires: Docker Compose …" at each key in Docker's reference of the Compose file (docker/docs, data/summary.yaml).
    private static readonly ImmutableDictionary<string, Version> Since = new Dictionary<string, Version>
    {
        ["attach"] = new(2, 20, 0),
        ["build.additional_contexts"] = new(2, 17, 0),
        ["build.dockerfile_inline"] = new(2, 17, 0),
        ["build.entitlements"] = new(2, 27, 1),
        ["build.privileged"] = new(2, 15, 0),
        ["build.ulimits"] = new(2, 23, 1),
        ["cgroup"] = new(2, 15, 0),
        ["develop"] = new(2, 22, 0),
        ["label_file"] = new(2, 32, 2),
        ["post_start"] = new(2, 30, 0),
        ["pre_stop"] = new(2, 30, 0),
        ["uts"] = new(2, 15, 1),
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The keys of a service that this version does not know.</summary>
    public static IEnumerable<NewKey> Unknown(YamlMapping service, Version version) =>
        Keys(service).Where(key => key.Since > version);

    /// <summary>A version as a plugin tells it: <c>v2.40.3-desktop.1</c>, <c>2.40.3+ds1</c>; null where it is none.</summary>
    public static Version? Read(string text) =>
        Version.TryParse(new string([.. text.TrimStart('v').TakeWhile(character => char.IsAsciiDigit(character) || character == '.')]), out var version)
            ? version
            : null;

    private static IEnumerable<NewKey> Keys(YamlMapping service) =>
        from entry in service.Entries
        from path in entry is { Name: "build", Value: YamlMapping build }
            ? build.Entries.Select(inner => (Path: $"build.{inner.Name}", inner.Key.Span))
            : [(Path: entry.Name, entry.Key.Span)]
        where Since.ContainsKey(path.Path)
        select new NewKey(path.Path, Since[path.Path], path.Span);
}
