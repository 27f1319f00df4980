using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ComposeGen.Docker;

/// <summary>Who holds a host port: a container, running or stopped, or a process, null where it cannot be seen.</summary>
internal sealed record PortHolder(Container? Container, HostProcess? Process)
{
    public string Who =>
        Container is null
            ? Process is null
                ? "another process"
                : string.Create(CultureInfo.InvariantCulture, $"process {Process.Id} ({Process.Name})")
            : $"container {Container.Name}{Of(Container)}{(Container.IsRunning ? string.Empty : ", which is stopped and will want it back")}";

    /// <summary>What to do about it, to be typed.</summary>
    public string Remedy =>
        Container is { IsRunning: false, Project.Length: 0 } ? $"remove it: docker rm {Container.Name}"
        : Container is { } container ? $"{(container.IsRunning ? "stop" : "remove")} it: {Stop(container)}"
        : Process is { } process ? string.Create(CultureInfo.InvariantCulture, $"stop it: kill {process.Id}")
        : "find out which with `sudo lsof -nP -i :PORT`, and stop it";

    private static string Of(Container container) =>
        container.Project.Length == 0
            ? string.Empty
            : $" of Compose project {container.Project}{(container.Folder.Length == 0 ? string.Empty : $" in {container.Folder}")}";

    private static string Stop(Container container) =>
        container.Project.Length == 0 || container.IsOneOff
            ? $"docker stop {container.Name}"
            : $"docker compose -p {container.Project} down";
}

/// <summary>Looks, without touching anything, whether host ports are held: by other containers, running or stopped, and by other processes.</summary>
internal sealed class PortProbe
{
    private readonly ILookup<(int Port, string Protocol), (IPAddress Address, Container Container)> _containers;
    private readonly ILookup<int, IPAddress> _tcp;
    private readonly ILookup<int, IPAddress> _udp;
    private static readonly ILookup<int, IPAddress> None = Array.Empty<IPAddress>().ToLookup(_ => 0);

    private readonly ListenerProcesses _processes = new();
    private readonly string _project;

    /// <param name="project">Our own Compose project: what its containers hold is no conflict.</param>
    /// <param name="containers">Every container on the engine.</param>
    public PortProbe(string project, ImmutableArray<Container> containers)
    {
        _project = project;
        _containers = containers
            .SelectMany(container => container.Ports.Select(port => (port, container)))
            .ToLookup(pair => (pair.port.Port, pair.port.Protocol), pair => (pair.port.Address, pair.container));
        // On another machine, containers are all that can be seen.
        if (EnginePlace.Current().Machine is not null)
        {
            (_tcp, _udp) = (None, None);
            return;
        }

        var properties = IPGlobalProperties.GetIPGlobalProperties();
        _tcp = properties.GetActiveTcpListeners().ToLookup(listener => listener.Port, listener => listener.Address);
        _udp = properties.GetActiveUdpListeners().ToLookup(listener => listener.Port, listener => listener.Address);
    }

    /// <summary>Null where the port is free, or held by a container of ours that will give it back.</summary>
    public PortHolder? Holder(string hostIp, int port, string protocol)
    {
        var address = IPAddress.Parse(hostIp);
        var containers = On(address, port, protocol).ToList();
        // What `run` started keeps its port as long as it runs: Compose does not take it for the service's own.
        if (containers.Find(container => container.Project != _project || container is { IsOneOff: true, IsRunning: true }) is { } other)
        {
            return new PortHolder(other, null);
        }

        var isOurs = containers.Exists(container => container.IsRunning);
        return !isOurs && Listens(address, port, protocol) ? new PortHolder(null, _processes.Find(port, protocol)) : null;
    }

    /// <summary>Whether anybody, this workspace's own containers included, has the port on any address.</summary>
    public bool IsTaken(int port) =>
        _tcp.Contains(port) || _udp.Contains(port) || _containers.Contains((port, "tcp")) || _containers.Contains((port, "udp"));

    /// <summary>The containers that hold a port on an address, or will want it back.</summary>
    public IEnumerable<Container> On(IPAddress address, int port, string protocol) =>
        _containers[(port, protocol)].Where(held => Meets(held.Address, address)).Select(held => held.Container);

    /// <summary>The process that listens on a port; null where none does, or it cannot be seen.</summary>
    public HostProcess? Process(int port, string protocol) => Listens(IPAddress.IPv6Any, port, protocol) ? _processes.Find(port, protocol) : null;

    /// <summary>Whether anything listens on a port of an address.</summary>
    public bool Listens(IPAddress address, int port, string protocol) =>
        (protocol == "udp" ? _udp[port] : _tcp[port]).Any(listener => Meets(listener, address));

    /// <summary>Whether a program can be reached on this address of this machine at all.</summary>
    public static bool IsHere(string hostIp)
    {
        var address = IPAddress.Parse(hostIp);
        try
        {
            // Any free port: none that somebody waits for is touched.
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            return false;
        }
    }

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
