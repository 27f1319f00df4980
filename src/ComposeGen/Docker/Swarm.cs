using System.Collections.Immutable;
using System.Text.Json;
using ComposeGen.Diagnostics;
using ComposeGen.Processes;

namespace ComposeGen.Docker;

/// <summary>A service as it is deployed.</summary>
/// <param name="Id">The swarm's.</param>
/// <param name="Key">Its key in the stack file.</param>
/// <param name="Definition">The part of the stack file that it was made from; null where something else than this tool made it.</param>
/// <param name="Ports">What it publishes.</param>
internal sealed record StackService(string Id, string Key, string? Definition, ImmutableArray<StackPort> Ports);

/// <summary>A port that a deployed service publishes.</summary>
/// <param name="Host">The host port.</param>
/// <param name="Target">The container's.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
/// <param name="IsOfHost">Whether only the nodes that run the service answer; otherwise each node does.</param>
internal sealed record StackPort(int Host, int Target, string Protocol, bool IsOfHost);

/// <summary>Asks a swarm's manager.</summary>
/// <param name="context">What docker calls it; null for the engine that docker asks anyway.</param>
internal sealed class Swarm(string? context)
{
    /// <summary>By which Docker marks what is a stack's.</summary>
    public const string StackLabel = "com.docker.stack.namespace";

    /// <summary>The label of a service that has its part of the stack file.</summary>
    public const string DefinitionLabel = "composegen.definition";

    private readonly string[] _engine = context is null ? [] : ["--context", context];

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    // Programs have ten seconds to end, unless their service says more, and nodes are told one after another.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Says so where the engine is no manager of a swarm.</summary>
    public async Task Check(DiagnosticBag bag)
    {
        string[] question = ["info", "--format", "{{json .Swarm}}"];
        var text = (await Ask(question)).FirstOrDefault() ?? string.Empty;
        var (state, isManager) = DockerClient.Read(question, text, json => (json.GetProperty("LocalNodeState").GetString()!, json.GetProperty("ControlAvailable").GetBoolean()));
        if (state != "active" || !isManager)
        {
            bag.Add(Errors.NoSwarm(state == "active" ? "it only works for one" : state));
        }
    }

    /// <summary>An address of this manager's node.</summary>
    public async Task<string> Address()
    {
        var lines = await Ask("info", "--format", "{{.Swarm.NodeAddr}}");
        return lines.FirstOrDefault() is { Length: > 0 } address ? address : "127.0.0.1";
    }

