using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>The Docker engine, asked through its own client.</summary>
internal static class Engine
{
    /// <summary>By which Compose marks what is a project's.</summary>
    public const string ProjectLabel = "com.docker.compose.project";

    private static readonly Lazy<string?> Missing = new(() =>
        WhyNot(["version", "--format", "{{.Server.Version}}"]) ?? WhyNot(["compose", "version"])
    );

    /// <summary>Whether the client and its compose plugin are there; an engine need not be.</summary>
    public static bool HasClient => WhyNot(["compose", "version"]) is null;

    public static bool IsThere => Missing.Value is null;

    /// <summary>Skips the test, and says so, where no engine answers.</summary>
    public static void Require()
    {
        if (Missing.Value is { } reason)
        {
            Assert.Ignore($"NOT TESTED, for want of a Docker engine with compose: {reason}");
        }
    }

    public static Outcome Try(params string[] arguments) => Run.Program("docker", Path.GetTempPath(), arguments);

    /// <summary>What a command of docker's that has to succeed prints.</summary>
    public static string Docker(params string[] arguments)
    {
        var outcome = Try(arguments);
        Assert.That(outcome.ExitCode, Is.Zero, () => $"docker {string.Join(' ', arguments)}: {outcome}");
        return outcome.Output.Trim();
    }

    public static string Inspect(string container, string format) => Docker("container", "inspect", "--format", format, container);

    /// <summary>The ids of what a Compose project has, in order.</summary>
    /// <param name="kind">container, network, volume or image.</param>
    /// <param name="project">The Compose project.</param>
    /// <param name="options">Of <c>docker … ls</c>; containers that have stopped take <c>--all</c>.</param>
    public static string[] List(string kind, string project, params string[] options) =>
        [.. Lines([kind, "ls", "--quiet", "--filter", $"label={ProjectLabel}={project}", .. options]).Order(StringComparer.Ordinal)];

    /// <summary>Removes all that a Compose project has left, its volumes and the images built for it included.</summary>
    public static void Remove(string project)
    {
        foreach (var kind in (string[])["container", "network", "volume", "image"])
        {
            if (List(kind, project, kind is "container" or "image" ? ["--all"] : []) is { Length: > 0 } ids)
            {
                _ = Try([kind, "rm", "--force", .. ids.Distinct()]);
            }
        }
    }

    /// <summary>The Compose projects of which there is anything and whose name starts like this.</summary>
    public static IEnumerable<string> Projects(string prefix)
    {
        string[][] lists =
        [
            ["container", "ls", "--all"],
            ["network", "ls"],
            ["volume", "ls"],
        ];
        var format = $$$"""{{.Label "{{{ProjectLabel}}}"}}""";
        return lists
            .SelectMany(list => Lines([.. list, "--format", format]))
            .Where(project => project.StartsWith(prefix, StringComparison.Ordinal))
            .Distinct();
    }

    /// <summary>The Compose projects that were started in a folder, or in one below it.</summary>
    public static IEnumerable<string> ProjectsBelow(string folder) =>
        Lines(["container", "ls", "--all", "--format", $$$"""{{.Label "{{{ProjectLabel}}}.working_dir"}} {{.Label "{{{ProjectLabel}}}"}}"""])
            .Where(line => line.StartsWith($"{folder}/", StringComparison.Ordinal))
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .Distinct();

    private static string[] Lines(string[] arguments) => Docker(arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string? WhyNot(string[] arguments)
    {
        try
        {
            var outcome = Try(arguments);
            return outcome.ExitCode == 0 ? null : outcome.Error.Trim();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }
}
