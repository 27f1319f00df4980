using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Planning;

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
        environment.WarnOfUnset(generated.Plan, services, bag);
        services = environment.PortsHere(generated.Plan, services, bag);
        Look(project, files.Root, services, await Containers.List(), bag);
        return terminal.Report(bag, files)
            ? ExitCode.Wrong
            : Start(new DockerCompose(files.Root, project), options, extra, services, terminal);
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

    // Looks before anything starts, so that nothing has to be taken back.
    private static void Look(
        string project,
        string root,
        ImmutableArray<PlannedService> services,
        ImmutableArray<Container> containers,
        DiagnosticBag bag
    )
    {
        if (containers.FirstOrDefault(container => container.IsElsewhere(project, root)) is { } foreign)
        {
            bag.Add(Errors.OtherFolder(project, foreign.Folder));
            return;
        }

        var probe = new PortProbe(project, containers);
        foreach (var (service, port) in services.SelectMany(service => service.Ports.Select(port => (service, port))))
        {
            for (var i = 0; i < port.Request.Count; i++)
            {
                if (probe.Holder(port.HostIp, port.Host + i, port.Request.Protocol) is { } holder)
                {
                    bag.Add(
                        Errors.PortHeld(
                            port.Request.Span,
                            service.Address,
                            (port.Host + i).ToString(CultureInfo.InvariantCulture),
                            holder.Who,
                            holder.Remedy
                        )
                    );
                }
            }
        }
    }

    private static int Start(
        DockerCompose compose,
        UpOptions options,
        IReadOnlyList<string> extra,
        ImmutableArray<PlannedService> services,
        Terminal terminal
    )
    {
        var isDetached = options.Detach || options.Wait || extra.Any(option => option is "-d" or "--detach" or "--wait");
        if (!isDetached)
        {
            WriteUrls(services, terminal);
        }

        string[] given = [.. options.Detach ? (string[])["--detach"] : [], .. options.Wait ? (string[])["--wait"] : [], .. extra];
        var code = compose.Up(options.Projects.Any() ? services.Select(service => service.Key) : [], given) ?? ExitCode.NoDocker;
        if (isDetached && code == ExitCode.Done)
        {
            WriteUrls(services, terminal);
        }

        return code;
    }

    private static void WriteUrls(ImmutableArray<PlannedService> services, Terminal terminal)
    {
        var urls = services.SelectMany(service => service.Ports.Select(port => (Name: service.Label, Url: PortUrl.Of(port)))).ToList();
        var width = urls.Select(pair => pair.Name.Length).DefaultIfEmpty().Max();
        foreach (var (name, url) in urls)
        {
            terminal.Out.WriteLine($"{name.PadRight(width)}  {url}");
        }

        terminal.Out.Flush();
    }
}
