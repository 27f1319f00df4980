using System.Collections.Immutable;
using ComposeGen.Processes;

namespace ComposeGen.Docker;

/// <summary>What <c>run</c> started, and takes back: its own container, and what was started for it and was not there before.</summary>
/// <param name="project">The Compose project.</param>
/// <param name="id">Marks the container, and is no other run's.</param>
/// <param name="before">What there was.</param>
/// <param name="dependencies">Keys of the services that are started because the one that runs needs them.</param>
internal sealed class OneOff(string project, string id, EngineState before, ImmutableHashSet<string> dependencies)
{
    // A service may ask for minutes before it is killed (`stop_grace_period`).
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private const int Attempts = 3;

    public string Label => $"composegen.run={id}";

    /// <summary>
    /// Removes it, except what something needs that was started meanwhile. Volumes stay. A container that there was, but
    /// stopped, is stopped again.
    /// </summary>
    /// <param name="needs">Keys of the services that a service needs.</param>
    public async Task Remove(Func<string, IEnumerable<string>> needs)
    {
        // Where Ctrl+C is pressed once more, these clients hear of it too and end early.
        for (var attempt = 1; attempt <= Attempts && !await TryRemove(needs, isLast: attempt == Attempts); attempt++) { }
    }

    private async Task<bool> TryRemove(Func<string, IEnumerable<string>> needs, bool isLast)
    {
        try
        {
            return await TryRemove(needs);
        }
        catch (DockerFailure) when (!isLast)
        {
            return false;
        }
    }

    private async Task<bool> TryRemove(Func<string, IEnumerable<string>> needs)
    {
        // On a pipe or a terminal that hung up, docker's client ends and the program goes on.
        var own = await Ids(["--filter", $"label={Label}"]);
        var isDone = await Docker(["stop"], own) && await Docker(["rm", "--force", "--volumes"], own);

        var now = await EngineState.Of(project);
        var old = before.Own.Select(container => container.Id).ToHashSet(StringComparer.Ordinal);
        var started = now.Own.Where(container => !container.IsOneOff && dependencies.Contains(container.Service)).ToList();
        var needed = now
            .Own.Where(container => container.IsRunning)
            .Except(started)
            .SelectMany(container => needs(container.Service))
            .ToHashSet(StringComparer.Ordinal);
        var idle = started.Where(container => !needed.Contains(container.Service)).ToList();
        isDone &= await Docker(["stop"], [.. idle.Where(container => container.IsRunning).Select(container => container.Id)]);
        isDone &= await Docker(["rm", "--force"], [.. idle.Select(container => container.Id).Where(container => !old.Contains(container))]);

        // One that others have come to use meanwhile is refused, and stays.
        await Docker(["network", "rm"], [.. now.Networks.Except(before.Networks)]);
        return isDone;
    }

    private static async Task<string[]> Ids(string[] filter) =>
        (await ForeignProgram.Capture("docker", ["ps", "--all", "--quiet", "--no-trunc", .. filter], Patience))?.Output.Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        ) ?? [];

    private static async Task<bool> Docker(string[] command, string[] ids) =>
        ids.Length == 0 || await ForeignProgram.Capture("docker", [.. command, .. ids], Patience) is { ExitCode: 0 };
}
