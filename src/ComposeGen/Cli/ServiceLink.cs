using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>Where a published port answers.</summary>
/// <param name="Url">With the token of the Jupyter there, where it has one.</param>
/// <param name="HostIp">Where it is published.</param>
/// <param name="Host">The host port; of a range, the first.</param>
/// <param name="Count">How many ports the range has.</param>
internal sealed record ServiceLink(string Url, string HostIp, int Host, int Count)
{
    /// <summary>Whether it is something for a browser.</summary>
    public bool IsPage => Url.StartsWith("http://", StringComparison.Ordinal) || Url.StartsWith("https://", StringComparison.Ordinal);

    /// <summary>The URL for messages: without the token.</summary>
    public string Place => Url.Split('?')[0].TrimEnd('/');

    /// <summary>Whether only the machine that the engine is on reaches it.</summary>
    public bool IsOfOneMachine => IPAddress.IsLoopback(IPAddress.Parse(HostIp));

    /// <summary>The links of every service, by key: those that <c>up</c> prints, or without a plan what Compose makes of the generated file.</summary>
    public static async Task<ILookup<string, ServiceLink>> Of(LiveWorkspace live)
    {
        if (live.Generated is not { Plan: var plan })
        {
            return await OfComposed(live);
        }

        var environment = WorkspaceEnvironment.Load(live.Files);
        var machine = Machine.Of(live.Files, plan);
        // What a user's own override file makes of a service's ports only Compose knows.
        var services = machine.Here.Services.Where(service => !machine.WithUsersPorts.Contains(service.Key)).ToImmutableArray();
        return environment
            .PortsHere(machine.Here, services, new Diagnostics.DiagnosticBag())
            .SelectMany(service => service.Ports.Select(port => (service.Key, Link: new ServiceLink(environment.Link(plan, service, port), port.HostIp, port.Host, port.Request.Count))))
            .ToLookup(pair => pair.Key, pair => pair.Link, StringComparer.Ordinal);
    }

    private static async Task<ILookup<string, ServiceLink>> OfComposed(LiveWorkspace live)
    {
        var machine = EnginePlace.Current().Machine;
        var ports = live.Files.Exists(DockerCompose.FileName) ? await live.Compose.TryPublished(live.Compose.Files([])) : [];
        return ports.ToLookup(port => port.Service, port => new ServiceLink(UrlOf(port, machine), port.HostIp, port.Host, 1), StringComparer.Ordinal);
    }

    private static string UrlOf(ComposedPort port, string? machine)
    {
        var url = PortUrl.On(machine, port.AppProtocol, port.Protocol, port.Target, port.HostIp, port.Host);
        return port is { Token.Length: > 0, Target: PythonEnvironment.JupyterPort } ? $"{url}/?token={Uri.EscapeDataString(port.Token)}" : url;
    }

    /// <summary>The links of a service that its containers hold, then the places that they hold beside these.</summary>
    public static ImmutableArray<string> Held(IEnumerable<ServiceLink> links, IEnumerable<Container> containers)
    {
        var held = containers.SelectMany(container => container.Ports).ToList();
        var known = links.Where(link => held.Any(link.Covers)).ToList();
        return
        [
            .. known.Select(link => link.Url),
            .. held.Where(port => !known.Exists(link => link.Covers(port)))
                .DistinctBy(port => (port.Port, port.Protocol))
                .Select(port => string.Create(CultureInfo.InvariantCulture, $"{new IPEndPoint(port.Address, port.Port)}{(port.Protocol == "tcp" ? string.Empty : $"/{port.Protocol}")}")),
        ];
    }

    private bool Covers(BoundPort port) => port.Port >= Host && port.Port < Host + Count;
}
