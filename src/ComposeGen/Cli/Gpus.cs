using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

internal static class Gpus
{
    /// <summary>The services that ask for a GPU on a machine that has none; each is said, and starts without.</summary>
    public static async Task<ImmutableArray<GpuRequest>> Missing(IEnumerable<PlannedService> services, DiagnosticBag bag)
    {
        var requests = services.Select(GpuRequest.Of).OfType<GpuRequest>().ToImmutableArray();
        if (requests.IsEmpty || !await GpuProbe.HasNone())
        {
            return [];
        }

        bag.AddAll(requests.Select(request => Errors.NoGpu(request.Span, request.Service.Address)));
        return requests;
    }
}
