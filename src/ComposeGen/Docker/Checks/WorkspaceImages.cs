using System.Collections.Immutable;
using ComposeGen.Manifests;

namespace ComposeGen.Docker.Checks;

/// <summary>The images that are pulled for what the generated file runs and builds.</summary>
internal static class WorkspaceImages
{
    // Dockerfile's name for nothing.
    private const string Nothing = "scratch";

    /// <param name="services">Those of the generated file.</param>
    /// <param name="evaluate">What a text with variables comes to; null where that is not known.</param>
    /// <param name="read">The text of a file of the workspace; null where there is none.</param>
    public static ImmutableArray<string> Of(YamlMapping services, Func<string, string?> evaluate, Func<string, string?> read) =>
        [
            .. services
                .Entries.Select(entry => entry.Value)
                .OfType<YamlMapping>()
                .SelectMany(service => service["build"] is { } build ? Bases(build, evaluate, read) : Pulled(service, evaluate))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    private static string[] Pulled(YamlMapping service, Func<string, string?> evaluate) =>
        // One that another service builds is `never` pulled.
        Text(service["pull_policy"]) is not ("never" or "build") && Text(service["image"]) is { } image && evaluate(image) is { Length: > 0 } known ? [known] : [];

    private static IEnumerable<string> Bases(YamlNode build, Func<string, string?> evaluate, Func<string, string?> read)
    {
        var keys = build as YamlMapping;
        var context = Text(keys is null ? build : keys["context"]) ?? ".";
        var source = Text(keys?["dockerfile_inline"]) is { } inline ? inline.Replace("$$", "$", StringComparison.Ordinal)
            : evaluate(Path.Combine(context, Text(keys?["dockerfile"]) ?? "Dockerfile")) is { } file ? read(file)
            : null;
        return source is null
            ? []
            : Dockerfile.Stages(new SourceText("Dockerfile", source)).Select(stage => stage.Image).OfType<string>().Where(image => image != Nothing && image.Length > 0);
    }

    private static string? Text(YamlNode? node) => (node as YamlScalar)?.Value;
}
