using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Processes;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>Starts what nothing stands in the way of, prints where it is, and tells why where <c>docker compose up</c> fails.</summary>
/// <param name="files">The workspace.</param>
/// <param name="plan">The plan.</param>
/// <param name="environment">What the variables in it come to.</param>
/// <param name="containers">The engine's containers before the start.</param>
/// <param name="options">What was given before a <c>--</c>.</param>
/// <param name="extra">What was given after it: options for <c>docker compose up</c>.</param>
/// <param name="terminal">Where to write.</param>
internal sealed class UpStart(
    WorkspaceFiles files,
    Plan plan,
    WorkspaceEnvironment environment,
    ImmutableArray<Container> containers,
    UpOptions options,
    IReadOnlyList<string> extra,
    Terminal terminal
)
{
    private bool IsDetached => options.Detach || options.Wait || extra.Any(option => option is "-d" or "--detach" or "--wait");

    /// <param name="services">Those to start: what was asked for, and all that it needs.</param>
    /// <param name="known">Those among them whose ports are known.</param>
    /// <param name="withoutGpu">A Compose file for what has to do without a GPU; null where nothing has to.</param>
    public async Task<int> Run(ImmutableArray<PlannedService> services, ImmutableArray<PlannedService> known, string? withoutGpu)
    {
        using var folder = withoutGpu is null ? null : new TemporaryFolder();
        string[] further = folder is null ? [] : [folder.Write("without-gpu.yml", withoutGpu!)];
        var compose = new DockerCompose(files.Root, plan.Workspace.ComposeProject);
        var composeFiles = compose.Files(further);
        var failure = new UpFailure(files, plan, compose, composeFiles);
        var left = ImmutableHashSet<string>.Empty;
        var bag = new DiagnosticBag();
        if (options.KeepGoing && !extra.Contains("--no-build"))
        {
            if (await new KeepGoing(plan, compose, failure, composeFiles).Prepare(services, bag) is not { } without)
            {
                return ExitCode.Interrupted;
            }

            left = without;
            // What runs in the foreground prints until it is stopped: who is left out has to be known before.
            if (!IsDetached)
            {
                terminal.Report(bag, files);
            }
        }

        var starting = services.RemoveAll(service => left.Contains(service.Key));
        var named = starting.Where(service => options.Projects.Any() || (left.Count > 0 && plan.Started.Contains(service.Key))).ToList();
        // All that is needed is named, and what is left out must not come along as somebody's optional dependency.
        string[] only = left.Count > 0 ? ["--no-build", "--no-deps"] : [];
        int code;
        bool isStopped;
        using (var signals = ForeignProgram.HoldSignals())
        {
            code =
                left.Count > 0 && named.Count == 0
                    ? ExitCode.Done
                    : Up(compose, [.. only, .. extra], named, further, known.RemoveAll(service => left.Contains(service.Key)))
                        ?? throw DockerFailure.Vanished("compose up");
            isStopped = signals.Came.IsCancellationRequested;
        }

        // Who stopped it knows why it ended: a build that was going on did not fail.
        if (code is not ExitCode.Done and not ExitCode.Interrupted && !isStopped)
        {
            code = await TellWhy(code, failure, starting, known);
        }
        else
        {
            NextSteps.TellOnce(starting, IsDetached, terminal);
        }

        if (left.Count == 0)
        {
            return code;
        }

        if (IsDetached)
        {
            terminal.Report(bag, files);
        }

        terminal.Error.WriteLine($"left out: {string.Join(", ", services.Where(service => left.Contains(service.Key)).Select(service => service.Label))}");
        return code == ExitCode.Done ? ExitCode.Wrong : code;
    }

    private int? Up(DockerCompose compose, IEnumerable<string> extra, IEnumerable<PlannedService> named, string[] further, ImmutableArray<PlannedService> known)
    {
        if (!IsDetached)
        {
            WriteUrls(known);
        }

        string[] given = [.. options.Detach ? (string[])["--detach"] : [], .. options.Wait ? (string[])["--wait"] : [], .. extra];
        var code = compose.Up(named.Select(service => service.Key), given, further);
        if (IsDetached && code == ExitCode.Done)
        {
            WriteUrls(known);
        }

        return code;
    }

    private void WriteUrls(ImmutableArray<PlannedService> known) =>
        Preflight.WriteUrls(
            known.Where(service => plan.Started.Contains(service.Key)),
            (service, port) => environment.Link(plan, service, port),
            terminal.Out
        );

    private async Task<int> TellWhy(int code, UpFailure failure, ImmutableArray<PlannedService> starting, ImmutableArray<PlannedService> known)
    {
        var why = new DiagnosticBag();
        try
        {
            if (!await TellRace(known))
            {
                await failure.Find(starting, containers, why);
            }
        }
        catch (DockerFailure e) when (e.IsEngines)
        {
            why.Add(Errors.EngineGone(e.Diagnostic));
            code = ExitCode.NoDocker;
        }

        terminal.Report(why, files);
        return code;
    }

    // Somebody may take a port between the look and the start. What Docker says of it names neither service nor holder.
    private async Task<bool> TellRace(ImmutableArray<PlannedService> services)
    {
        var bag = new DiagnosticBag();
        var project = plan.Workspace.ComposeProject;
        var now = await Containers.List();
        Preflight.Look(project, files.Root, services, now, [], bag);
        if (!terminal.Report(bag, files))
        {
            return false;
        }

        var running = now.Where(container => container.Project == project && container.IsRunning).Select(container => container.Service);
        var names = services.Where(service => running.Contains(service.Key)).Select(service => DiagnosticWriter.Visible(service.Label)).ToList();
        terminal.Error.WriteLine(
            names.Count == 0
                ? "nothing of this workspace runs"
                : $"left running, as docker compose does: {string.Join(", ", names)}; `composegen up` starts the rest, `composegen down` stops these"
        );
        return true;
    }
}
