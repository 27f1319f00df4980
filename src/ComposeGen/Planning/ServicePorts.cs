using System.Collections.Immutable;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>A port that other containers reach a service at; <paramref name="Published"/> where the host does too.</summary>
internal sealed record ServicePort(PortRequest Request, PublishedPort? Published);

/// <summary>The ports that a service is known to listen on.</summary>
internal static class ServicePorts
{
    /// <summary>
    /// Those of <c>ports</c>, where there are none those of <c>expose</c>: in the order written, tcp before others, each number
    /// once. A range is its first port: hundreds of them (of a media server, say) are no addresses to tell.
    /// </summary>
    public static ImmutableArray<ServicePort> Of(PlannedService service)
    {
        var ports = service.Ports.Select(port => new ServicePort(port.Request, port));
        var known = service.Ports.IsEmpty
            ? PortSyntax.Exposed(service.Declaration.Body["expose"]).Select(port => new ServicePort(port, null))
            : ports;
        return
        [
            .. known
                .OrderBy(port => port.Request.Protocol == "tcp" ? 0 : 1)
                .DistinctBy(port => (port.Request.Target, port.Request.TargetText)),
        ];
    }
}
