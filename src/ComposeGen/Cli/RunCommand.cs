using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Processes;
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
        using var alone = asked is null ? null : WorkspaceLock.ToWrite(files!.Root, terminal.Error);
        var generated = asked is null ? null : Pipeline.Run(files!, bag, asked);
        var target = generated is null ? null : RunTarget.Find(generated.Plan, asked!, bag);
        var written = generated is null ? [] : GenerateCommand.LockAndEnvironment(files!, generated, bag);
        if (terminal.Report(bag, files) || target is null)
        {
            return ExitCode.Of(bag);
        }

        bag = new DiagnosticBag();
        if (!OutputFile.WriteAll(files!, written, bag))
        {
            terminal.Report(bag);
            return ExitCode.Of(bag);
        }

        alone!.Dispose();

        if (await DockerCompose.Reach(bag) is not { } containers)
        {
            terminal.Report(bag, files);
            return ExitCode.NoDocker;
        }

        return await Start(files!, generated!, target, containers, command, terminal);
    }

    private static async Task<int> Start(
        WorkspaceFiles files,
        Generated generated,
        PlannedService target,
        ImmutableArray<Container> containers,
        IReadOnlyList<string> command,
        Terminal terminal
    )
    {
        var bag = new DiagnosticBag();
        var plan = generated.Plan;
        var project = plan.Workspace.ComposeProject;
        var compose = new DockerCompose(files.Root, project);
        var before = await EngineState.Of(project, containers);
        var needed = plan.Dependencies.Closure([target]);
        var machine = Machine.Of(files, plan);
        _ = machine.File(bag); // for what it has to say: nothing is written for one run
        var services = machine.Here.Services.Where(service => needed.ContainsKey(service.Key)).ToImmutableArray();
        // A running one that this needs is not built anew, started or stopped.
        var idle = services.Where(service => service.Key == target.Key || !before.IsUp(service.Key)).ToImmutableArray();
        var data = await NameHolder.Owners(services);
        var environment = WorkspaceEnvironment.Load(files);
        environment.Check(plan, plan.WithDependencies([target]), bag);
        var ports = environment.PortsHere(machine.Here, idle, bag);
        if (before.Running(target.Key) is { } own && !own.IsElsewhere(project, files.Root))
        {
            bag.Add(Errors.AlreadyRuns(target.Declaration.Span, target.Address, own.Name, Stop(compose, own)));
        }
        else
        {
            Preflight.Look(project, files.Root, ports, before.All, data, bag);
            await Elsewhere.Look(plan, ports, files, bag);
        }

        var withoutGpu = await Gpus.Missing(services, bag);
        // A user's override file speaks of the whole; without one, what other projects lack (a variable, say) does not matter.
        var part = machine.HasUsersOverride ? plan : plan.Only(plan.WithDependencies([target]));
        var text = machine.HasUsersOverride ? generated.ComposeFile : Pipeline.Text(part, bag);
        if (terminal.Report(bag, files) || text is null)
        {
            return ExitCode.Wrong;
        }

        Preflight.WriteUrls(
            ports.Where(service => service.Key == target.Key),
            (service, port) => environment.Link(plan, service, port),
            terminal.Error
        );
        await NameHolder.Claim(project, files.Root, services, data);
        using var signals = ForeignProgram.HoldSignals();
        using var folder = new TemporaryFolder();
        var further = LocalOverride.Text(withoutGpu, plan.Builders(services));
        string[] composeFiles =
        [
            folder.Write(DockerCompose.FileName, text),
            .. machine.HasUsersOverride ? compose.Overrides : [],
            .. machine.Override(part) is { } here ? (string[])[folder.Write(DockerCompose.OverrideName, here)] : [],
            .. further is null ? (string[])[] : [folder.Write("local.yml", further)],
        ];
        var run = new OneOff(project, folder.Name, before, [.. idle.Select(service => service.Key).Where(key => key != target.Key)]);
        try
        {
            // The build on its own, since Compose prints it on standard output, which is the program's.
            var built = plan.Builders(idle) is { Count: > 0 } keys ? compose.Build(composeFiles, keys) : ExitCode.Done;
            return (built == ExitCode.Done ? compose.Run(composeFiles, target.Key, command, run.Label) : built)
                ?? throw DockerFailure.Vanished("compose run");
        }
        finally
        {
            await run.Remove(key => plan.Dependencies.Closure(plan.All.Where(service => service.Key == key)).Keys);
        }
    }

    private static string Stop(DockerCompose compose, Container container) =>
        container.IsOneOff ? $"docker stop {container.Name}" : compose.StopCommand(container.Service);
}
