using ComposeGen.Planning;
using static ComposeGen.Docker.Checks.Finding;

namespace ComposeGen.Docker.Checks;

/// <summary>Whether docker and its engine are there, and this user may use them.</summary>
/// <param name="answers">What they said.</param>
/// <param name="system">This machine's.</param>
/// <param name="user">Whoever runs this.</param>
internal sealed class DockerChecks(DockerAnswers answers, MachineSystem system, string user)
{
    // What is generated uses `dockerfile_inline`, which came with it.
    private static readonly Version ComposeMinimum = new(2, 17);

    // Compose has its own builder up to version 5; from 2.40.2 on it refuses an older buildx than this.
    private static readonly Version ComposeWithoutBuilder = new(5, 0);
    private static readonly Version ComposeThatChecksBuildx = new(2, 40, 2);
    private static readonly Version BuildxMinimum = new(0, 17);

    private readonly InstallRepairs _repairs = new(system);

    // Without a program there is nothing to ask.
    private static Finding AfterDocker(string id) => Unknown(id, "docker is missing");

    public Finding Docker() =>
        answers.Program is { } program
            ? Ok(CheckNames.Docker, program)
            : Problem(CheckNames.Docker, "no program `docker` was found on the PATH", InstallAdvice.Docker(system), _repairs.Docker());

    /// <param name="place">Which engine is asked.</param>
    /// <param name="because">Why that one; null where it is the usual one, or unknown.</param>
    public Finding Context(EnginePlace place, string? because)
    {
        if (place.Endpoint is not { } endpoint)
        {
            return Problem(CheckNames.Context, $"docker's context is {EnginePlace.Context()}, and docker knows none of that name", "`docker context ls` shows which there are");
        }

        if (because is null)
        {
            return Ok(CheckNames.Context, "the usual engine");
        }

        return place.SocketPath is { } path && !File.Exists(path)
            ? Problem(CheckNames.Context, $"{because}, and there is no socket {path}", Waker(path))
            : Ok(CheckNames.Context, $"{because} ({endpoint})");
    }

    /// <param name="context">What the check of that found.</param>
    public Finding Engine(Finding context) =>
        answers.Program is null ? AfterDocker(CheckNames.Engine)
        : answers.Engine is { } engine ? Ok(CheckNames.Engine, $"{engine.Version}{(engine.IsHere ? string.Empty : ", on a machine of its own")}")
        : context.State == CheckState.Problem ? Unknown(CheckNames.Engine, "none can be asked there")
        : answers.Failure!.Code == DockerAnswers.NoAccess ? Unknown(CheckNames.Engine, "it refuses to be asked")
        : answers.Failure.Code == DockerAnswers.NoEngine && EnginePlace.Because() is null
            ? Problem(CheckNames.Engine, answers.Failure.Message, InstallAdvice.Engine(system), [.. _repairs.Starts()])
        : Problem(CheckNames.Engine, answers.Failure.Message, answers.Failure.Code == DockerAnswers.NoEngine ? InstallAdvice.Engine() : answers.Failure.Hint);

    public Finding Access() =>
        answers.Program is null ? AfterDocker(CheckNames.Access)
        : answers.Engine is not null ? Ok(CheckNames.Access, "this user may speak to the engine")
        : answers.Failure!.Code != DockerAnswers.NoAccess ? Unknown(CheckNames.Access, "no engine answers")
        : Problem(
            CheckNames.Access,
            answers.Failure.Message,
            InstallAdvice.Access(),
            OperatingSystem.IsLinux() && EnginePlace.Because() is null && user.Length > 0 ? InstallRepairs.Join(user) : null
        );

    /// <param name="needed">Keys of the workspace that not every version knows, with the version.</param>
    public Finding Compose(IEnumerable<(string Key, string Service, Version Since)> needed)
    {
        if (answers.Program is null)
        {
            return AfterDocker(CheckNames.Compose);
        }

        if (answers.Compose is not { } version)
        {
            return WithoutCompose();
        }

        if (version < ComposeMinimum)
        {
            return Problem(CheckNames.Compose, $"{version} is too old: {ComposeMinimum} or later is needed", InstallAdvice.NewCompose(system), Newer());
        }

        var key = needed.Where(key => key.Since > version).OrderByDescending(key => key.Since).FirstOrDefault();
        return key.Key is null
            ? Ok(CheckNames.Compose, version.ToString())
            : Problem(CheckNames.Compose, $"{version} is too old: `{key.Key}` of {key.Service} takes {key.Since} or later", InstallAdvice.NewCompose(system), Newer());
    }

    /// <param name="builds">What the workspace builds; null where there is no workspace.</param>
    public Finding Buildx(WorkspaceBuilds? builds)
    {
        if (answers.Program is null)
        {
            return AfterDocker(CheckNames.Buildx);
        }

        if (answers is { Buildx: { } found, Compose: { } asking } && asking >= ComposeThatChecksBuildx && found < BuildxMinimum)
        {
            var said = $"{found} is too old: Compose {asking} builds nothing with less than {BuildxMinimum}";
            return builds is { IsAny: false } ? Warning(CheckNames.Buildx, said, InstallAdvice.NewBuildx(system))
                : Problem(CheckNames.Buildx, said, InstallAdvice.NewBuildx(system), _repairs.BringsNewer ? _repairs.Buildx() : null);
        }

        if (answers.Buildx is { } version)
        {
            return Ok(CheckNames.Buildx, version.ToString());
        }

        if (answers.Compose is null || answers.Compose < ComposeWithoutBuilder)
        {
            return Ok(CheckNames.Buildx, "not installed: this Compose builds without it");
        }

        return builds?.NeedsBuildKit is { } key
            ? Problem(CheckNames.Buildx, $"not installed, and the builder that Compose {answers.Compose} has without it does not know `{key.Key}` of {key.Service}", InstallAdvice.Buildx(system), _repairs.Buildx())
            : Warning(CheckNames.Buildx, $"not installed: Compose {answers.Compose} falls back on a builder that is slow, and knows no `RUN --mount`", InstallAdvice.Buildx(system)) with
            {
                Repairs = _repairs.Buildx() is { } repair ? [repair] : [],
            };
    }

    private Repair? Newer() => _repairs.BringsNewer ? _repairs.Compose() : null;

    private string Waker(string path) =>
        system.Family == SystemFamily.MacOS ? InstallAdvice.Engine(system)
        : path.StartsWith("/run/user/", StringComparison.Ordinal) ? "systemctl --user start docker"
        : "start the engine that listens there, or unset it: the usual engine is then asked";

    private Finding WithoutCompose() =>
        answers.FormerCompose switch
        {
            (var program, var version) when ComposeVersions.Read(version) is { Major: > 1 } => Problem(
                CheckNames.Compose,
                $"Compose {version} is here as a program, {program}, but not as docker's plugin",
                InstallAdvice.Link(program),
                InstallRepairs.Link(program)
            ),
            (_, var version) => Problem(
                CheckNames.Compose,
                $"only the old program `docker-compose` {version} is here, which does not do",
                InstallAdvice.Compose(system),
                _repairs.Compose()
            ),
            null => Problem(CheckNames.Compose, "docker has no plugin `docker compose`", InstallAdvice.Compose(system), _repairs.Compose()),
        };
}
