using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Rendering;

namespace ComposeGen.Cli;

internal static class UpCommand
{
    /// <param name="options">What was given before a <c>--</c>.</param>
    /// <param name="extra">What was given after it: options for <c>docker compose up</c>.</param>
    /// <param name="terminal">Where to write.</param>
    public static async Task<int> Run(UpOptions options, IReadOnlyList<string> extra, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        var (files, generated) = Pipeline.Run(options, bag);
        var services = generated is null ? [] : Chosen(generated.Plan, [.. options.Projects], bag);
        if (files is null || generated is null || bag.HasErrors)
        {
            terminal.Report(bag, files);
            return ExitCode.Wrong;
        }

        if (GenerateCommand.Write(files, generated, options, terminal, bag) is var code and not ExitCode.Done)
        {
            return code;
        }

        bag = new DiagnosticBag();

        if (!await DockerCompose.IsReady(bag))
        {
            terminal.Report(bag, files);
            terminal.Error.WriteLine($"{DockerCompose.FileName} is written: run `composegen up` again once Docker answers");
            return ExitCode.NoDocker;
        }

        var project = generated.Plan.Workspace.ComposeProject;
        var environment = WorkspaceEnvironment.Load(files);
        environment.Check(generated.Plan, [.. generated.Plan.Services], bag);
        services = environment.PortsHere(generated.Plan, services, bag);
        Preflight.Look(project, files.Root, services, await Containers.List(), bag);
        var withoutGpu = LocalOverride.Text(await Gpus.Missing(services, bag), []);
        if (terminal.Report(bag, files))
        {
            return ExitCode.Wrong;
        }

        using var folder = withoutGpu is null ? null : new TemporaryFolder();
        string[] further = folder is null ? [] : [folder.Write("without-gpu.yml", withoutGpu!)];
        return Start(new DockerCompose(files.Root, project), options, extra, services, further, WriteUrls);

        void WriteUrls() =>
            Preflight.WriteUrls(
                services.Where(service => generated.Plan.Started.Contains(service.Key)),
                (service, port) => environment.Link(generated.Plan, service, port),
                terminal.Out
            );
    }

    // What starts: everything, or the projects named with all that they need.
    private static ImmutableArray<PlannedService> Chosen(Plan plan, string[] names, DiagnosticBag bag)
    {
        var running = plan.Services.ToImmutableArray();
        var byName = running
            .SelectMany(service => service.Names.Select(name => (name, service)))
            .ToLookup(pair => pair.name, pair => pair.service, StringComparer.Ordinal);
        foreach (var name in names.Where(name => !byName.Contains(name)))
        {
            bag.Add(
                plan.All.Any(service => service.Names.Contains(name))
                    ? Errors.NotSelected(name)
                    : Errors.NotRunning(
                        name,
                        [.. running.SelectMany(service => service.Names.Where(known => known != service.Address)).Distinct()]
                    )
            );
        }

        return names.Length == 0 ? running : plan.WithDependencies(names.SelectMany(name => byName[name]));
    }

    private static int Start(
        DockerCompose compose,
        UpOptions options,
        IReadOnlyList<string> extra,
        ImmutableArray<PlannedService> services,
        string[] further,
        Action writeUrls
    )
    {
        var isDetached = options.Detach || options.Wait || extra.Any(option => option is "-d" or "--detach" or "--wait");
        if (!isDetached)
        {
            writeUrls();
        }

        string[] given = [.. options.Detach ? (string[])["--detach"] : [], .. options.Wait ? (string[])["--wait"] : [], .. extra];
        var code = compose.Up(options.Projects.Any() ? services.Select(service => service.Key) : [], given, further) ?? ExitCode.NoDocker;
        if (isDetached && code == ExitCode.Done)
        {
            writeUrls();
        }

        return code;
    }
}
