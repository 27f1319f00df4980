using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Semantics;

/// <summary>
/// What <c>docker compose config</c> makes of files in a scratch workspace: with every profile, under one project name, and
/// in an environment that holds nothing but what the files demand.
/// </summary>
internal sealed partial class ComposeConfig
{
    /// <summary>The Compose project, for an original and for the generated file alike.</summary>
    public const string Project = "scratch";

    private static readonly string[] Kept = ["PATH", "HOME", "DOCKER_HOST", "DOCKER_CONFIG", "TMPDIR"];

    private readonly string _root;
    private readonly Dictionary<string, string?> _environment;

    /// <param name="root">The scratch workspace.</param>
    /// <param name="folders">Whose files' demands (<c>${NAME:?message}</c>) are met, beside those of the workspace's own file.</param>
    public ComposeConfig(string root, params string[] folders)
    {
        _root = root;
        _environment = Environment
            .GetEnvironmentVariables()
            .Keys.Cast<string>()
            .Except(Kept)
            .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
        var files = folders
            .SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.y*ml", SearchOption.AllDirectories))
            .Append(Path.Combine(root, "docker-compose.yml"));
        foreach (var match in files.SelectMany(file => Demanded().Matches(File.ReadAllText(file))))
        {
            // A number, since it may stand for a port.
            _environment[match.Groups["name"].Value] = "4711";
        }
    }

    /// <param name="folder">Where Compose runs, relative to the workspace.</param>
    /// <param name="file">The file there; without one, those that Compose itself finds, an override file included.</param>
    public JsonObject In(string folder, string? file = null)
    {
        string[] files = file is null ? [] : ["-f", file];
        var outcome = Run.Program(
            "docker",
            Path.Combine(_root, folder),
            _environment,
            ["compose", "-p", Project, "--profile", "*", .. files, "config"]
        );
        Assert.That(outcome.ExitCode, Is.Zero, () => $"{folder}/{file}: {outcome}");
        return YamlToJson.Read(outcome.Output);
    }

    [GeneratedRegex(@"\$\{(?<name>\w+):?\?")]
    private static partial Regex Demanded();
}
