using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>
/// Why <c>docker compose up</c> failed. What it printed went straight to the terminal, so the engine is asked what is there
/// now and what is not.
/// </summary>
/// <param name="root">The workspace's folder.</param>
/// <param name="plan">The plan.</param>
/// <param name="compose">What failed.</param>
/// <param name="further">Files that counted after the workspace's own.</param>
internal sealed class UpFailure(string root, Plan plan, DockerCompose compose, IReadOnlyCollection<string> further)
{
    /// <summary>Says who is to blame.</summary>
    /// <param name="services">Those that were to start.</param>
    /// <param name="before">The engine's containers as they were before.</param>
    /// <param name="bag">Takes it.</param>
    public async Task Find(ImmutableArray<PlannedService> services, ImmutableArray<Container> before, DiagnosticBag bag)
    {
        var understood = await compose.Understand(compose.Files(further));
        if (understood is not null)
        {
            await FindImages(services, understood, bag);
        }

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

        if (!bag.HasErrors && ComposeVersions.Read(await DockerCompose.Version()) is { } version)
        {
            bag.AddAll(
                from service in services
                from key in ComposeVersions.Unknown(service.Declaration.Body, version)
                select Errors.ComposeTooOld(key.Span, key.Path, service.Label, key.Since.ToString(), version.ToString(), InstallAdvice.Compose())
            );
        }

        if (await DataDisk.Shortage() is var (folder, megabytes))
        {
            bag.Add(Errors.DiskFull(folder, megabytes));
        }
    }

    // Compose pulls first, and builds nothing where that fails. The first failure stops whatever else is going on.
    private async Task FindImages(
        ImmutableArray<PlannedService> services,
        ImmutableDictionary<string, ComposedService> understood,
        DiagnosticBag bag
    )
    {
        var missing = await Missing(services, understood);
        var pulled = missing.Where(service => plan.Builders([service]).Count == 0).ToList();
        var builders = plan.Builders(missing);
        bag.AddAll(pulled.Select(service => NotPulled(service, understood)));
        if (pulled.Count == 0)
        {
            bag.AddAll(builders.Select(key => NotBuilt(key, understood, isAlone: builders.Count == 1)));
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

    /// <param name="key">The service that builds.</param>
    /// <param name="understood">The services as Compose understands them.</param>
    /// <param name="isAlone">Whether no other build may have stopped it.</param>
    public Diagnostic NotBuilt(string key, ImmutableDictionary<string, ComposedService> understood, bool isAlone)
    {
        var service = plan.All.Single(service => service.Key == key);
        var from = understood[key] switch
        {
            { Context: { } context, Dockerfile: { } dockerfile } => Shown(Path.Combine(context, dockerfile)),
            { Context: { } context } => $"{Shown(context)}, with a Dockerfile in the Compose file",
            _ => service.Project.Path,
        };
        return Errors.BuildFailed(service.Declaration.Span, service.Label, from, isAlone, compose.BuildCommand(key));
    }

    private string Shown(string path) =>
        Path.IsPathRooted(path) && Path.GetRelativePath(root, path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal)
            ? relative
            : path;

    // One that ended before, and was left as it was, is not why this failed.
    private static readonly IEqualityComparer<Container> SameEnd = EqualityComparer<Container>.Create(
        (a, b) => (a!.Id, a.Finished, a.ExitCode, a.IsUnhealthy) == (b!.Id, b.Finished, b.ExitCode, false),
        container => container.Id.GetHashCode(StringComparison.Ordinal)
    );
}
