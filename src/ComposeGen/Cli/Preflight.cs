using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Planning;
using ComposeGen.Processes;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>A port that is to be published and that somebody holds.</summary>
internal sealed record HeldPort(PlannedService Service, PublishedPort Port, int Host, PortHolder Holder)
{
    /// <summary>The folder of another checkout of the workspace, where it is one that holds the port; else null.</summary>
    /// <param name="root">The workspace.</param>
    public string? Checkout(string root) =>
        Holder.Container is { Folder: { Length: > 0 } folder } container
        && !container.IsFrom(root)
        && container.Service == Service.Key
        && IsOfOneWorkspace(root, folder)
            ? folder
            : null;

    // Git's common history tells; of copies that no git knows, and of shallow clones, that they have one lock.
    private static bool IsOfOneWorkspace(string root, string folder)
    {
        // What cannot be read (it may be another user's) is not known to be the same.
        var other = new WorkspaceFiles(folder).TryReadText(PortLock.FileName);
        return other is not null
            && (new Git(root).Roots().Intersect(new Git(folder).Roots()).Any() || new WorkspaceFiles(root).TryReadText(PortLock.FileName) == other);
    }
}

/// <summary>Looks before anything starts, so that nothing has to be taken back.</summary>
internal static class Preflight
{
    /// <summary>Reports a project name that is another folder's, and host ports that others hold.</summary>
    public static void Look(
        string project,
        string root,
        IReadOnlyCollection<PlannedService> services,
        ImmutableArray<Container> containers,
        ImmutableArray<DataOwner> data,
        DiagnosticBag bag
    )
    {
        if (NameHolder.Find(project, root, containers, data) is { } other)
        {
            bag.Add(Errors.OtherFolder(project, other.Folder, other.IsByData));
            return;
        }

        foreach (var (checkout, held, others) in ByCheckout(Held(services, new PortProbe(project, containers)), root))
        {
            var (span, service, host) = (
                held.Port.Request.Span,
                held.Service.Address,
                held.Host.ToString(CultureInfo.InvariantCulture)
            );
            bag.Add(
                checkout is { } folder
                    ? Errors.HeldByCheckout(span, service, host, others, folder, held.Holder.Container!.IsRunning)
                    : Errors.PortHeld(span, service, host, held.Holder.Who, $"`composegen up --remap` moves the port on this machine; or {held.Holder.Remedy}")
            );
        }

        // Which addresses another machine has, its engine says where one is wrong.
        var isElsewhere = EnginePlace.Current().Machine is not null;
        var here = services.SelectMany(service => service.Ports).Select(port => port.HostIp).Distinct().ToDictionary(ip => ip, ip => isElsewhere || PortProbe.IsHere(ip));
        foreach (var (service, port) in services.SelectMany(service => service.Ports.Select(port => (service, port))))
        {
            if (!here[port.HostIp])
            {
                bag.Add(Errors.NoSuchAddress(port.Request.Span, service.Address, port.HostIp));
            }
        }
    }

    // What one other checkout holds is said once, however many ports it is; everything else port by port.
    private static IEnumerable<(string? Checkout, HeldPort Held, int Others)> ByCheckout(IEnumerable<HeldPort> ports, string root)
    {
        var checkouts = new Dictionary<(string Container, string Service), string?>();
        var first = new List<(string? Checkout, HeldPort Held)>();
        foreach (var held in ports)
        {
            var key = (held.Holder.Container?.Id ?? string.Empty, held.Service.Key);
            if (!checkouts.TryGetValue(key, out var checkout))
            {
                checkouts[key] = checkout = held.Checkout(root);
            }

            first.Add((checkout, held));
        }

        return first
            .Where(pair => pair.Checkout is null)
            .Select(pair => (pair.Checkout, pair.Held, 0))
            .Concat(first.Where(pair => pair.Checkout is not null).GroupBy(pair => pair.Checkout).Select(same => (same.Key, same.First().Held, same.Count() - 1)));
    }

    /// <summary>The ports, one by one where they are ranges, that somebody else holds.</summary>
    public static IEnumerable<HeldPort> Held(IEnumerable<PlannedService> services, PortProbe probe) =>
        from service in services
        from port in service.Ports
        from host in Enumerable.Range(port.Host, port.Request.Count)
        let holder = probe.Holder(port.HostIp, host, port.Request.Protocol)
        where holder is not null
        select new HeldPort(service, port, host, holder);

    /// <summary>
    /// The networks of these services whose subnet this machine uses for something else. Asks for that only where the plan
    /// gives subnets at all.
    /// </summary>
    public static async Task<ImmutableArray<(string Network, Subnet Subnet, UsedRange Used)>> Overlaps(
        Plan plan,
        IEnumerable<PlannedService> services
    )
    {
        var subnets = services
            .SelectMany(service => NetworkPlanner.For(service, plan.Workspace.Settings.SharedNetwork))
            .Select(membership => membership.Network)
            .Distinct()
            .Where(plan.Ports.Subnets.ContainsKey)
            .Order(StringComparer.Ordinal)
            .Select(network => (network, subnet: plan.Ports.Subnets[network]))
            .ToList();
        if (subnets.Count == 0)
        {
            return [];
        }

        var used = await UsedRanges.Of(plan.Workspace.ComposeProject);
        return
        [
            .. from pair in subnets
            let overlapping = used.FirstOrDefault(range => range.Range.Overlaps(pair.subnet))
            where overlapping is not null
            select (pair.network, pair.subnet, overlapping),
        ];
    }

    /// <summary>Where each published port will answer, a line a port.</summary>
    public static void WriteUrls(IEnumerable<PlannedService> services, Func<PlannedService, PublishedPort, string> link, TextWriter writer)
    {
        var urls = services.SelectMany(service => service.Ports.Select(port => (Name: DiagnosticWriter.Visible(service.Label), Url: link(service, port)))).ToList();
        var width = urls.Select(pair => pair.Name.Length).DefaultIfEmpty().Max();
        foreach (var (name, url) in urls)
        {
            writer.WriteLine($"{name.PadRight(width)}  {url}");
        }

        writer.Flush();
    }
}
