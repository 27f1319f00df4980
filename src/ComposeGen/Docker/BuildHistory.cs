using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ComposeGen.Docker;

/// <summary>A build that failed.</summary>
/// <param name="Service">The service whose image it was for.</param>
/// <param name="Step">The instruction that failed; null where it did not come to that.</param>
/// <param name="Said">Why.</param>
/// <param name="Line">The line of the Dockerfile, from 1; null where none is to blame.</param>
internal sealed record FailedBuild(string Service, string? Step, string Said, int? Line);

/// <summary>
/// What BuildKit remembers of builds since this was made. The first one that fails stops all others, and only it knows which
/// that was. Needs buildx 0.21 or later; an older one tells of none.
/// </summary>
/// <param name="project">The Compose project.</param>
internal sealed class BuildHistory(string project)
{
    // What failed before is not to blame.
    private readonly DateTimeOffset _since = DateTimeOffset.UtcNow;

    // Each is asked about by a program of its own.
    private const int Most = 20;

    private static readonly string[] List = ["buildx", "history", "ls", "--filter", "status=error", "--format", "json"];

    /// <summary>The project's builds that failed, not those that were only stopped; of each service the newest.</summary>
    public async Task<ImmutableArray<FailedBuild>> Failed()
    {
        var answer = await DockerClient.Ask(List);
        var failed =
            answer.ExitCode == 0
                ? DockerClient
                    .Lines(answer)
                    .Select(line =>
                        DockerClient.Read(
                            List,
                            line,
                            root => (Ref: root.GetProperty("ref").GetString()!, At: root.GetProperty("created_at").GetDateTimeOffset())
                        )
                    )
                    .Where(build => build.At >= _since)
                    .OrderByDescending(build => build.At)
                    .Take(Most)
                    .Select(build => build.Ref)
                : [];
        var builds = ImmutableArray.CreateBuilder<FailedBuild>();
        foreach (var build in failed)
        {
            // Of "builder/node/id", the id.
            string[] question = ["buildx", "history", "inspect", build[(build.LastIndexOf('/') + 1)..], "--format", "json"];
            if (
                await DockerClient.Ask(question) is { ExitCode: 0 } details
                && DockerClient.Read(question, details.Output, Read) is { } read
            )
            {
                builds.Add(read);
            }
        }

        return [.. builds.DistinctBy(build => build.Service)];
    }

    // Null where it is another project's.
    private FailedBuild? Read(JsonElement root) =>
        Label(root, "com.docker.compose.project") == project
        && Label(root, "com.docker.compose.service") is { } service
        && root.TryGetProperty("Error", out var error)
            ? new FailedBuild(service, Step(Text(error, "Name")), FirstLine(Text(error, "Message") ?? string.Empty), Line(Text(error, "Sources")))
            : null;

    private static string? Label(JsonElement root, string name) =>
        root.TryGetProperty("Labels", out var labels) && labels.ValueKind == JsonValueKind.Array
            ? labels.EnumerateArray().Where(label => Text(label, "Name") == name).Select(label => Text(label, "Value")).FirstOrDefault()
            : null;

    // "[builder 2/3] RUN make".
    private static string? Step(string? name) => name is null ? null : FirstLine(name.StartsWith('[') ? name[(name.IndexOf(']', StringComparison.Ordinal) + 1)..] : name);

    // The file's name, its line and the lines around it, as BuildKit prints them, in base 64.
    private static int? Line(string? sources)
    {
        if (sources is null)
        {
            return null;
        }

        var first = FirstLine(Encoding.UTF8.GetString(Convert.FromBase64String(sources)));
        return int.TryParse(first[(first.LastIndexOf(':') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var line) && line > 0
            ? line
            : null;
    }

    private static string? Text(JsonElement of, string key) =>
        of.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string FirstLine(string text)
    {
        const int Longest = 300;
        var line = text.Trim().Split('\n')[0].Trim();
        return line.Length > Longest ? line[..Longest] + "…" : line;
    }
}
