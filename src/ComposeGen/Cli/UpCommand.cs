using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Rendering;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

internal static class UpCommand
{
    /// <param name="options">What was given before a <c>--</c>.</param>
    /// <param name="extra">What was given after it: options for <c>docker compose up</c>.</param>
    /// <param name="terminal">Where to write.</param>
    public static async Task<int> Run(UpOptions options, IReadOnlyList<string> extra, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        var files = Pipeline.Locate(options, bag);
        // Until docker compose runs: what this machine alone has is read and written in between.
        using var alone = files is null ? null : WorkspaceLock.ToWrite(files.Root, terminal.Error);
        using var asking = new EarlyQuestion();
        var generated = files is null ? null : Pipeline.Run(files, bag);
        var chosen = generated is null ? [] : Choice.Of(generated.Plan, [.. options.Projects], bag);
        if (files is null || generated is null || bag.HasErrors)
        {
            terminal.Report(bag, files);
            return ExitCode.Of(bag);
        }

        if (GenerateCommand.Write(files, generated, options, terminal, bag) is var code and not ExitCode.Done)
        {
            return code;
        }

        bag = new DiagnosticBag();

        if (await DockerCompose.Reach(bag, asking.Containers) is not { } containers)
        {
            terminal.Report(bag, files);
            terminal.Error.WriteLine($"{DockerCompose.FileName} is written: run `composegen up` again once Docker answers");
            return ExitCode.NoDocker;
        }

        await DockerCompose.CheckVersion(generated.Plan.Services.Where(service => chosen.Contains(service.Key)), bag);
        if (terminal.Report(bag, files))
        {
            return ExitCode.NoDocker;
        }

        return await Start(files, alone!, generated.Plan, containers, chosen, options, extra, terminal);
    }

    // Where no answer is wanted any more, no docker is left waiting for one.
    private sealed class EarlyQuestion : IDisposable
    {
        private readonly CancellationTokenSource _isUnwanted = new();

        public EarlyQuestion() => Containers = Task.Run(() => DockerCompose.AskEarly(_isUnwanted.Token));

        public Task<ImmutableArray<Container>?> Containers { get; }

        public void Dispose()
        {
            _isUnwanted.Cancel();
            try
            {
                Containers.Wait();
            }
            catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OperationCanceledException or DiagnosticException))
            {
                // It was ended; or what is wrong was said where the answer was waited for, or is for a run that gets that far to say.
            }

            _isUnwanted.Dispose();
        }
    }

    private static async Task<int> Start(
        WorkspaceFiles files,
        WorkspaceLock alone,
        Plan plan,
        ImmutableArray<Container> containers,
        ImmutableHashSet<string> chosen,
        UpOptions options,
        IReadOnlyList<string> extra,
        Terminal terminal
    )
    {
        var bag = new DiagnosticBag();
        var data = await NameHolder.Owners(plan.Services);
        var environment = WorkspaceEnvironment.Load(files);
        var machine = Machine.Of(files, plan);
        if (options.Remap)
        {
            var remap = new Remap(files, containers, data, (here, services) => environment.PortsHere(here, services, new DiagnosticBag()));
            (plan, machine) = await remap.Apply(plan, chosen, bag);
        }

        var project = plan.Workspace.ComposeProject;
        environment.Check(plan, [.. plan.Services], bag);
        var services = environment.PortsHere(machine.Here, [.. machine.Here.Services.Where(service => chosen.Contains(service.Key))], bag);
        // What a user's own override file makes of a service's ports is not looked at, nor printed.
        var known = services.RemoveAll(service => machine.WithUsersPorts.Contains(service.Key));
        Preflight.Look(project, files.Root, known, containers, data, bag);
        await Elsewhere.Look(plan, services, files, bag);
        bag.AddAll(FormerSlots(plan, files.Root, containers).Select(name => Errors.OtherSlotRuns(name, project)));
        bag.AddAll(
            (await Preflight.Overlaps(machine.Here, services)).Select(overlap =>
                Errors.SubnetHeld(overlap.Network, overlap.Subnet.ToString(), overlap.Used.Range.ToString(), overlap.Used.Holder)
            )
        );
        var withoutGpu = LocalOverride.Text(await Gpus.Missing(services, bag), []);
        _ = bag.HasErrors || machine.Write(bag, terminal.Error);
        if (terminal.Report(bag, files))
        {
            return ExitCode.Of(bag);
        }

        alone.Dispose();
        await NameHolder.Claim(project, files.Root, services, data);
        return await new UpStart(files, plan, environment, containers, options, extra, terminal).Run(services, known, withoutGpu);
    }

    // What this folder runs under the name that it had before `slot` was changed.
    private static IEnumerable<string> FormerSlots(Plan plan, string root, ImmutableArray<Container> containers) =>
        containers
            .Where(container => container.IsRunning && container.IsFrom(root))
            .Select(container => container.Project)
            .Distinct()
            .Where(name => name != plan.Workspace.ComposeProject)
            .Intersect(Workspace.ProjectNames(root, plan.Workspace.Settings));
}
