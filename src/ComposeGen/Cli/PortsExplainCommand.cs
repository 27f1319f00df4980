using System.Globalization;
using System.Net;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>All that is known of one host port, on one screen: in the workspace, and on this machine.</summary>
internal static class PortsExplainCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<int> Run(PortsExplainOptions options, Terminal terminal)
    {
        if (
            !int.TryParse(options.Arguments.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > PortSyntax.Highest
        )
        {
            terminal.Error.WriteLine("composegen: `ports explain` takes a host port, from 1 to 65535");
            terminal.Error.WriteLine("  hint: composegen ports shows them");
            return ExitCode.Wrong;
        }

        var bag = new DiagnosticBag();
        var (files, generated) = Pipeline.Run(options, bag);
        if (terminal.Report(bag, files) || generated is null)
        {
            return ExitCode.Of(bag);
        }

        var plan = generated.Plan;
        var machine = Machine.Of(files!, plan);
        var given = new HostPorts(plan.Workspace.Settings.Ports);
        List<(string About, string Says)> facts = [.. Committed(plan, port, given), .. Moved(plan, machine.Memory, port)];
        if (facts.Count == 0)
        {
            facts.Add(
                (
                    "lock",
                    $"nobody in this workspace holds it{(given.MayBeGiven(port) ? string.Empty : $"; it {given.WhyNotGiven(port)}")}"
                )
            );
        }

        facts.AddRange(OnMachine(new PortProbe(plan.Workspace.ComposeProject, await Containers.TryList(Patience) ?? []), port));
        terminal.Out.WriteLine($"host port {port.ToString(CultureInfo.InvariantCulture)}");
        var width = facts.Max(fact => fact.About.Length);
        foreach (var (about, says) in facts)
        {
            terminal.Out.WriteLine($"  {about.PadRight(width)}  {DiagnosticWriter.Visible(says)}");
        }

        return ExitCode.Done;
    }

    private static IEnumerable<(string About, string Says)> Committed(Plan plan, int port, HostPorts given)
    {
        var holders = plan
            .Ports.Lock.Entries.SelectMany(entry => Enumerable.Range(entry.Host, entry.Count).Select(host => (host, entry.Key.Service)))
            .ToLookup(pair => pair.host, pair => pair.Service);
        foreach (var entry in plan.Ports.Lock.Entries.Where(entry => entry.Host <= port && port <= entry.Last))
        {
            yield return ("lock", Line(entry));
            yield return ("why", PortReason.Of(entry, plan.Needs.GetValueOrDefault(entry.Key), host => holders[host].FirstOrDefault(), given));
            foreach (var service in plan.All.Where(service => service.Address == entry.Key.Service))
            {
                yield return (
                    "selected",
                    plan.Running.GetValueOrDefault(service.Key) switch
                    {
                        null => "no",
                        { Line: { } line } => $"{line.Span.File}:{line.Span.Line} `{line}`",
                        { NeededBy: var other } => $"{other!.Address} needs it",
                    }
                );
            }
        }
    }

    private static IEnumerable<(string About, string Says)> Moved(Plan plan, MachinePorts memory, int port)
    {
        var lines = plan.Ports.Lock.Entries.ToDictionary(entry => entry.Key);
        foreach (var moved in memory.Ports)
        {
            var committed = lines[moved.Key];
            if (committed.Host <= port && port <= committed.Last)
            {
                yield return ("here", $"{moved.Key.Service} is on {PortLockEntry.Range(moved.Host, moved.Count)} on this machine ({DockerCompose.OverrideName})");
            }
            else if (moved.Host <= port && port <= moved.Last)
            {
                yield return ("lock", Line(committed));
                yield return ("here", $"{moved.Key.Service} is on it on this machine, not on {PortLockEntry.Range(committed.Host, committed.Count)} ({DockerCompose.OverrideName})");
            }
        }
    }

    private static string Line(PortLockEntry entry) =>
        $"{(entry.Span.File == PortLock.FileName ? $"{entry.Span.File}:{entry.Span.Line}" : "not written yet")}: {entry}";

    private static IEnumerable<(string About, string Says)> OnMachine(PortProbe probe, int port)
    {
        var isHeld = false;
        foreach (var protocol in (string[])["tcp", "udp"])
        {
            var isPublished = false;
            foreach (var container in probe.On(IPAddress.IPv6Any, port, protocol).DistinctBy(container => container.Id))
            {
                isHeld = true;
                isPublished |= container.IsRunning;
                var of = container.Project.Length == 0 ? "of no Compose project" : $"Compose project {container.Project} in {container.Folder}";
                yield return ("container", $"{container.Name}, {container.Status}, {of}, {protocol}");
            }

            // Who listens for a container is Docker itself.
            if (!isPublished && probe.Listens(IPAddress.IPv6Any, port, protocol))
            {
                isHeld = true;
                yield return (
                    "process",
                    probe.Process(port, protocol) is { } process
                        ? string.Create(CultureInfo.InvariantCulture, $"{process.Id} {process.Name}, user {process.User}, {protocol}: {process.Command}")
                        : $"one that cannot be seen, {protocol}: try with sudo"
                );
            }
        }

        if (!isHeld)
        {
            yield return ("machine", "nothing listens on it");
        }
    }
}
