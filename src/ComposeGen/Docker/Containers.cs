using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json;
using ComposeGen.Workspaces;

namespace ComposeGen.Docker;

/// <summary>A host port that a container holds, or will want back when it is started again.</summary>
internal readonly record struct BoundPort(IPAddress Address, int Port, string Protocol);

/// <summary>A container on the engine, running or not. <see cref="Project"/> and <see cref="Folder"/>: Compose's labels, empty where it has none.</summary>
internal sealed record Container(string Name, string Status, string Project, string Folder, ImmutableArray<BoundPort> Ports)
{
    public required string Id { get; init; }

    /// <summary>The key of its service in the Compose file; empty where it has none.</summary>
    public required string Service { get; init; }

    /// <summary>Whether <c>docker compose run</c> started it, and not <c>up</c>.</summary>
    public required bool IsOneOff { get; init; }

    /// <summary>Its program's, where it has ended.</summary>
    public int ExitCode { get; init; }

    /// <summary>When it last ended, as the engine tells it.</summary>
    public string Finished { get; init; } = string.Empty;

    public bool IsUnhealthy { get; init; }

    public bool IsRunning => Status is "running" or "restarting" or "paused";

    /// <summary>Whether it was started from a folder, whichever symbolic links its path goes through.</summary>
    public bool IsFrom(string folder) => Folder.Length > 0 && RealPath.AreSame(Folder, folder);

    /// <summary>Whether it is of a Compose project of this name that lives in another folder.</summary>
    public bool IsElsewhere(string project, string folder) => Project == project && Folder.Length > 0 && !IsFrom(folder);
}

/// <summary>Asks the engine for its containers.</summary>
internal static class Containers
{
    private const string ProjectLabel = "com.docker.compose.project";
    private const string FolderLabel = "com.docker.compose.project.working_dir";
    private const string ServiceLabel = "com.docker.compose.service";
    private const string OneOffLabel = "com.docker.compose.oneoff";

    // All there is to know of one that runs.
    private static readonly string Brief =
        """{"id":{{json .ID}},"name":{{json .Names}},"state":{{json .State}},"status":{{json .Status}},"ports":{{json .Ports}}"""
        + string.Concat(
            new[] { ("project", ProjectLabel), ("folder", FolderLabel), ("service", ServiceLabel), ("oneoff", OneOffLabel) }
                .Select(label => $",\"{label.Item1}\":{{{{json (.Label \"{label.Item2}\")}}}}")
        )
        + "}";

    // What `docker ps` prints of a stopped container leaves its ports out; inspecting tells them.
    private const string Format =
        """{"id":{{json .Id}},"name":{{json .Name}},"state":{{json .State}},"labels":{{json .Config.Labels}},"wanted":{{json .HostConfig.PortBindings}},"bound":{{json .NetworkSettings.Ports}}}""";

    private static readonly string[] Question = ["container", "inspect", "--format", Format];

    /// <summary>Null where no engine answers, in time and in order.</summary>
    public static async Task<ImmutableArray<Container>?> TryList(TimeSpan patience, CancellationToken isUnwanted = default)
    {
        try
        {
            return await List(patience, isUnwanted);
        }
        catch (DockerFailure)
        {
            return null;
        }
    }

    /// <param name="patience">Where less is to be waited than usual.</param>
    /// <param name="isUnwanted">Ends the asking, with an <see cref="OperationCanceledException"/>.</param>
    public static async Task<ImmutableArray<Container>> List(TimeSpan? patience = null, CancellationToken isUnwanted = default)
    {
        string[] question = ["ps", "--all", "--no-trunc", "--format", Brief];
        var listed = (await DockerClient.Lines(question, patience, isUnwanted)).Select(line => DockerClient.Read(question, line, Listed)).ToList();
        var stopped = listed.Where(container => container.Running is null).Select(container => container.Id).ToList();
        if (stopped.Count == 0)
        {
            return [.. listed.Select(container => container.Running!)];
        }

        // One that was removed since is left out of the answer, with an error that does not matter here.
        var details = await DockerClient.Ask([.. Question, .. stopped], patience, isUnwanted);
        if (details.ExitCode != 0 && !details.Error.Contains("No such container", StringComparison.OrdinalIgnoreCase))
        {
            throw DockerClient.Refused(details);
        }

        var inspected = DockerClient.Lines(details).Select(line => DockerClient.Read(Question, line, Parse)).ToDictionary(container => container.Id, StringComparer.Ordinal);
        return [.. listed.Select(container => container.Running ?? inspected.GetValueOrDefault(container.Id)).OfType<Container>()];
    }

