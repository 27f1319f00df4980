using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;

namespace ComposeGen.Cli;

/// <summary>Forgets what <c>up --remap</c> moved on this machine: the next <c>up</c> takes the committed ports again.</summary>
internal static class PortsUnmapCommand
{
    public static int Run(PortsUnmapOptions options, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        var (files, generated) = Pipeline.Run(options, bag);
        var named = options.Arguments.Any() && generated is not null ? PortsCommand.Named(generated.Plan, [.. options.Arguments], bag) : null;
        if (files is null || generated is null || bag.HasErrors)
        {
            terminal.Report(bag, files);
            return ExitCode.Wrong;
        }

        var machine = Machine.Of(files, generated.Plan);
        var before = machine.Memory;
        machine.Forget(
            named is null
                ? null
                : generated.Plan.All.Where(service => named.Contains(service.Key)).Select(service => service.Address).ToHashSet()
        );
        bag = new DiagnosticBag();
        var isWritten = machine.Write(bag);
        if (terminal.Report(bag, files) || !isWritten)
        {
            return isWritten ? ExitCode.Wrong : ExitCode.Unexpected;
        }

        var taken = before.Lines().Except(machine.Memory.Lines()).ToList();
        terminal.Error.WriteLine(
            taken.Count == 0
                ? "nothing was moved on this machine"
                : $"{GenerateCommand.Count(taken.Count, "line")} taken back from {DockerCompose.OverrideName}; `composegen up` goes by it"
        );
        if (machine.Memory.Slot != LocalSettings.FirstSlot)
        {
            terminal.Error.WriteLine($"this checkout has ports of its own, as {LocalSettings.FileName} says: delete `slot` there for the committed ones");
        }

        return ExitCode.Done;
    }
}
