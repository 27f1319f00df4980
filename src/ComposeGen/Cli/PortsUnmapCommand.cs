using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Output;

namespace ComposeGen.Cli;

/// <summary>Forgets what <c>up --remap</c> moved on this machine: the next <c>up</c> takes the committed ports again.</summary>
internal static class PortsUnmapCommand
{
    public static int Run(PortsUnmapOptions options, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        var files = Pipeline.Locate(options, bag);
        using var alone = files is null ? null : WorkspaceLock.ToWrite(files.Root, terminal.Error);
        var generated = files is null ? null : Pipeline.Run(files, bag);
        var named = options.Arguments.Any() && generated is not null ? PortsCommand.Named(generated.Plan, [.. options.Arguments], bag) : null;
        if (files is null || generated is null || bag.HasErrors)
        {
            terminal.Report(bag, files);
            return ExitCode.Of(bag);
        }

        var machine = Machine.Of(files, generated.Plan);
        var before = machine.Memory;
        machine.Forget(
            named is null
                ? null
                : generated.Plan.All.Where(service => named.Contains(service.Key)).Select(service => service.Address).ToHashSet()
        );
        bag = new DiagnosticBag();
        machine.Write(bag, TextWriter.Null);
        if (terminal.Report(bag, files))
        {
            return ExitCode.Of(bag);
        }

        var now = machine.Here.All.SelectMany(service => service.Ports).ToLookup(port => port.Key, port => port.Host);
        foreach (var moved in before.Ports.Except(machine.Memory.Ports))
        {
            var host = PortLockEntry.Range(now[moved.Key].First(), moved.Count);
            terminal.Error.WriteLine($"{DiagnosticWriter.Visible(moved.Key.Service)} has host port {host} again, from the next `composegen up` on");
        }

        foreach (var moved in before.Subnets.Except(machine.Memory.Subnets))
        {
            terminal.Error.WriteLine($"network {DiagnosticWriter.Visible(moved.Network)} has {machine.Here.Ports.Subnets[moved.Network]} again, from the next `composegen up` on");
        }

        if (before == machine.Memory || before.Lines().SequenceEqual(machine.Memory.Lines()))
        {
            terminal.Error.WriteLine("nothing that was moved on this machine is taken back");
        }

        if (machine.Memory.Slot != LocalSettings.FirstSlot)
        {
            terminal.Error.WriteLine($"this checkout has ports of its own, as {LocalSettings.FileName} says: delete `slot` there for the committed ones");
        }

        return ExitCode.Done;
    }
}
