using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>Where the services of a stack answer.</summary>
internal static class StackPorts
{
    private static readonly string[] Columns = ["service", "target", "protocol", "mode", "host port", "node", "url"];

    /// <summary><c>ports --stack</c>: every published port on every node that answers there.</summary>
    public static async Task<int> Run(PortsOptions options, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        var files = Pipeline.Locate(options, bag, Workspaces.WorkspaceLoader.FindRootOrRemains);
        var swarm = new Swarm(options.Context);
        if (files is null || !await DeployCommand.IsReady(swarm, bag))
        {
            terminal.Report(bag, files);
            return files is null ? ExitCode.Of(bag) : ExitCode.NoDocker;
        }

        var stack = DeployCommand.StackName(files);
        var services = await swarm.Services(stack);
        if (services.IsEmpty)
        {
            bag.Add(Errors.NoStack(stack));
            terminal.Report(bag, files);
            return ExitCode.Wrong;
        }

        var rows = await Rows(swarm, services);
        if (options.Output == PortsFormat.Env)
        {
            terminal.Error.WriteLine("composegen: `ports --stack` is printed as a table or as JSON");
            return ExitCode.Wrong;
        }

        Tables.Write(Columns, rows, options.Output == PortsFormat.Json ? OutputFormat.Json : OutputFormat.Table, terminal);
        return ExitCode.Done;
    }

    /// <summary>A line a port and node, as <c>up</c> prints links.</summary>
    public static async Task WriteLinks(Swarm swarm, string stack, Terminal terminal)
    {
        var rows = await Rows(swarm, await swarm.Services(stack));
        var width = rows.Select(row => ((string)row[0]!).Length).DefaultIfEmpty().Max();
        rows.ForEach(row => terminal.Out.WriteLine($"{((string)row[0]!).PadRight(width)}  {row[^1]}"));
    }

    private static async Task<List<object?[]>> Rows(Swarm swarm, IEnumerable<StackService> services)
    {
        var rows = new List<object?[]>();
        foreach (var service in services.Where(service => service.Ports.Length > 0))
        {
            // What the routing mesh publishes, every node answers.
            var running = service.Ports.Any(port => port.IsOfHost) ? await swarm.Nodes(service.Id) : [];
            var all = service.Ports.All(port => port.IsOfHost) ? [] : await swarm.Nodes();
            foreach (var port in service.Ports)
            {
                rows.AddRange(
                    (port.IsOfHost ? running : all).Select(node =>
                        (object?[])
                            [
                                service.Key,
                                port.Target,
                                port.Protocol,
                                port.IsOfHost ? "host" : "ingress",
                                port.Host,
                                node,
                                PortUrl.On(node, null, port.Protocol, port.Target, "0.0.0.0", port.Host),
                            ]
                    )
                );
            }
        }

        return rows;
    }
}