    // No container for one that does not run: what else there is to know of it is not in the list.
    private static (string Id, Container? Running) Listed(JsonElement root)
    {
        var (id, state) = (Text("id"), Text("state"));
        return state != "running"
            ? (id, null)
            : (
                id,
                new Container(Text("name").Split(',')[0], state, Text("project"), Text("folder"), [.. Ports(Text("ports")).Distinct()])
                {
                    Id = id,
                    Service = Text("service"),
                    IsOneOff = Text("oneoff") == "True",
                    IsUnhealthy = Text("status").EndsWith("(unhealthy)", StringComparison.Ordinal),
                }
            );

        string Text(string name) => root.GetProperty(name).GetString()!;
    }

    // `127.0.0.1:8080->80/tcp, [::]:5000-5002->5000-5002/udp, 9000/tcp`: the last one is not published.
    private static IEnumerable<BoundPort> Ports(string text)
    {
        foreach (var published in text.Split(", ").Where(port => port.Contains("->", StringComparison.Ordinal)))
        {
            var arrow = published.IndexOf("->", StringComparison.Ordinal);
            var colon = published.LastIndexOf(':', arrow) is var found and >= 0 ? found : throw new FormatException($"no address in {published}");
            var ports = published[(colon + 1)..arrow].Split('-').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
            var address = IPAddress.TryParse(published[..colon].Trim('[', ']'), out var ip) ? ip : IPAddress.Any;
            for (var port = ports[0]; port <= ports[^1]; port++)
            {
                yield return new BoundPort(address, port, published[(published.LastIndexOf('/') + 1)..]);
            }
        }
    }

    private static Container Parse(JsonElement root)
    {
        var state = root.GetProperty("state");
        return new Container(
            root.GetProperty("name").GetString()!.TrimStart('/'),
            state.GetProperty("Status").GetString()!,
            Label(root, ProjectLabel),
            Label(root, FolderLabel),
            [.. Ports(root.GetProperty("wanted")).Concat(Ports(root.GetProperty("bound"))).Distinct()]
        )
        {
            Id = root.GetProperty("id").GetString()!,
            Service = Label(root, ServiceLabel),
            IsOneOff = Label(root, OneOffLabel) == "True",
            ExitCode = state.GetProperty("ExitCode").GetInt32(),
            Finished = state.GetProperty("FinishedAt").GetString()!,
            // Not there without a health check.
            IsUnhealthy = state.TryGetProperty("Health", out var health) && health.GetProperty("Status").GetString() == "unhealthy",
        };
    }

    private static string Label(JsonElement root, string name) =>
        root.GetProperty("labels") is { ValueKind: JsonValueKind.Object } labels && labels.TryGetProperty(name, out var value)
            ? value.GetString() ?? string.Empty
            : string.Empty;

    // {"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8080"}], …}; null for exposed ports that are not published.
    private static IEnumerable<BoundPort> Ports(JsonElement bindings)
    {
        if (bindings.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var binding in bindings.EnumerateObject().Where(binding => binding.Value.ValueKind == JsonValueKind.Array))
        {
            var protocol = binding.Name[(binding.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
            foreach (var place in binding.Value.EnumerateArray())
            {
                var ip = place.GetProperty("HostIp").GetString();
                if (
                    int.TryParse(place.GetProperty("HostPort").GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                    && port > 0
                )
                {
                    yield return new BoundPort(IPAddress.TryParse(ip, out var address) ? address : IPAddress.Any, port, protocol);
                }
            }
        }
    }
}
