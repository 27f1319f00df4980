using System.Collections.Immutable;

namespace ComposeGen.Docker;

/// <summary>What there is of a Compose project on the engine at one moment.</summary>
/// <param name="All">Every container on the engine, of whatever project.</param>
/// <param name="Own">Those of the project.</param>
/// <param name="Networks">The ids of the project's networks.</param>
internal sealed record EngineState(ImmutableArray<Container> All, ImmutableArray<Container> Own, ImmutableHashSet<string> Networks)
{
    /// <param name="project">The Compose project.</param>
    /// <param name="known">Every container, where that has just been asked for.</param>
    public static async Task<EngineState> Of(string project, ImmutableArray<Container>? known = null)
    {
        var networks = DockerClient.Lines(["network", "ls", "--quiet", "--no-trunc", "--filter", $"label=com.docker.compose.project={project}"]);
        var containers = known ?? await Containers.List();
        return new EngineState(
            containers,
            [.. containers.Where(container => container.Project == project)],
            (await networks).ToImmutableHashSet(StringComparer.Ordinal)
        );
    }

    /// <summary>A container of the service that runs, whoever started it; null where there is none.</summary>
    public Container? Running(string service) => Own.FirstOrDefault(container => container.Service == service && container.IsRunning);

    /// <summary>Whether the service runs as <c>up</c> runs it, which is what others that depend on it need.</summary>
    public bool IsUp(string service) =>
        Own.Any(container => container is { IsOneOff: false, IsRunning: true } && container.Service == service);
}
