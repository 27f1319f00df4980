using ComposeGen.Diagnostics;
using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

internal static class PortsCommand
{
    private static readonly string[] Columns = ["project", "service", "target", "protocol", "host ip", "host port", "url", "selected"];

    public static int Run(PortsOptions options, Terminal terminal) => Tables.Write(Columns, Rows, options, terminal);

    // As they are on this machine: a variable may set another host port than the lock has.
    private static IEnumerable<object?[]> Rows(Plan plan) =>
        WorkspaceEnvironment
            .Load(new WorkspaceFiles(plan.Workspace.Root))
            .PortsHere(plan, plan.All, new DiagnosticBag())
            .SelectMany(service =>
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
            );
}
