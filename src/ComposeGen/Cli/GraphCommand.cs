using ComposeGen.Diagnostics;

namespace ComposeGen.Cli;

internal static class GraphCommand
{
    public static int Run(GraphOptions options, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        var (files, generated) = Pipeline.Run(options, bag);
        string[] names = [.. options.Arguments];
        var chosen =
            generated is null ? []
            : options.All ? PortsCommand.Named(generated.Plan, names, bag)
            : Choice.Of(generated.Plan, names, bag);
        if (terminal.Report(bag, files) || generated is null)
        {
            return ExitCode.Of(bag);
        }

        var plan = generated.Plan;
        var services = plan.All.Where(service => chosen.Contains(service.Key));
        if (options.All && names.Length > 0)
        {
            var needed = plan.Dependencies.Closure(services);
            services = plan.All.Where(service => needed.ContainsKey(service.Key));
        }

        terminal.Out.Write(GraphText.Of(Graph.Of(plan, services), options.Output));
        terminal.Out.Flush();
        return ExitCode.Done;
    }
}