    /// <summary>The services of a stack, in the order of their keys; none where there is no such stack.</summary>
    public async Task<ImmutableArray<StackService>> Services(string stack)
    {
        var ids = await Ask("service", "ls", "--quiet", "--filter", $"label={StackLabel}={stack}");
        if (ids.Length == 0)
        {
            return [];
        }

        string[] question = ["service", "inspect", "--format", "{{json .}}", .. ids];
        return
        [
            .. (await Ask(question))
                .Select(line => DockerClient.Read(question, line, json => Service(json, stack)))
                .OrderBy(service => service.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>The addresses of the nodes that run a service now.</summary>
    public async Task<ImmutableArray<string>> Nodes(string service)
    {
        var tasks = await Ask("service", "ps", "--quiet", "--no-trunc", "--filter", "desired-state=running", service);
        var nodes = tasks.Length == 0 ? [] : await Ask(["inspect", "--format", """{{if eq .Status.State "running"}}{{.NodeID}}{{end}}""", .. tasks]);
        return nodes.Length == 0 ? [] : [.. await Addresses([.. nodes.Distinct()])];
    }

    /// <summary>The addresses of all nodes.</summary>
    public async Task<ImmutableArray<string>> Nodes() => [.. await Addresses(await Ask("node", "ls", "--quiet"))];

    /// <summary>The lines that docker answers.</summary>
    public Task<string[]> Ask(params string[] question) => DockerClient.Lines([.. _engine, .. question]);

    /// <summary>What it answers, whichever its exit code.</summary>
    public Task<CommandResult> TryAsk(params string[] question) => DockerClient.Ask([.. _engine, .. question]);

    /// <summary>Sends a stack file, on this terminal.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="file">The stack file.</param>
    /// <param name="folder">What paths in it are relative to.</param>
    /// <param name="isWhole">Whether services that the file does not have are to go.</param>
    public int? Deploy(string stack, string file, string folder, bool isWhole) =>
        ForeignProgram.PassThrough(
            "docker",
            [
                .. _engine,
                "stack",
                "deploy",
                "--compose-file",
                file,
                // Every image is named by its digest.
                "--resolve-image=never",
                "--with-registry-auth",
                "--detach=true",
                .. isWhole ? (string[])["--prune"] : [],
                stack,
            ],
            folder,
            isAside: true
        );

    /// <summary>Removes a stack, and waits until nothing of it is left but volumes.</summary>
    /// <returns>False where something is still there after a while.</returns>
    public async Task<bool> Remove(string stack)
    {
        await ImageTransfer.Pipe([.. _engine, "stack", "rm", "--detach=false", stack], read: null, write: null, CancellationToken.None);
        for (var i = 0; i < Patience / Interval; i++)
        {
            if (!await IsLeft(stack))
            {
                return true;
            }

            await Task.Delay(Interval);
        }

        return false;
    }

    // A network goes once the last task's container is gone from it.
    private async Task<bool> IsLeft(string stack)
    {
        var filter = $"label={StackLabel}={stack}";
        var lists = await Task.WhenAll(
            Ask("service", "ls", "--quiet", "--filter", filter),
            Ask("network", "ls", "--quiet", "--filter", filter),
            Ask("ps", "--all", "--quiet", "--filter", filter)
        );
        return lists.Any(list => list.Length > 0);
    }

    /// <summary>Removes configs and secrets of a stack that no service of it uses any more.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="used">Names of those that are used.</param>
    public async Task Prune(string stack, IReadOnlySet<string> used)
    {
        foreach (var kind in (string[])["config", "secret"])
        {
            var names = await Ask(kind, "ls", "--format", "{{.Name}}", "--filter", $"label={StackLabel}={stack}");
            string[] old = [.. names.Where(name => !used.Contains(name))];
            if (old.Length > 0)
            {
                // One that a service still could go back to stays, as the engine says.
                await TryAsk([kind, "rm", .. old]);
            }
        }
    }

    private async Task<IEnumerable<string>> Addresses(string[] nodes)
    {
        // A manager that was told no address has none of its own here.
        var format = "{{.Status.Addr}} {{if .ManagerStatus}}{{.ManagerStatus.Addr}}{{end}}";
        return (await Ask(["node", "inspect", "--format", format, .. nodes]))
            .Select(line => line.Split(' '))
            .Select(parts => parts is ["0.0.0.0", var manager, ..] ? manager[..manager.LastIndexOf(':')] : parts[0])
            .Order(StringComparer.Ordinal);
    }

    private static StackService Service(JsonElement json, string stack)
    {
        var spec = json.GetProperty("Spec");
        var labels = spec.GetProperty("Labels");
        var ports =
            spec.TryGetProperty("EndpointSpec", out var endpoint) && endpoint.TryGetProperty("Ports", out var list)
                ? list.EnumerateArray()
                    .Select(port => new StackPort(
                        port.GetProperty("PublishedPort").GetInt32(),
                        port.GetProperty("TargetPort").GetInt32(),
                        port.GetProperty("Protocol").GetString()!,
                        port.GetProperty("PublishMode").GetString() == "host"
                    ))
                    .OrderBy(port => port.Host)
                    .ToImmutableArray()
                : [];
        return new StackService(
            json.GetProperty("ID").GetString()!,
            spec.GetProperty("Name").GetString()![(stack.Length + 1)..],
            labels.TryGetProperty(DefinitionLabel, out var definition) ? definition.GetString() : null,
            ports
        );
    }
}
