using System.Collections.Immutable;

namespace ComposeGen.Manifests;

/// <summary>The files that a service's <c>env_file</c> names (Compose Specification, chapter Services, section env_file).</summary>
internal static class EnvironmentFiles
{
    /// <summary>Paths, relative to the project, of the files in which variables count: not those of <c>format: raw</c>.</summary>
    public static IEnumerable<string> Of(YamlMapping service) =>
        Items(service["env_file"])
            .Select(item =>
                item is not YamlMapping map ? item
                : map.Contains("format") ? null
                : map["path"]
            )
            .OfType<YamlScalar>()
            .Select(path => VariableText.Default(path.Value))
            .OfType<string>();

    private static ImmutableArray<YamlNode> Items(YamlNode? node) =>
        node switch
        {
            YamlSequence list => list.Items,
            YamlScalar { IsNull: false } text => [text],
            _ => [],
        };
}
