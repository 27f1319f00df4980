using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ComposeGen.Planning;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Docker.Semantics;

/// <summary>
/// What <c>docker compose config</c> makes of files in a scratch workspace: with every profile, under a project name of its own, and
/// in an environment that holds nothing but what the files demand.
/// </summary>
internal sealed partial class ComposeConfig
{
    /// <summary>The Compose project of the workspace.</summary>
    public const string Project = "scratch";

    private static readonly string[] Kept = ["PATH", "HOME", "DOCKER_HOST", "DOCKER_CONFIG", "TMPDIR"];

    private readonly string _root;
    private readonly Dictionary<string, string?> _environment;

    /// <param name="root">The scratch workspace.</param>
    /// <param name="folder">
    /// The original's folder: what its files demand (<c>${NAME:?message}</c>) is given, unless an <c>.env</c> gives it.
    /// </param>
    public ComposeConfig(string root, string folder)
    {
        _root = root;
        _environment = Environment
            .GetEnvironmentVariables()
            .Keys.Cast<string>()
            .Except(Kept)
            .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
        var values = Names(Defined(), Path.Combine(root, folder), "*.env").ToHashSet(StringComparer.Ordinal);
        foreach (var name in Names(Demanded(), Path.Combine(root, folder), "*.y*ml").Where(name => !values.Contains(name)))
        {
            // A number, since it may stand for a port.
            _environment[name] = "4711";
        }
    }

    /// <summary>
    /// What an original is to be called for itself, so that <c>${COMPOSE_PROJECT_NAME}</c> comes to the same: in the generated
    /// file it has the project's own name added.
    /// </summary>
    public static string ProjectOf(Project project) => $"{Project}-{ServiceKeys.Slug(project.Path)}";

    /// <param name="folder">Where Compose runs, relative to the workspace.</param>
    /// <param name="file">The file there; without one, those that Compose itself finds, an override file included.</param>
    /// <param name="project">What the Compose project is called.</param>
    public JsonObject In(string folder, string? file, string project)
    {
        string[] files = file is null ? [] : ["-f", file];
        var outcome = Run.Program(
            "docker",
            Path.Combine(_root, folder),
            _environment,
            ["compose", "-p", project, "--profile", "*", .. files, "config"]
        );
        Assert.That(outcome.ExitCode, Is.Zero, () => $"{folder}/{file}: {outcome}");
        // Its own JSON leaves out `models` and fails on `build.ssh`.
        return YamlToJson.Read(outcome.Output);
    }

    private static IEnumerable<string> Names(Regex pattern, string folder, string files) =>
        Directory
            .GetFiles(folder, files, SearchOption.AllDirectories)
            .SelectMany(file => pattern.Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"^(?<name>\w+)=", RegexOptions.Multiline)]
    private static partial Regex Defined();

    [GeneratedRegex(@"\$\{(?<name>\w+):?\?")]
    private static partial Regex Demanded();
}
