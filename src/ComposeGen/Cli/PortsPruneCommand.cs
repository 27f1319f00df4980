using ComposeGen.Diagnostics;
using ComposeGen.Output;

namespace ComposeGen.Cli;

/// <summary>Drops the lock's lines of what is gone: projects, services, ports and networks that no descriptor has any more.</summary>
internal static class PortsPruneCommand
{
    public static int Run(PortsPruneOptions options, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        var files = Pipeline.Locate(options, bag);
        using var alone = files is null || options.DryRun ? null : WorkspaceLock.ToWrite(files.Root, terminal.Error);
        var generated = files is null ? null : Pipeline.Run(files, bag);
        if (files is null || generated is null)
        {
            terminal.Report(bag, files);
            return ExitCode.Of(bag);
        }

        var locked = generated.Plan.Ports.Lock;
        var kept = locked with
        {
            Entries = [.. locked.Entries.Where(entry => generated.Plan.Needs.ContainsKey(entry.Key))],
            Subnets = [.. locked.Subnets.Where(subnet => generated.Plan.Ports.Subnets.ContainsKey(subnet.Network))],
        };
        var dropped = locked.Lines().Except(kept.Lines()).ToList();
        if (!options.DryRun && GenerateCommand.Write(files, generated with { LockFile = kept.ToText() }, options, terminal, bag) is not ExitCode.Done and var code)
        {
            return code;
        }

        foreach (var line in dropped)
        {
            terminal.Out.WriteLine(DiagnosticWriter.Visible(line));
        }

        terminal.Error.WriteLine(
            dropped.Count == 0 ? "every line is needed"
            : options.DryRun ? $"{GenerateCommand.Count(dropped.Count, "line")} would be dropped"
            : $"{GenerateCommand.Count(dropped.Count, "line")} dropped: what comes back gets a new port"
        );
        return ExitCode.Done;
    }
}
