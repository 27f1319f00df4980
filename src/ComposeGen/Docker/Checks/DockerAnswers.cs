using ComposeGen.Diagnostics;
using ComposeGen.Planning;
using ComposeGen.Processes;

namespace ComposeGen.Docker.Checks;

/// <summary>What docker and its engine said of themselves, all asked at once.</summary>
/// <param name="Program">Where the program docker is; null where it is not.</param>
internal sealed record DockerAnswers(string? Program)
{
    /// <summary>The code of a failure: this user may not speak to the engine.</summary>
    public const string NoAccess = "CG0833";

    /// <summary>The code of a failure: no engine answers.</summary>
    public const string NoEngine = "CG0803";

    private const string Former = "docker-compose";

    /// <summary>What the engine says of itself; null where it does not answer.</summary>
    public EngineInfo? Engine { get; init; }

    /// <summary>Why it does not; null where it does.</summary>
    public Diagnostic? Failure { get; init; }

    /// <summary>The plugin's; null where there is none that works.</summary>
    public Version? Compose { get; init; }

    /// <summary>The plugin's; null where there is none that works.</summary>
    public Version? Buildx { get; init; }

    /// <summary>The program <c>docker-compose</c> and its version; null where it is not there.</summary>
    public (string Program, string Version)? FormerCompose { get; init; }

    public static async Task<DockerAnswers> Ask()
    {
        var answers = new DockerAnswers(ForeignProgram.OnPath("docker"));
        if (answers.Program is null)
        {
            return answers;
        }

        var (engine, compose, buildx, former) = (AskEngine(), PluginVersion(["compose", "version", "--short"]), PluginVersion(["buildx", "version"]), FormerVersion());
        await Task.WhenAll(engine, compose, buildx, former);
        return answers with
        {
            Engine = (await engine).Info,
            Failure = (await engine).Failure,
            Compose = await compose,
            Buildx = await buildx,
            FormerCompose = await former,
        };
    }

    private static async Task<(EngineInfo? Info, Diagnostic? Failure)> AskEngine()
    {
        try
        {
            var answer = await DockerClient.Ask(EngineInfo.Question);
            if (answer.ExitCode != 0)
            {
                return (null, DockerClient.Refused(answer).Diagnostic);
            }

            var info = DockerClient.Read(EngineInfo.Question, answer.Output, EngineInfo.Read);
            // Docker up to 26 takes an engine that does not answer for one that says nothing, and tells why in the answer alone.
            return info.Version.Length > 0 ? (info, null) : (null, DockerClient.Refused(answer with { Error = info.Problem ?? answer.Error }).Diagnostic);
        }
        catch (DockerFailure e)
        {
            return (null, e.Diagnostic);
        }
    }

    // `2.40.3`, or `github.com/docker/buildx v0.29.1 …`.
    private static async Task<Version?> PluginVersion(string[] question)
    {
        try
        {
            var answer = await DockerClient.Ask(question);
            return answer.ExitCode == 0 ? DockerClient.LastLine(answer.Output).Split(' ').Select(ComposeVersions.Read).OfType<Version>().FirstOrDefault() : null;
        }
        catch (DockerFailure)
        {
            // It hangs or crashes: to whoever wants to use it, it is not there.
            return null;
        }
    }

    private static async Task<(string, string)?> FormerVersion()
    {
        try
        {
            return ForeignProgram.OnPath(Former) is { } program
                && await ForeignProgram.Capture(Former, ["version", "--short"], DockerClient.Patience) is { ExitCode: 0 } answer
                ? (program, answer.Output.Trim())
                : null;
        }
        catch (TimeoutException)
        {
            // One that hangs helps nobody.
            return null;
        }
    }
}
