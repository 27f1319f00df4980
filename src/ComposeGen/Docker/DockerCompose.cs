using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Processes;
using ComposeGen.Workspaces;

namespace ComposeGen.Docker;

/// <summary>
/// What we want of <c>docker compose</c>. Project, folder and files are always given, whatever COMPOSE_PROJECT_NAME and
/// COMPOSE_FILE say.
/// </summary>
/// <param name="root">The workspace's folder: paths in the files, and <c>.env</c>, are its.</param>
/// <param name="project">The Compose project.</param>
internal sealed class DockerCompose(string root, string project)
{
    public const string FileName = "docker-compose.yml";
    public const string OverrideName = "docker-compose.override.yml";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // One that takes longer is asked again, and then waited for.
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(10);

    private static readonly string[] PluginFolders = ["/usr/local/lib/docker", "/usr/local/libexec/docker", "/usr/lib/docker", "/usr/libexec/docker"];

    /// <summary>Builds and starts, on this terminal; the exit code is docker compose's own, null where docker is missing.</summary>
    /// <param name="services">Keys of the services to start; all where there are none.</param>
    /// <param name="options">Options of <c>docker compose up</c>.</param>
    /// <param name="further">Files that count after the workspace's own.</param>
    public int? Up(IEnumerable<string> services, IReadOnlyCollection<string> options, IEnumerable<string> further)
    {
        string[] build = options.Contains("--no-build") ? [] : ["--build"];
        // Orphans are this workspace's own: up refuses to start where the name is another folder's. One that kept its
        // port would stop a service that has the port now.
        return ForeignProgram.PassThrough(
            "docker",
            [.. Common([FileName, .. Overrides, .. further]), "up", .. build, "--remove-orphans", .. options, .. services],
            root
        );
    }

    /// <summary>Override files of the user's, which count here as they do for a plain <c>docker compose up</c>.</summary>
    public IReadOnlyList<string> Overrides => new WorkspaceFiles(root).Exists(OverrideName) ? [OverrideName] : [];

    /// <summary>Builds the images of services; standard output is left to others.</summary>
    public int? Build(IEnumerable<string> files, IEnumerable<string> services) =>
        ForeignProgram.PassThrough("docker", [.. Common(files), "build", .. services], root, isAside: true);

    /// <summary>
    /// Runs one service in a container of its own, on this terminal where there is one, with the service's ports and names;
    /// what it depends on is started. The exit code is the program's.
    /// </summary>
    /// <param name="files">The Compose files.</param>
    /// <param name="service">The service's key.</param>
    /// <param name="command">In place of the service's own; empty for that.</param>
    /// <param name="label">For finding the container again.</param>
    public int? Run(IEnumerable<string> files, string service, IEnumerable<string> command, string label)
    {
        string[] terminal = Console.IsInputRedirected || Console.IsOutputRedirected ? ["--no-TTY"] : [];
        return ForeignProgram.PassThrough(
            "docker",
            [.. Common(files), "run", "--rm", "--service-ports", "--use-aliases", "--label", label, .. terminal, service, .. command],
            root,
            // The file has nothing but what this run needs; what else runs is no orphan that someone should remove.
            variable: ("COMPOSE_IGNORE_ORPHANS", "true")
        );
    }

    /// <summary>What a person types to stop a service.</summary>
    public string StopCommand(string service) => $"docker compose -p {project} stop {service}";

    private string[] Common(IEnumerable<string> files) =>
        ["compose", "-p", project, "--project-directory", root, .. files.SelectMany(file => (string[])["-f", file])];

    /// <summary>
    /// Stops and removes everything of the project. Without a file: containers and networks are found by their labels, so
    /// this works whatever has become of the workspace's files, and reaches services that they no longer name.
    /// </summary>
    public int? Down(IEnumerable<string> options)
    {
        // Compose looks for a file from the working directory upward; at the root there is none.
        var nowhere = Path.GetPathRoot(root)!;
        return ForeignProgram.PassThrough("docker", ["compose", "-p", project, "down", "--remove-orphans", .. options], nowhere);
    }

    /// <summary>
    /// The engine's containers, where it and everything else that is needed is there; null with a diagnostic that says what is
    /// not, and what to do.
    /// </summary>
    public static async Task<ImmutableArray<Container>?> Reach(DiagnosticBag bag)
    {
        // An engine that answers is one. Asking the plugin for its version takes longer than all that `up` asks else.
        if (HasPlugin() && await Containers.TryList(FirstPatience) is { } containers)
        {
            return containers;
        }

        return await IsReady(bag) ? await Containers.List() : null;
    }

    // It may be elsewhere too, where docker is told so.
    private static bool HasPlugin()
    {
        var own = Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");
        return ((string[])[own, .. PluginFolders]).Any(place => File.Exists(Path.Combine(place, "cli-plugins", "docker-compose")));
    }

    private static async Task<bool> IsReady(DiagnosticBag bag)
    {
        try
        {
            var engine = ForeignProgram.Capture("docker", ["version", "--format", "{{.Server.Version}}"], Patience);
            var plugin = ForeignProgram.Capture("docker", ["compose", "version", "--short"], Patience);
            if (await engine is not { } answer)
            {
                bag.Add(Errors.DockerMissing(InstallAdvice.Docker()));
            }
            else if (await plugin is not { ExitCode: 0 })
            {
                bag.Add(Errors.ComposeMissing(InstallAdvice.Compose()));
            }
            else if (answer.ExitCode != 0)
            {
                bag.Add(Errors.NoEngine(LastLine(answer.Error), InstallAdvice.Engine(answer.Error)));
            }
        }
        catch (TimeoutException e)
        {
            bag.Add(Errors.NoEngine(e.Message, InstallAdvice.Engine(string.Empty)));
        }

        return !bag.HasErrors;
    }

    private static string LastLine(string text) => text.TrimEnd().Split('\n')[^1].Trim();
}
