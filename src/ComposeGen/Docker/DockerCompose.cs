using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Planning;
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

    // One that takes longer is asked again, and then waited for.
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(10);

    private const string Former = "docker-compose";

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
            [.. Common(Files(further)), "up", .. build, "--remove-orphans", .. options, .. services],
            root
        );
    }

    /// <summary>Override files of the user's, which count here as they do for a plain <c>docker compose up</c>.</summary>
    public IReadOnlyList<string> Overrides => new WorkspaceFiles(root).Exists(OverrideName) ? [OverrideName] : [];

    /// <summary>The files that count for <c>up</c>.</summary>
    public IReadOnlyList<string> Files(IEnumerable<string> further) => [FileName, .. Overrides, .. further];

    /// <summary>Pulls the image of a service, for a platform where one is given; standard output is left to others.</summary>
    public int? Pull(IEnumerable<string> files, string service, string? platform = null) =>
        ForeignProgram.PassThrough("docker", [.. Common(files), "pull", service], root, isAside: true, Default(platform));

    /// <summary>The names that the engine has for the volumes of the files, by key; those that were made elsewhere included.</summary>
    public async Task<IReadOnlyList<(string Key, string Name)>> Volumes(IEnumerable<string> files)
    {
        string[] question = [.. Common(files), "config", "--format", "json"];
        return DockerClient.Read(
            question,
            string.Join('\n', await DockerClient.Lines(question)),
            json =>
                json.TryGetProperty("volumes", out var volumes)
                    ? volumes.EnumerateObject().Select(volume => (volume.Name, volume.Value.GetProperty("name").GetString()!)).ToList()
                    : []
        );
    }

    /// <summary>The ports that the files publish.</summary>
    public async Task<IReadOnlyList<ComposedPort>> Published(IEnumerable<string> files)
    {
        string[] question = [.. Common(files), "config", "--format", "json"];
        return DockerClient.Read(
            question,
            string.Join('\n', await DockerClient.Lines(question)),
            json => json.GetProperty("services").EnumerateObject().SelectMany(ComposedPort.Of).ToList()
        );
    }

    /// <summary>The same; none where Compose refuses the files.</summary>
    public async Task<IReadOnlyList<ComposedPort>> TryPublished(IEnumerable<string> files)
    {
        string[] question = [.. Common(files), "config", "--format", "json"];
        var answer = await DockerClient.Ask(question);
        return answer.ExitCode == 0
            ? DockerClient.Read(question, answer.Output, json => json.GetProperty("services").EnumerateObject().SelectMany(ComposedPort.Of).ToList())
            : [];
    }

    /// <summary>Starts what files say in the background, and builds nothing.</summary>
    public int? Start(IEnumerable<string> files) =>
        ForeignProgram.PassThrough("docker", [.. Common(files), "up", "--detach", "--no-build"], root, isAside: true);

    // What counts where a service does not say its platform itself.
    private static (string, string)? Default(string? platform) => platform is null ? null : ("DOCKER_DEFAULT_PLATFORM", platform);

    /// <summary>The services as Compose understands the files, by key; null where it refuses them.</summary>
    public async Task<ImmutableDictionary<string, ComposedService>?> Understand(IEnumerable<string> files)
    {
        string[] question = [.. Common(files), "config", "--format", "json"];
        var answer = await DockerClient.Ask(question);
        return answer.ExitCode == 0
            ? DockerClient.Read(
                question,
                answer.Output,
                json => json.GetProperty("services")
                    .EnumerateObject()
                    .ToImmutableDictionary(service => service.Name, service => ComposedService.Of(service, project), StringComparer.Ordinal)
            )
            : null;
    }

    /// <summary>
    /// Says which keys of services the plugin is too old for. It is asked for its version only where a key depends on it,
    /// since that takes as long as all else that is asked together.
    /// </summary>
    public static async Task CheckVersion(IEnumerable<PlannedService> services, DiagnosticBag bag)
    {
        var needed = services.SelectMany(service => ComposeVersions.Needed(service.Declaration.Body).Select(key => (key, service))).ToList();
        if (needed.Count == 0 || ComposeVersions.Read((await DockerClient.Lines(["compose", "version", "--short"])).FirstOrDefault() ?? string.Empty) is not { } version)
        {
            return;
        }

        bag.AddAll(
            needed
                .Where(pair => pair.key.Since > version)
                .Select(pair =>
                    Errors.ComposeTooOld(
                        pair.key.Span,
                        pair.key.Path,
                        pair.service.Label,
                        pair.key.Since.ToString(),
                        version.ToString(),
                        InstallAdvice.NewCompose()
                    )
                )
        );
    }

    /// <summary>What a person types, in whichever folder, to see a build again.</summary>
    public string BuildCommand(string service) =>
        $"docker compose -p {project} {string.Concat(Files([]).Select(file => $"-f {Quoted(Path.Combine(root, file))} "))}build {service}";

    /// <summary>What a person types to see what a service printed.</summary>
    public string LogsCommand(string service) => $"docker compose -p {project} logs {service}";

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path;

    /// <summary>Builds the images of services, for a platform where one is given; standard output is left to others.</summary>
    public int? Build(IEnumerable<string> files, IEnumerable<string> services, string? platform = null) =>
        ForeignProgram.PassThrough("docker", [.. Common(files), "build", .. services], root, isAside: true, Default(platform));

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

    // A question is asked in whichever folder this program was started in.
    private string[] Common(IEnumerable<string> files) =>
        ["compose", "-p", project, "--project-directory", root, .. files.SelectMany(file => (string[])["-f", Path.Combine(root, file)])];

    /// <summary>
    /// Stops and removes everything of the project. Without a file: containers and networks are found by their labels, so
    /// this works whatever has become of the workspace's files, and reaches services that they no longer name.
    /// </summary>
    public int? Down(IEnumerable<string> options) => HandOver(["down", "--remove-orphans", .. options]);

    /// <summary>
    /// Runs a command of docker compose on this terminal, without a file too: what there is of the project is found by labels.
    /// </summary>
    /// <param name="command">Its name, options and services.</param>
    public int? HandOver(IEnumerable<string> command)
    {
        // Compose looks for a file from the working directory upward, and at the root there is none; nor does the variable count.
        var nowhere = Path.GetPathRoot(root)!;
        return ForeignProgram.PassThrough("docker", ["compose", "-p", project, .. command], nowhere, variable: ("COMPOSE_FILE", string.Empty));
    }

    /// <summary>
    /// The engine's containers, where it and everything else that is needed is there; null with a diagnostic that says what is
    /// not, and what to do.
    /// </summary>
    /// <param name="bag">Takes it.</param>
    /// <param name="early">What <see cref="AskEarly"/> began, if it did.</param>
    public static async Task<ImmutableArray<Container>?> Reach(DiagnosticBag bag, Task<ImmutableArray<Container>?>? early = null)
    {
        // An engine that answers is one. Asking the plugin for its version takes longer than all that `up` asks else.
        if (await (early ?? AskEarly(CancellationToken.None)) is { } containers)
        {
            return containers;
        }

        if (!await IsReady(bag))
        {
            return null;
        }

        try
        {
            return await Containers.List();
        }
        catch (DockerFailure e)
        {
            bag.Add(e.Diagnostic);
            return null;
        }
    }

    /// <summary>
    /// Asks for the containers while there is something else to do: docker takes as long to answer as ten projects take to be
    /// read. Null where it does not answer well; <see cref="Reach"/> finds out why.
    /// </summary>
    public static async Task<ImmutableArray<Container>?> AskEarly(CancellationToken isUnwanted) =>
        ForeignProgram.OnPath("docker") is not null && HasPlugin() ? await Containers.TryList(FirstPatience, isUnwanted) : null;

    // It may be elsewhere too, where docker is told so.
    private static bool HasPlugin() =>
        ((string[])[EnginePlace.SettingsFolder, .. PluginFolders]).Any(place => File.Exists(Path.Combine(place, "cli-plugins", "docker-compose")));

    // Compose used to be a program of its own, and still can be one.
    private static async Task<Diagnostic> WithoutPlugin()
    {
        if (await ForeignProgram.Capture(Former, ["version", "--short"], DockerClient.Patience) is not { ExitCode: 0 } answer)
        {
            return Errors.ComposeMissing(InstallAdvice.Compose());
        }

        var version = answer.Output.Trim();
        return ComposeVersions.Read(version) is { Major: > 1 }
            ? Errors.ComposeNoPlugin(version, InstallAdvice.Link(ForeignProgram.OnPath(Former)!))
            : Errors.ComposeOne(version, InstallAdvice.Compose());
    }

    private static async Task<bool> IsReady(DiagnosticBag bag)
    {
        var engine = DockerClient.TryAsk(["version", "--format", "{{.Server.Version}}"]);
        var plugin = DockerClient.TryAsk(["compose", "version", "--short"]);
        try
        {
            await Task.WhenAll(engine, plugin);
        }
        catch (DockerFailure e)
        {
            bag.Add(e.Diagnostic);
            return false;
        }

        if (await engine is not { } answer)
        {
            bag.Add(Errors.DockerMissing(InstallAdvice.Docker()));
        }
        else if (await plugin is not { ExitCode: 0 })
        {
            bag.Add(await WithoutPlugin());
        }
        else if (answer.ExitCode != 0)
        {
            bag.Add(DockerClient.Refused(answer).Diagnostic);
        }

        return !bag.HasErrors;
    }
}
