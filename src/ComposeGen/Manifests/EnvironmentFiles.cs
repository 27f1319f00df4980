using System.Collections.Immutable;

namespace ComposeGen.Manifests;

/// <summary>The files that a service's <c>env_file</c> names (Compose Specification, chapter Services, section env_file).</summary>
internal static class EnvironmentFiles
{
    /// <summary>Paths, relative to the project, of the files in which variables count: not those of <c>format: raw</c>.</summary>
    public static IEnumerable<string> Of(YamlMapping service) => All(service).Where(file => !file.IsRaw).Select(file => file.Path);

    /// <summary>Paths, relative to the project, of all its files; in a raw one (<c>format: raw</c>) every sign is part of the value.</summary>
    public static IEnumerable<(string Path, bool IsRaw)> All(YamlMapping service) =>
        Items(service["env_file"])
            .Select(item => (Path: item is YamlMapping map ? map["path"] : item, IsRaw: (item as YamlMapping)?.Contains("format") == true))
            .Select(file => (Path: file.Path is YamlScalar path ? VariableText.Default(path.Value) : null, file.IsRaw))
            .Where(file => file.Path is not null)
            .Select(file => (file.Path!, file.IsRaw));

    private static ImmutableArray<YamlNode> Items(YamlNode? node) =>
        node switch
        {
            YamlSequence list => list.Items,
            YamlScalar { IsNull: false } text => [text],
            _ => [],
        };
}
