using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>A port that is to be published and that somebody holds.</summary>
internal sealed record HeldPort(PlannedService Service, PublishedPort Port, int Host, PortHolder Holder)
{
    /// <summary>The folder of another checkout of this workspace, where it is one that holds the port; else null.</summary>
    public string? Checkout =>
        Holder.Container is { Folder: { Length: > 0 } folder } container
        && container.Service == Service.Key
        && File.Exists(Path.Combine(folder, Manifest.FileName))
            ? folder
            : null;
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
        DiagnosticBag bag
    )
    {
        if (containers.FirstOrDefault(container => container.IsElsewhere(project, root)) is { } foreign)
        {
            bag.Add(Errors.OtherFolder(project, foreign.Folder));
            return;
        }

        foreach (var held in Held(services, new PortProbe(project, containers)))
        {
            var (span, service, host) = (
                held.Port.Request.Span,
                held.Service.Address,
                held.Host.ToString(CultureInfo.InvariantCulture)
            );
            bag.Add(
                held.Checkout is { } folder
                    ? Errors.HeldByCheckout(span, service, host, folder)
                    : Errors.PortHeld(span, service, host, held.Holder.Who, $"{held.Holder.Remedy}; or have the port moved on this machine: composegen up --remap")
            );
        }

        var here = services.SelectMany(service => service.Ports).Select(port => port.HostIp).Distinct().ToDictionary(ip => ip, PortProbe.IsHere);
        foreach (var (service, port) in services.SelectMany(service => service.Ports.Select(port => (service, port))))
        {
            if (!here[port.HostIp])
            {
                bag.Add(Errors.NoSuchAddress(port.Request.Span, service.Address, port.HostIp));
            }
        }
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
        var urls = services.SelectMany(service => service.Ports.Select(port => (Name: service.Label, Url: link(service, port)))).ToList();
        var width = urls.Select(pair => pair.Name.Length).DefaultIfEmpty().Max();
        foreach (var (name, url) in urls)
        {
            writer.WriteLine($"{name.PadRight(width)}  {url}");
        }

        writer.Flush();
    }
}
