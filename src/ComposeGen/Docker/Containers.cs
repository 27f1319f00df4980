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
    // What `docker ps` prints of a stopped container leaves its ports out; inspecting tells them.
    private const string Format =
        """{"id":{{json .Id}},"name":{{json .Name}},"state":{{json .State}},"labels":{{json .Config.Labels}},"wanted":{{json .HostConfig.PortBindings}},"bound":{{json .NetworkSettings.Ports}}}""";

    private static readonly string[] Question = ["container", "inspect", "--format", Format];

    /// <summary>Null where no engine answers, in time and in order.</summary>
    public static async Task<ImmutableArray<Container>?> TryList(TimeSpan patience)
    {
        try
        {
            return await List(patience);
        }
        catch (DockerFailure)
        {
            return null;
        }
    }

    /// <param name="patience">Where less is to be waited than usual.</param>
    public static async Task<ImmutableArray<Container>> List(TimeSpan? patience = null)
    {
        var known = await DockerClient.Lines(["ps", "--all", "--quiet", "--no-trunc"], patience);
        if (known.Length == 0)
        {
            return [];
        }

        // One that was removed since is left out of the answer, with an error that does not matter here.
        var details = await DockerClient.Ask([.. Question, .. known], patience);
        return details.ExitCode == 0 || details.Error.Contains("No such container", StringComparison.OrdinalIgnoreCase)
            ? [.. DockerClient.Lines(details).Select(line => DockerClient.Read(Question, line, Parse))]
            : throw DockerClient.Refused(details);
    }

    private static Container Parse(JsonElement root)
    {
        var state = root.GetProperty("state");
        return new Container(
            root.GetProperty("name").GetString()!.TrimStart('/'),
            state.GetProperty("Status").GetString()!,
            Label(root, "com.docker.compose.project"),
            Label(root, "com.docker.compose.project.working_dir"),
            [.. Ports(root.GetProperty("wanted")).Concat(Ports(root.GetProperty("bound"))).Distinct()]
        )
        {
            Id = root.GetProperty("id").GetString()!,
            Service = Label(root, "com.docker.compose.service"),
            IsOneOff = Label(root, "com.docker.compose.oneoff") == "True",
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
