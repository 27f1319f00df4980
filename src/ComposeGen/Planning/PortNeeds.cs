using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>What the allocator is asked for: one number for a container port, whether it speaks tcp, udp or both.</summary>
internal static class PortNeeds
{
    public static Dictionary<PortRequest, PortNeed> Of(IEnumerable<PlannedService> services, DiagnosticBag bag)
    {
        var needs = new Dictionary<PortRequest, PortNeed>(ReferenceEqualityComparer.Instance as IEqualityComparer<PortRequest>);
        foreach (var service in services)
        {
            foreach (var shared in Keyed(service).GroupBy(pair => pair.Key, pair => pair.Request))
            {
                var need = Need(shared.Key, [.. shared.OrderBy(request => request.Protocol, StringComparer.Ordinal)], bag);
                foreach (var request in shared)
                {
                    needs[request] = need;
                }
            }
        }

        return needs;
    }

    public static ImmutableArray<PublishedPort> Published(
        PlannedService service,
        Dictionary<PortRequest, PortNeed> needs,
        ImmutableDictionary<PortKey, int> hosts,
        PortSettings settings
    ) =>
        [
            .. service
                .Declaration.Ports.Where(request => hosts.ContainsKey(needs[request].Key))
                .Select(request => new PublishedPort(request, hosts[needs[request].Key], request.HostIp ?? settings.HostIp)
                {
                    Key = needs[request].Key,
                }),
        ];

    // Where a service publishes one container port several times, the entries are told apart by what they say, not by
    // where they stand: reordering them moves nothing.
    private static IEnumerable<(PortKey Key, PortRequest Request)> Keyed(PlannedService service) =>
        service
            .Declaration.Ports.GroupBy(request => (request.Target, request.Protocol))
            .SelectMany(same =>
                same.OrderBy(request => request.Published ?? 0)
                    .ThenBy(request => request.HostIp, StringComparer.Ordinal)
                    .Select((request, i) => (new PortKey(service.Address, request.Target, i + 1), request))
            );

    private static PortNeed Need(PortKey key, ImmutableArray<PortRequest> requests, DiagnosticBag bag)
    {
        var demand = requests.FirstOrDefault(request => request.IsFixed);
        var chosen = demand ?? requests.FirstOrDefault(request => request.Published is not null) ?? requests[0];
        foreach (var other in requests.Where(request => request.IsFixed && request.Published != chosen.Published))
        {
            bag.Add(Errors.TwoDemandsForTarget(other.Span, key.Target).With(chosen.Span, "the other demand"));
        }

        return new PortNeed(key, requests.Max(request => request.Count), chosen.Published, demand is not null, chosen.Span);
    }
}
