using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>
/// Why <c>docker compose up</c> failed. What it printed went straight to the terminal, so the engine is asked what is there
/// now and what is not.
/// </summary>
/// <param name="files">The workspace.</param>
/// <param name="plan">The plan.</param>
/// <param name="compose">What failed.</param>
/// <param name="composeFiles">The files that it was given.</param>
internal sealed class UpFailure(WorkspaceFiles files, Plan plan, DockerCompose compose, IReadOnlyList<string> composeFiles)
{
    private const string NoSpace = "no space left on device";

    // How BuildKit says that it has not got what a FROM names, before why not.
    private const string NotResolved = ": failed to resolve source metadata for ";

    private readonly BuildHistory _builds = new(plan.Workspace.ComposeProject);

    /// <summary>Says who is to blame.</summary>
    /// <param name="services">Those that were to start.</param>
    /// <param name="before">The engine's containers as they were before.</param>
    /// <param name="bag">Takes it.</param>
    public async Task Find(ImmutableArray<PlannedService> services, ImmutableArray<Container> before, DiagnosticBag bag)
    {
        await FindImages(services, bag);

        var ended = (await Containers.List()).Where(container => container.Project == plan.Workspace.ComposeProject).Except(before, SameEnd).ToList();
        foreach (var service in services)
        {
            if (ended.Find(container => container.Service == service.Key && container is { IsRunning: false, ExitCode: not 0 }) is { } container)
            {
                bag.Add(Errors.Exited(service.Declaration.Span, service.Label, container.ExitCode, compose.LogsCommand(service.Key)));
            }
            else if (ended.Exists(container => container.Service == service.Key && container is { IsRunning: true, IsUnhealthy: true }))
            {
                bag.Add(Errors.Unhealthy(service.Declaration.Span, service.Label, compose.LogsCommand(service.Key)));
            }
        }

        await FindDisk(bag);
    }

    /// <summary>Says which images are not there, and why.</summary>
    public async Task FindImages(ImmutableArray<PlannedService> services, DiagnosticBag bag)
    {
        if (await compose.Understand(composeFiles) is not { } understood)
        {
            return;
        }

        // Compose pulls first, and builds nothing where that fails. The first failure stops whatever else is going on.
        var missing = await Missing(services, understood);
        var pulled = missing.Where(service => plan.Builders([service]).Count == 0).ToList();
        bag.AddAll(pulled.Select(service => NotPulled(service, understood)));
        if (pulled.Count > 0)
        {
            return;
        }

        var builders = plan.Builders(services);
        var failed = (await _builds.Failed()).Where(build => builders.Contains(build.Service)).ToList();
        bag.AddAll(failed.Select(build => NotBuilt(build.Service, understood, build)));
        if (failed.Count == 0)
        {
            var suspects = plan.Builders(missing);
            bag.AddAll(suspects.Select(key => NotBuilt(key, understood, null, isAlone: suspects.Count == 1)));
        }
    }

    /// <summary>Says that the disk is full, where it is.</summary>
    public static async Task FindDisk(DiagnosticBag bag)
    {
        var isSaid = bag.Sorted().Any(diagnostic => diagnostic.Message.Contains(NoSpace, StringComparison.OrdinalIgnoreCase));
        if (await DataDisk.Free() is var (folder, megabytes) && (isSaid || megabytes < DataDisk.Little))
        {
            bag.Add(Errors.DiskFull(folder, megabytes));
        }
    }

    /// <summary>The services whose image the engine has not.</summary>
    public static async Task<ImmutableArray<PlannedService>> Missing(
        ImmutableArray<PlannedService> services,
        ImmutableDictionary<string, ComposedService> understood
    )
    {
        var known = services.Where(service => understood.ContainsKey(service.Key) && !service.Declaration.Body.Contains("provider")).ToList();
        var missing = await Images.Missing(known.Select(service => understood[service.Key].Image));
        return [.. known.Where(service => missing.Contains(understood[service.Key].Image))];
    }

    public static Diagnostic NotPulled(PlannedService service, ImmutableDictionary<string, ComposedService> understood) =>
        Errors.NoImage(service.Declaration.Span, service.Label, understood[service.Key].Image);

    /// <summary>Those of these builds that failed since this was made, with the reason where BuildKit tells.</summary>
    /// <param name="keys">The services that build.</param>
    /// <param name="understood">The services as Compose understands them.</param>
    public async Task<IEnumerable<Diagnostic>> NotBuilt(IReadOnlyCollection<string> keys, ImmutableDictionary<string, ComposedService> understood)
    {
        var failed = await _builds.Failed();
        return keys.Select(key => NotBuilt(key, understood, failed.FirstOrDefault(build => build.Service == key)));
    }

    private Diagnostic NotBuilt(string key, ImmutableDictionary<string, ComposedService> understood, FailedBuild? failed, bool isAlone = true)
    {
        var service = plan.All.Single(service => service.Key == key);
        var (from, place) = understood.GetValueOrDefault(key) switch
        {
            { Context: { } context, Dockerfile: { } dockerfile } => (Shown(Path.Combine(context, dockerfile)), PlaceOf(Path.Combine(context, dockerfile), failed?.Line)),
            { Context: { } context } => ($"{Shown(context)}, with a Dockerfile in the Compose file", null),
            _ => (service.Project.Path, null),
        };
        var span = place ?? service.Declaration.Span;
        var command = compose.BuildCommand(key);
        if (failed is null)
        {
            return Errors.BuildStopped(span, service.Label, from, isAlone, command);
        }

        var at = failed.Said.IndexOf(NotResolved, StringComparison.Ordinal);
        return at > 0
            ? Errors.NoBaseImage(span, service.Label, failed.Said[..at], Reason(failed.Said[(at + NotResolved.Length)..]))
            : Errors.BuildFailed(span, service.Label, from, failed.Step, failed.Said, command);
    }

    // The image stands there once more, with its registry.
    private static string Reason(string text) => text[(text.IndexOf(": ", StringComparison.Ordinal) + 1)..].Trim();

    // The instruction that failed, where it stands in a file of the workspace.
    private SourceSpan? PlaceOf(string dockerfile, int? line)
    {
        if (line is not { } number || !IsOwn(dockerfile, out var file) || files.TryReadText(file) is not { } text)
        {
            return null;
        }

        var lines = text.Split('\n');
        return number <= lines.Length ? new SourceSpan(file, number, 1, Math.Max(1, lines[number - 1].TrimEnd().Length)) : null;
    }

    private string Shown(string path) => IsOwn(path, out var relative) ? relative : path;

    private bool IsOwn(string path, out string relative)
    {
        relative = Path.GetRelativePath(files.Root, path);
        return Path.IsPathRooted(path) && relative is not ".." && !relative.StartsWith("../", StringComparison.Ordinal);
    }

    // One that ended before, and was left as it was, is not why this failed.
    private static readonly IEqualityComparer<Container> SameEnd = EqualityComparer<Container>.Create(
        (a, b) => (a!.Id, a.Finished, a.ExitCode, a.IsUnhealthy) == (b!.Id, b.Finished, b.ExitCode, false),
        container => container.Id.GetHashCode(StringComparison.Ordinal)
    );
}
