using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ComposeGen.Docker;

/// <summary>Who holds a host port that we are about to publish, and what to do about it.</summary>
internal sealed record PortHolder(string Who, string Remedy);

/// <summary>Looks, without touching anything, whether host ports are held: by other containers, running or stopped, and by other processes.</summary>
internal sealed class PortProbe
{
    private readonly ILookup<(int Port, string Protocol), (IPAddress Address, Container Container)> _containers;
    private readonly ILookup<int, IPAddress> _tcp;
    private readonly ILookup<int, IPAddress> _udp;
    private readonly string _project;

    /// <param name="project">Our own Compose project: what its containers hold is no conflict.</param>
    /// <param name="containers">Every container on the engine.</param>
    public PortProbe(string project, ImmutableArray<Container> containers)
    {
        _project = project;
        _containers = containers
            .SelectMany(container => container.Ports.Select(port => (port, container)))
            .ToLookup(pair => (pair.port.Port, pair.port.Protocol), pair => (pair.port.Address, pair.container));
        var properties = IPGlobalProperties.GetIPGlobalProperties();
        _tcp = properties.GetActiveTcpListeners().ToLookup(listener => listener.Port, listener => listener.Address);
        _udp = properties.GetActiveUdpListeners().ToLookup(listener => listener.Port, listener => listener.Address);
    }

    /// <summary>Null where the port is free, or held by a container of ours that will give it back.</summary>
    public PortHolder? Holder(string hostIp, int port, string protocol)
    {
        var address = IPAddress.Parse(hostIp);
        var containers = _containers[(port, protocol)].Where(held => Meets(held.Address, address)).Select(held => held.Container).ToList();
        // What `run` started keeps its port as long as it runs: Compose does not take it for the service's own.
        if (containers.Find(container => container.Project != _project || container is { IsOneOff: true, IsRunning: true }) is { } other)
        {
            return Describe(other);
        }

        var listeners = protocol == "udp" ? _udp[port] : _tcp[port];
        var isOurs = containers.Exists(container => container.IsRunning);
        return !isOurs && listeners.Any(listener => Meets(listener, address)) ? Describe(ListenerProcess.Find(port, protocol)) : null;
    }

    private static PortHolder Describe(Container container)
    {
        var of =
            container.Project.Length == 0
                ? string.Empty
                : $" of Compose project {container.Project}{(container.Folder.Length == 0 ? string.Empty : $" in {container.Folder}")}";
        return container.IsRunning
            ? new PortHolder($"container {container.Name}{of}", $"stop it: {Stop(container)}")
            : new PortHolder(
                $"container {container.Name}{of}, which is stopped and will want it back",
                $"remove it: {(container.Project.Length == 0 ? $"docker rm {container.Name}" : Stop(container))}"
            );
    }

    private static string Stop(Container container) =>
        container.Project.Length == 0 || container.IsOneOff
            ? $"docker stop {container.Name}"
            : $"docker compose -p {container.Project} down";

    private static PortHolder Describe((int Id, string Name)? process) =>
        process is var (id, name)
            ? new PortHolder(
                string.Create(CultureInfo.InvariantCulture, $"process {id} ({name})"),
                string.Create(CultureInfo.InvariantCulture, $"stop it: kill {id}")
            )
            : new PortHolder("another process", "find out which with `sudo lsof -nP -i :PORT`, and stop it");

    /// <summary>
    /// Whether a listener on one address keeps another from being bound: the same one, or either of them every address.
    /// A listener on every IPv6 address takes IPv4 ones too.
    /// </summary>
    private static bool Meets(IPAddress a, IPAddress b)
    {
        (a, b) = (Plain(a), Plain(b));
        return a.Equals(b)
            || a.Equals(IPAddress.IPv6Any)
            || b.Equals(IPAddress.IPv6Any)
            || (
                a.AddressFamily == b.AddressFamily
                && a.AddressFamily == AddressFamily.InterNetwork
                && (a.Equals(IPAddress.Any) || b.Equals(IPAddress.Any))
            )
            // Docker gives a container published on 127.0.0.1 no ::1, but people open localhost, which may be either.
            || (a.Equals(IPAddress.IPv6Loopback) && b.Equals(IPAddress.Loopback));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
