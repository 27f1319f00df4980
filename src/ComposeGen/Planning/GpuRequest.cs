using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>
/// Where a service asks for a GPU (Compose Specification, <c>gpus</c>, <c>runtime</c> and the chapter Deploy, <c>devices</c>):
/// the keys that do, by path, each with the value that it has without the GPU, null for none.
/// </summary>
internal sealed record GpuRequest(PlannedService Service, SourceSpan Span, ImmutableArray<(string[] Path, YamlSequence? Kept)> Keys)
{
    private const string Driver = "nvidia";
    private static readonly string[] Devices = ["deploy", "resources", "reservations", "devices"];

    /// <summary>Null where it asks for none.</summary>
    public static GpuRequest? Of(PlannedService service)
    {
        var body = service.Declaration.Body;
        var keys = ImmutableArray.CreateBuilder<(string[], YamlSequence?)>();
        SourceSpan? span = null;
        if (body["gpus"] is { } gpus and not YamlScalar { IsNull: true } and not YamlSequence { Items.IsEmpty: true })
        {
            keys.Add((["gpus"], null));
            span = gpus.Span;
        }

        if (body["runtime"] is YamlScalar { Value: Driver } runtime)
        {
            keys.Add((["runtime"], null));
            span ??= runtime.Span;
        }

        if (Devices.Aggregate<string, YamlNode?>(body, (node, key) => (node as YamlMapping)?[key]) is YamlSequence devices)
        {
            var others = devices.Items.Where(item => !IsGpu(item)).ToImmutableArray();
            if (others.Length < devices.Items.Length)
            {
                keys.Add((Devices, others.IsEmpty ? null : devices with { Items = others }));
                span ??= devices.Items.First(IsGpu).Span;
            }
        }

        return span is { } place ? new GpuRequest(service, place, keys.DrainToImmutable()) : null;
    }

    private static bool IsGpu(YamlNode device) =>
        device is YamlMapping map
        && (
            map["driver"] is YamlScalar { Value: Driver }
            || (map["capabilities"] is YamlSequence list && list.Items.Any(item => item is YamlScalar { Value: "gpu" or Driver }))
        );
}
