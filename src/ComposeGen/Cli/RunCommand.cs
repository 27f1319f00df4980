using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Rendering;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>
/// One project alone, in the foreground: everything that runs already stays as it is, and what was started is gone
/// afterwards. The committed Compose file is neither needed nor changed.
/// </summary>
internal static class RunCommand
{
    /// <param name="options">What was given before a <c>--</c>.</param>
    /// <param name="command">What was given after it: run in place of the service's own.</param>
    /// <param name="terminal">Where to write.</param>
    public static async Task<int> Run(RunOptions options, IReadOnlyList<string> command, Terminal terminal)
    {
        if (options.Arguments.FirstOrDefault() is not { } name)
        {
            terminal.Error.WriteLine("composegen: `run` takes the name of a project");
            terminal.Error.WriteLine("  hint: composegen list shows them");
            return ExitCode.Wrong;
        }

        var bag = new DiagnosticBag();
        var files = Pipeline.Locate(options, bag);
        var asked = files is null ? null : RunTarget.Parse(name, bag);
        var generated = asked is null ? null : Pipeline.Run(files!, bag, asked);
        var target = generated is null ? null : RunTarget.Find(generated.Plan, asked!, bag);
        var written = generated is null ? [] : GenerateCommand.LockAndEnvironment(files!, generated, bag);
        if (terminal.Report(bag, files) || target is null)
        {
            return ExitCode.Wrong;
        }

        bag = new DiagnosticBag();
        if (!OutputFile.WriteAll(written, bag))
        {
            terminal.Report(bag);
            return ExitCode.Unexpected;
        }

        if (!await DockerCompose.IsReady(bag))
        {
            terminal.Report(bag, files);
            return ExitCode.NoDocker;
        }

        return await Start(files!, generated!, target, command, terminal);
    }

    private static async Task<int> Start(
        WorkspaceFiles files,
        Generated generated,
        PlannedService target,
        IReadOnlyList<string> command,
        Terminal terminal
    )
    {
        var bag = new DiagnosticBag();
        var plan = generated.Plan;
        var project = plan.Workspace.ComposeProject;
        var compose = new DockerCompose(files.Root, project);
        using var signals = DockerCommand.HoldSignals();
        var before = await EngineState.Of(project);
        var idle = Starting(plan, target, before);
        var environment = WorkspaceEnvironment.Load(files);
        var here = environment.PortsHere(plan, idle, bag);
        Preflight.Look(project, files.Root, here, before.All, bag);
        if (!bag.HasErrors && before.Running(target.Key) is { } own)
        {
            bag.Add(Errors.AlreadyRuns(target.Declaration.Span, target.Address, own.Name, Stop(compose, own)));
        }

        var withoutGpu = await Gpus.Missing(plan.WithDependencies([target]), bag);
        var text = compose.Overrides.Count > 0 ? generated.ComposeFile : Pipeline.Text(plan.Only(plan.WithDependencies([target])), bag);
        if (terminal.Report(bag, files) || text is null)
        {
            return ExitCode.Wrong;
        }

        Preflight.WriteUrls(
            here.Where(service => service.Key == target.Key),
            (service, port) => environment.Link(plan, service, port),
            terminal.Error
        );
        using var folder = new TemporaryFolder();
        var images = Builders(plan, plan.WithDependencies([target]));
        string[] composeFiles =
        [
            folder.Write(DockerCompose.FileName, text),
            .. compose.Overrides,
            .. LocalOverride.Text(withoutGpu, images) is { } further ? (string[])[folder.Write("local.yml", further)] : [],
        ];
        var builds = Builders(plan, idle);
        if (builds.Count > 0 && compose.Build(composeFiles, builds) is var built and not ExitCode.Done)
        {
            return built ?? ExitCode.NoDocker;
        }

        var run = new OneOff(
            project,
            folder.Name,
            before,
            [.. idle.Where(service => service.Key != target.Key).Select(service => service.Key)]
        );
        try
        {
            return compose.Run(composeFiles, target.Key, command, run.Label) ?? ExitCode.NoDocker;
        }
        finally
        {
            await run.Remove(other =>
                plan.All.Where(service => service.Key == other).SelectMany(service => plan.Dependencies.Closure([service]).Keys)
            );
        }
    }

    // The service itself and what it needs that does not run yet: a running one is not built anew, started or stopped.
    private static ImmutableArray<PlannedService> Starting(Plan plan, PlannedService target, EngineState before)
    {
        var needed = plan.Dependencies.Closure([target]);
        return
        [
            .. plan.Services.Where(service => needed.ContainsKey(service.Key) && (service.Key == target.Key || !before.IsUp(service.Key))),
        ];
    }

    /// <summary>Keys of the services that build the images of those given, where they are built at all.</summary>
    private static ImmutableSortedSet<string> Builders(Plan plan, IEnumerable<PlannedService> services) =>
        services
            .Select(service =>
                plan.SharedBuilds.TryGetValue(service.Key, out var shared) ? shared.Owner.Key
                : service.Declaration.Body.Contains("build") ? service.Key
                : null
            )
            .OfType<string>()
            .ToImmutableSortedSet(StringComparer.Ordinal);

    private static string Stop(DockerCompose compose, Container container) =>
        container.IsOneOff ? $"docker stop {container.Name}" : compose.StopCommand(container.Service);
}
