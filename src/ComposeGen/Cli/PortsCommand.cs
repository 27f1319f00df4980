using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>The ports as they are on this machine: a variable, or <c>up --remap</c>, may have set others than the lock has.</summary>
internal static class PortsCommand
{
    private static readonly string[] Columns =
    [
        "project",
        "service",
        "target",
        "protocol",
        "host ip",
        "host port",
        "url",
        "selected",
        "running",
        "held by",
    ];

    // Long enough for an engine that answers; one that hangs must not keep a table from people.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<int> Run(PortsOptions options, Terminal terminal)
    {
        if (options.Stack)
        {
            return await StackPorts.Run(options, terminal);
        }

        var bag = new DiagnosticBag();
        var (files, generated) = Pipeline.Run(options, bag);
        var services = generated is null ? [] : Named(generated.Plan, [.. options.Arguments], bag, "explain", "diff", "move", "prune", "unmap");
        if (terminal.Report(bag, files) || generated is null)
        {
            return ExitCode.Of(bag);
        }

        var plan = generated.Plan;
        var here = WorkspaceEnvironment
            .Load(files!)
            .PortsHere(plan, [.. Machine.Of(files!, plan).Here.All.Where(service => services.Contains(service.Key))], new DiagnosticBag());
        var ports =
            from service in here
            from port in service.Ports
            from i in Enumerable.Range(0, port.Request.Count)
            select (service, port: port with { Host = port.Host + i, Request = port.Request with { Target = port.Request.Target + i } });
        if (options.Output == PortsFormat.Env)
        {
            WriteVariables(plan, [.. ports], terminal.Out);
            return ExitCode.Done;
        }

        var containers = await Containers.TryList(Patience);
        var project = plan.Workspace.ComposeProject;
        var probe = new PortProbe(project, containers ?? []);
        var machine = EnginePlace.Current().Machine;
        Tables.Write(
            Columns,
            [.. ports.Select(pair => Row(plan, pair.service, pair.port, probe, containers is null ? null : project, machine))],
            options.Output == PortsFormat.Json ? OutputFormat.Json : OutputFormat.Table,
            terminal
        );
        return ExitCode.Done;
    }

    /// <summary>Keys of the services that names stand for (projects, or <c>project:service</c>), selected or not; of all where there are none.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="names">What was typed.</param>
    /// <param name="bag">Takes names of nothing.</param>
    /// <param name="meant">What else may have been meant.</param>
    public static ImmutableHashSet<string> Named(Plan plan, string[] names, DiagnosticBag bag, params string[] meant)
    {
        var byName = plan
            .All.SelectMany(service => service.Names.Select(name => (name, service.Key)))
            .ToLookup(pair => pair.name, pair => pair.Key, StringComparer.Ordinal);
        bag.AddAll(names.Where(name => !byName.Contains(name)).Select(name => Errors.NoSuchName(name, [.. byName.Select(group => group.Key), .. meant])));
        return names.Length == 0 ? [.. plan.All.Select(service => service.Key)] : [.. names.SelectMany(name => byName[name])];
    }

    // Whether it runs is not known where no engine answers: then there is no project to ask for.
    private static object?[] Row(Plan plan, PlannedService service, PublishedPort port, PortProbe probe, string? project, string? machine) =>
        [
            service.Project.Path,
            service.Name,
            port.Request.Target,
            port.Request.Protocol,
            port.HostIp,
            port.Host,
            PortUrl.On(machine, port),
            plan.IsRunning(service),
            project is null
                ? null
                : probe
                    .On(IPAddress.Parse(port.HostIp), port.Host, port.Request.Protocol)
                    .Any(container => container.IsRunning && container.Project == project && container.Service == service.Key),
            probe.Holder(port.HostIp, port.Host, port.Request.Protocol)?.Who,
        ];

    // SHOP_WEB_80_URL: what the variables begin with that services are told, and else the service's name in the file, which is unique too.
    private static void WriteVariables(Plan plan, IReadOnlyList<(PlannedService Service, PublishedPort Port)> ports, TextWriter output)
    {
        foreach (var same in ports.GroupBy(pair => (pair.Service.Key, pair.Port.Request.Target)))
        {
            var number = 0;
            foreach (var (service, port) in same)
            {
                var protocol = port.Request.Protocol == "tcp" ? string.Empty : "_" + port.Request.Protocol.ToUpperInvariant();
                var another = ++number > 1 && protocol.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"_{number}") : string.Empty;
                var name = $"{plan.AddressNames.Prefix(service) ?? VariableNames.Upper(service.Key)}_{port.Request.Target.ToString(CultureInfo.InvariantCulture)}{protocol}{another}";
                output.WriteLine($"{name}_URL={PortUrl.Of(port)}");
                output.WriteLine($"{name}_PORT={port.Host.ToString(CultureInfo.InvariantCulture)}");
            }
        }
    }
}
