using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;

namespace ComposeGen.Cli;

/// <summary>What a packed Compose file says, as far as it has to be known before it starts.</summary>
/// <param name="Project">The Compose project.</param>
/// <param name="Volumes">The volumes, by key, with the names that the engine has for them.</param>
/// <param name="AnyImage">The first service's image.</param>
/// <param name="SecretFiles">Where the files of secrets have to be.</param>
internal sealed record PackedStack(string Project, ImmutableArray<(string Key, string Name)> Volumes, string AnyImage, ImmutableArray<string> SecretFiles)
{
    /// <param name="folder">The unpacked one.</param>
    /// <exception cref="DiagnosticException">There is no such file, or it is none that <c>pack</c> wrote.</exception>
    public static PackedStack Read(string folder)
    {
        var file = Path.Combine(folder, DockerCompose.FileName);
        var bag = new DiagnosticBag();
        if (!File.Exists(file) || YamlReader.Read(new SourceText(DockerCompose.FileName, File.ReadAllText(file)), bag) is not YamlMapping root || Text(root["name"]) is not { } name)
        {
            throw new DiagnosticException(Errors.BrokenArchive(folder, $"its {DockerCompose.FileName} is not one that was packed"));
        }

        var volumes = Entries(root, "volumes").Select(volume => (volume.Name, Text((volume.Value as YamlMapping)?["name"]) is { } own ? Evaluate(own, name) : $"{name}_{volume.Name}"));
        var images = Entries(root, "services").Select(service => Text((service.Value as YamlMapping)?["image"])).OfType<string>();
        var secrets = Entries(root, "secrets").Select(secret => Text((secret.Value as YamlMapping)?["file"])).OfType<string>().Select(path => VariableText.Default(path) ?? path);
        return new PackedStack(name, [.. volumes], images.FirstOrDefault() ?? string.Empty, [.. secrets]);
    }

    private static string Evaluate(string text, string project) =>
        VariableText.Parse(text) is { } parts
            ? VariableText.Evaluate(parts, name => name == "COMPOSE_PROJECT_NAME" ? project : Environment.GetEnvironmentVariable(name)) ?? text
            : text;

    private static ImmutableArray<YamlEntry> Entries(YamlMapping root, string section) => (root[section] as YamlMapping)?.Entries ?? [];

    private static string? Text(YamlNode? node) => (node as YamlScalar)?.Value;
}
