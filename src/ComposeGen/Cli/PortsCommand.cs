using ComposeGen.Diagnostics;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

internal static class PortsCommand
{
    private static readonly string[] Columns = ["project", "service", "target", "protocol", "host ip", "host port", "url", "selected"];

    public static int Run(PortsOptions options, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        var files = Pipeline.Locate(options, bag);
        var plan = files is null ? null : Pipeline.Run(files, bag)?.Plan;
        if (terminal.Report(bag, files) || plan is null)
        {
            return ExitCode.Wrong;
        }

        var rows = plan
            .All.SelectMany(service =>
                service.Ports.SelectMany(port =>
                    Enumerable
                        .Range(0, port.Request.Count)
                        .Select(i =>
                            (object?[])
                                [
                                    service.Project.Path,
                                    service.Name,
                                    port.Request.Target + i,
                                    port.Request.Protocol,
                                    port.HostIp,
                                    port.Host + i,
                                    PortUrl.Of(port with { Host = port.Host + i }),
                                    plan.IsRunning(service),
                                ]
                        )
                )
            )
            .ToList();
        Tables.Write(Columns, rows, options.Output, terminal);
        return ExitCode.Done;
    }
}
