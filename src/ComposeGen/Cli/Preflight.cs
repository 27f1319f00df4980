using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>Looks before anything starts, so that nothing has to be taken back.</summary>
internal static class Preflight
{
    /// <summary>Reports a project name that is another folder's, and host ports that others hold.</summary>
    public static void Look(
        string project,
        string root,
        IEnumerable<PlannedService> services,
        ImmutableArray<Container> containers,
        DiagnosticBag bag
    )
    {
        if (containers.FirstOrDefault(container => container.IsElsewhere(project, root)) is { } foreign)
        {
            bag.Add(Errors.OtherFolder(project, foreign.Folder));
            return;
        }

        var probe = new PortProbe(project, containers);
        foreach (var (service, port) in services.SelectMany(service => service.Ports.Select(port => (service, port))))
        {
            for (var i = 0; i < port.Request.Count; i++)
            {
                if (probe.Holder(port.HostIp, port.Host + i, port.Request.Protocol) is { } holder)
                {
                    bag.Add(
                        Errors.PortHeld(
                            port.Request.Span,
                            service.Address,
                            (port.Host + i).ToString(CultureInfo.InvariantCulture),
                            holder.Who,
                            holder.Remedy
                        )
                    );
                }
            }
        }
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
