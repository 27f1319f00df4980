using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>
/// <c>up --remap</c>: what is busy on this machine moves, here only. Where another checkout of the workspace is what holds
/// it, this one becomes the next slot, and has a block of ports and a Compose project of its own from then on.
/// </summary>
/// <param name="files">The workspace's.</param>
/// <param name="containers">Every container on the engine.</param>
/// <param name="data">Whose the volumes on the engine are.</param>
/// <param name="ports">The ports that services publish here, given what variables say.</param>
internal sealed class Remap(
    WorkspaceFiles files,
    ImmutableArray<Container> containers,
    ImmutableArray<DataOwner> data,
    Func<Plan, ImmutableArray<PlannedService>, ImmutableArray<PlannedService>> ports
)
{
    /// <summary>The plan, in the slot that it has from now on, and this machine's ports for it.</summary>
    /// <param name="plan">The committed plan.</param>
    /// <param name="keys">Keys of the services that are to start.</param>
    /// <param name="bag">Takes what moved, and what could not.</param>
    public async Task<(Plan Plan, Machine Machine)> Apply(Plan plan, IReadOnlySet<string> keys, DiagnosticBag bag)
    {
        var machine = Machine.Of(files, plan);
        if (machine.HasUsersOverride)
        {
            bag.Add(machine.CannotBeWritten);
            return (plan, machine);
        }

        if (Rival(plan, machine, keys) is { } folder)
        {
            plan = WithSlot(plan, folder, keys, bag);
            machine = Machine.Of(files, plan);
        }

        MovePorts(plan, machine, keys, bag);
        await MoveNetworks(machine, keys, bag);
        return (plan, machine);
    }

    // The folder of another checkout that has our name or our ports.
    private string? Rival(Plan plan, Machine machine, IReadOnlySet<string> keys) =>
        NameHolder.Find(plan.Workspace.ComposeProject, files.Root, containers, data)?.Folder
        ?? Held(plan, machine, keys).Select(held => held.Checkout(files.Root)).FirstOrDefault(checkout => checkout is not null);

    private IEnumerable<HeldPort> Held(Plan plan, Machine machine, IReadOnlySet<string> keys) =>
        Preflight.Held(
            ports(machine.Here, [.. machine.Here.Services.Where(service => keys.Contains(service.Key))]),
            new PortProbe(plan.Workspace.ComposeProject, containers)
        );

    // The first whose name and ports nobody has; where there is none, the first whose name nobody has.
    private Plan WithSlot(Plan plan, string folder, IReadOnlySet<string> keys, DiagnosticBag bag)
    {
        var free = Enumerable
            .Range(LocalSettings.FirstSlot + 1, LocalSettings.LastSlot - LocalSettings.FirstSlot)
            .Select(slot => plan with { Workspace = plan.Workspace with { Local = new LocalSettings(slot) } })
            .Where(other => NameHolder.Find(other.Workspace.ComposeProject, files.Root, containers, data) is null)
            .ToList();
        var chosen = free.Find(other => !Held(other, Machine.Of(files, other), keys).Any()) ?? free[0];
        var slot = chosen.Workspace.Local.Slot;
        var text = OutputFile.Current(files, LocalSettings.FileName) ?? string.Empty;
        text = string.Create(CultureInfo.InvariantCulture, $"{text.TrimEnd('\n')}{(text.Length == 0 ? string.Empty : "\n")}slot: {slot}\n");
        var problems = new DiagnosticBag();
        if (LocalSettings.Read(new SourceText(LocalSettings.FileName, text), problems).Slot != slot || problems.HasErrors)
        {
            bag.Add(Errors.CannotSetSlot(LocalSettings.FileName, slot));
        }
        else if (OutputFile.WriteAll(files, [new OutputText(LocalSettings.FileName, text)], bag))
        {
            bag.Add(Errors.SlotTaken(slot, chosen.Workspace.ComposeProject, folder, LocalSettings.FileName));
        }

        return chosen;
    }

    private void MovePorts(Plan plan, Machine machine, IReadOnlySet<string> keys, DiagnosticBag bag)
    {
        var held = Held(plan, machine, keys).DistinctBy(port => port.Port.Key).ToList();
        if (held.Count == 0)
        {
            return;
        }

        var probe = new PortProbe(plan.Workspace.ComposeProject, containers);
        machine.Move(held.Select(port => port.Port.Key).ToHashSet(), probe.IsTaken);
        var places = machine.Memory.Ports.ToDictionary(port => port.Key);
        foreach (var port in held)
        {
            var span = port.Port.Request.Span;
            if (places.TryGetValue(port.Port.Key, out var place))
            {
                var before = PortLockEntry.Range(port.Port.Host, place.Count);
                bag.Add(Errors.MovedHere(span, port.Service.Address, before, PortLockEntry.Range(place.Host, place.Count), port.Holder.Who));
            }
            else
            {
                bag.Add(Errors.NoPlaceHere(span, port.Service.Address));
            }
        }
    }

    private static async Task MoveNetworks(Machine machine, IReadOnlySet<string> keys, DiagnosticBag bag)
    {
        var overlaps = await Preflight.Overlaps(machine.Here, machine.Here.Services.Where(service => keys.Contains(service.Key)));
        if (overlaps.IsEmpty)
        {
            return;
        }

        var used = await UsedRanges.Of(machine.Here.Workspace.ComposeProject);
        machine.Move(overlaps.Select(overlap => overlap.Network), used.Select(range => range.Range));
        foreach (var (network, before, range) in overlaps)
        {
            bag.Add(Errors.NetworkMovedHere(network, before.ToString(), machine.Here.Ports.Subnets[network].ToString(), range.Range.ToString(), range.Holder));
        }
    }
}
