using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ComposeGen.Docker;

/// <summary>The forms in which containers are told, by the engine and by <c>docker</c>.</summary>
internal static class ContainerForms
{
    private const string ProjectLabel = "com.docker.compose.project";
    private const string FolderLabel = "com.docker.compose.project.working_dir";
    private const string ServiceLabel = "com.docker.compose.service";
    private const string Running = "running";
    private const string OneOffLabel = "com.docker.compose.oneoff";

    /// <summary>For <c>docker ps</c>: all there is to know of one that runs.</summary>
    public static readonly string Listing =
        """{"id":{{json .ID}},"name":{{json .Names}},"state":{{json .State}},"status":{{json .Status}},"ports":{{json .Ports}}"""
        + string.Concat(
            new[] { ("project", ProjectLabel), ("folder", FolderLabel), ("service", ServiceLabel), ("oneoff", OneOffLabel) }
                .Select(label => $",\"{label.Item1}\":{{{{json (.Label \"{label.Item2}\")}}}}")
        )
        + "}";

    /// <summary>For <c>docker container inspect</c>: what is listed of a stopped container leaves its ports out.</summary>
    public const string Inspection =
        """{"id":{{json .Id}},"name":{{json .Name}},"state":{{json .State}},"labels":{{json .Config.Labels}},"wanted":{{json .HostConfig.PortBindings}},"bound":{{json .NetworkSettings.Ports}}}""";

    /// <summary>One in the answer to <c>GET /containers/json</c>; null where it does not run, as in <see cref="Listed"/>.</summary>
    public static (string Id, Container? Running, string Words) OfEngine(JsonElement root)
    {
        var (id, state, words) = (root.GetProperty("Id").GetString()!, root.GetProperty("State").GetString()!, root.GetProperty("Status").GetString()!);
        var labels = root.GetProperty("Labels");
        return state != Running
            ? (id, null, words)
            : (
                id,
                new Container(
                    // It has more names where others link to it: `/other/alias`.
                    root.GetProperty("Names").EnumerateArray().Select(name => name.GetString()![1..]).First(name => !name.Contains('/', StringComparison.Ordinal)),
                    state,
                    Label(labels, ProjectLabel),
                    Label(labels, FolderLabel),
                    [.. root.GetProperty("Ports").EnumerateArray().Where(port => port.TryGetProperty("PublicPort", out _)).Select(Published).Distinct()]
                )
                {
                    Id = id,
                    Service = Label(labels, ServiceLabel),
                    IsOneOff = Label(labels, OneOffLabel) == "True",
                    IsUnhealthy = IsUnhealthy(words),
                    Words = words,
                },
                words
            );
    }

    private static BoundPort Published(JsonElement port) =>
        new(
            port.TryGetProperty("IP", out var ip) && IPAddress.TryParse(ip.GetString(), out var address) ? address : IPAddress.Any,
            port.GetProperty("PublicPort").GetInt32(),
            port.GetProperty("Type").GetString()!
        );

    private static bool IsUnhealthy(string status) => status.EndsWith("(unhealthy)", StringComparison.Ordinal);

    /// <summary>A line of <see cref="Listing"/>. No container for one that does not run: what else there is to know of it is not in the list.</summary>
    public static (string Id, Container? Running, string Words) Listed(JsonElement root)
    {
        var (id, state, words) = (Text("id"), Text("state"), Text("status"));
        return state != Running
            ? (id, null, words)
            : (
                id,
                new Container(Text("name").Split(',')[0], state, Text("project"), Text("folder"), [.. Ports(Text("ports")).Distinct()])
                {
                    Id = id,
                    Service = Text("service"),
                    IsOneOff = Text("oneoff") == "True",
                    IsUnhealthy = IsUnhealthy(words),
                    Words = words,
                },
                words
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

    /// <summary>A line of <see cref="Inspection"/>.</summary>
    public static Container Inspected(JsonElement root)
    {
        var state = root.GetProperty("state");
        var labels = root.GetProperty("labels");
        return new Container(
            root.GetProperty("name").GetString()!.TrimStart('/'),
            state.GetProperty("Status").GetString()!,
            Label(labels, ProjectLabel),
            Label(labels, FolderLabel),
            [.. Ports(root.GetProperty("wanted")).Concat(Ports(root.GetProperty("bound"))).Distinct()]
        )
        {
            Id = root.GetProperty("id").GetString()!,
            Service = Label(labels, ServiceLabel),
            IsOneOff = Label(labels, OneOffLabel) == "True",
            ExitCode = state.GetProperty("ExitCode").GetInt32(),
            Finished = state.GetProperty("FinishedAt").GetString()!,
            // Not there without a health check.
            IsUnhealthy = state.TryGetProperty("Health", out var health) && health.GetProperty("Status").GetString() == "unhealthy",
        };
    }

    private static string Label(JsonElement labels, string name) =>
        labels.ValueKind == JsonValueKind.Object && labels.TryGetProperty(name, out var value)
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
