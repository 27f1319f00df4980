using System.Collections.Immutable;
using System.Text.Json;

namespace ComposeGen.Docker;

/// <summary>How far a service is on its way to what was sent.</summary>
/// <param name="Name">As the swarm has it.</param>
/// <param name="IsThere">Whether as many tasks run as have to, all of them of what was sent.</param>
/// <param name="Failure">What went wrong, where the swarm has given up, or tried several times; null otherwise.</param>
internal sealed record StackProgress(string Name, bool IsThere, string? Failure);

/// <summary>Follows the services of a stack from what ran before to what was sent.</summary>
/// <param name="swarm">Which runs it.</param>
/// <param name="stack">The stack's name.</param>
internal sealed class StackRollout(Swarm swarm, string stack)
{
    // A task that needs another one often ends before that one answers.
    private const int TooManyFailures = 5;

    // How often a service has to look as it should before it is believed that the swarm has nothing to replace.
    private const int Looks = 6;

    // How often a task may be seen to find no node.
    private const int PatientLooks = 20;

    private readonly Dictionary<string, int> _homeless = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _looks = new(StringComparer.Ordinal);
    private ImmutableHashSet<string> _tasksBefore = [];
    private ImmutableDictionary<string, string> _updatesBefore = [];

    /// <summary>Takes down what is there, before anything is sent.</summary>
    public async Task Begin()
    {
        _updatesBefore = (await Services()).ToImmutableDictionary(service => service.Id, service => service.Started, StringComparer.Ordinal);
        _tasksBefore = _updatesBefore.IsEmpty ? [] : [.. (await Tasks()).Select(task => task.Id)];
    }

    /// <summary>How far each of these services is now.</summary>
    public async Task<ImmutableArray<StackProgress>> Look(IReadOnlySet<string> names)
    {
        var tasks = (await Tasks()).ToLookup(task => task.Service, StringComparer.Ordinal);
        return [.. (await Services()).Where(service => names.Contains(service.Name)).Select(service => Progress(service, [.. tasks[service.Id]]))];
    }

    private StackProgress Progress(Service service, ImmutableArray<StackTask> tasks)
    {
        var failed = tasks.Where(task => !_tasksBefore.Contains(task.Id) && task.State is "failed" or "rejected").ToList();
        var running = tasks.Count(task => task is { IsWanted: true, State: "running" });
        var wanted = service.Replicas ?? tasks.Count(task => task.IsWanted);
        var isBegun = !_updatesBefore.TryGetValue(service.Id, out var before) || service.Started != before;
        var isSteady = running == wanted && (service.Replicas is not null || running > 0);
        if (service.State is "paused" or "rollback_paused" or "rollback_completed" && isBegun)
        {
            return new StackProgress(service.Name, false, failed.Count > 0 ? failed[0].Error : $"its update was given up ({service.State})");
        }

        // Of an update that changes nothing in the tasks the swarm says nothing.
        _looks[service.Id] = isSteady ? _looks.GetValueOrDefault(service.Id) + 1 : 0;
        var isThere = isSteady && service.State is not ("updating" or "rollback_started") && ((isBegun && service.IsChanged) || !service.IsChanged || _looks[service.Id] >= Looks);
        var homeless = tasks.FirstOrDefault(task => task is { IsWanted: true, State: "pending", Error.Length: > 0 });
        _homeless[service.Id] = homeless is null ? 0 : _homeless.GetValueOrDefault(service.Id) + 1;
        return new StackProgress(
            service.Name,
            isThere,
            isThere ? null
            : failed.Count >= TooManyFailures ? failed[0].Error
            : _homeless[service.Id] >= PatientLooks ? homeless!.Error
            : null
        );
    }

    private async Task<ImmutableArray<Service>> Services()
    {
        var ids = await swarm.Ask("service", "ls", "--quiet", "--filter", $"label={Swarm.StackLabel}={stack}");
        string[] question = ["service", "inspect", "--format", "{{json .}}", .. ids];
        return ids.Length == 0 ? [] : [.. (await swarm.Ask(question)).Select(line => DockerClient.Read(question, line, ReadService))];
    }

    private async Task<ImmutableArray<StackTask>> Tasks()
    {
        var ids = await swarm.Ask("stack", "ps", "--quiet", "--no-trunc", stack);
        if (ids.Length == 0)
        {
            return [];
        }

        // One that is gone since is left out of the answer, with an error that does not matter here.
        string[] question = ["inspect", "--format", "{{json .}}", .. ids];
        return [.. DockerClient.Lines(await swarm.TryAsk(question)).Select(line => DockerClient.Read(question, line, ReadTask))];
    }

    private static Service ReadService(JsonElement json)
    {
        var spec = json.GetProperty("Spec");
        var update = json.TryGetProperty("UpdateStatus", out var status) && status.ValueKind == JsonValueKind.Object ? status : default(JsonElement?);
        return new Service(
            json.GetProperty("ID").GetString()!,
            spec.GetProperty("Name").GetString()!,
            spec.GetProperty("Mode").TryGetProperty("Replicated", out var replicated) ? replicated.GetProperty("Replicas").GetInt32() : null,
            update is { } state && state.TryGetProperty("State", out var word) ? word.GetString()! : string.Empty,
            update is { } begun && begun.TryGetProperty("StartedAt", out var time) ? time.GetString()! : string.Empty,
            json.TryGetProperty("PreviousSpec", out var previous)
                && previous.TryGetProperty("TaskTemplate", out var old)
                && !JsonElement.DeepEquals(old, spec.GetProperty("TaskTemplate"))
        );
    }

    private static StackTask ReadTask(JsonElement json)
    {
        var status = json.GetProperty("Status");
        return new StackTask(
            json.GetProperty("ID").GetString()!,
            json.GetProperty("ServiceID").GetString()!,
            status.GetProperty("State").GetString()!,
            json.GetProperty("DesiredState").GetString() == "running",
            status.TryGetProperty("Err", out var error) ? error.GetString()! : string.Empty
        );
    }

    // Replicas: null for one task a node. Started: when its last update began. IsChanged: whether tasks are other ones than before.
    private sealed record Service(string Id, string Name, int? Replicas, string State, string Started, bool IsChanged);

    private sealed record StackTask(string Id, string Service, string State, bool IsWanted, string Error);
}
