using System.Collections.Immutable;

namespace ComposeGen.Docker;

/// <summary>Asks the engine for its containers.</summary>
internal static class Containers
{
    private static readonly string[] Question = ["ps", "--all", "--no-trunc", "--format", ContainerForms.Listing];
    private static readonly string[] Details = ["container", "inspect", "--format", ContainerForms.Inspection];

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
        var listed = await OfEngine(DockerClient.AtMost(patience), isUnwanted) ?? await OfProgram(patience, isUnwanted);
        var stopped = listed.Where(container => container.Running is null).Select(container => container.Id).ToList();
        if (stopped.Count == 0)
        {
            return [.. listed.Select(container => container.Running!)];
        }

        // One that was removed since is left out of the answer, with an error that does not matter here.
        var details = await DockerClient.Ask([.. Details, .. stopped], patience, isUnwanted);
        if (details.ExitCode != 0 && !details.Error.Contains("No such container", StringComparison.OrdinalIgnoreCase))
        {
            throw DockerClient.Refused(details);
        }

        var inspected = DockerClient.Lines(details).Select(line => DockerClient.Read(Details, line, ContainerForms.Inspected)).ToDictionary(container => container.Id, StringComparer.Ordinal);
        return [.. listed.Select(container => container.Running ?? (inspected.GetValueOrDefault(container.Id) is { } stopped ? stopped with { Words = container.Words } : null)).OfType<Container>()];
    }

    // Null where docker has to be asked.
    private static async Task<List<(string Id, Container? Running, string Words)>?> OfEngine(TimeSpan patience, CancellationToken isUnwanted)
    {
        try
        {
            var text = await EngineSocket.TryGet("/containers/json?all=true", patience, isUnwanted);
            return text is null ? null : DockerClient.Read(Question, text, json => json.EnumerateArray().Select(ContainerForms.OfEngine).ToList());
        }
        catch (TimeoutException)
        {
            throw DockerClient.Hangs(Question, patience);
        }
    }

    private static async Task<List<(string Id, Container? Running, string Words)>> OfProgram(TimeSpan? patience, CancellationToken isUnwanted) =>
        [.. (await DockerClient.Lines(Question, patience, isUnwanted)).Select(line => DockerClient.Read(Question, line, ContainerForms.Listed))];
}
