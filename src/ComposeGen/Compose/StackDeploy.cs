using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Compose;

/// <summary>
/// The <c>deploy</c> of a service in a stack (Compose Specification, Deploy): its own, which counts, and what Compose has
/// other keys for.
/// </summary>
/// <param name="service">Whose it is.</param>
/// <param name="body">The service in the Compose file.</param>
/// <param name="bag">Takes what a swarm does not know.</param>
internal sealed class StackDeploy(PlannedService service, YamlMapping body, DiagnosticBag bag)
{
    private static readonly string[] Known =
    [
        "mode",
        "endpoint_mode",
        "replicas",
        "labels",
        "rollback_config",
        "update_config",
        "resources",
        "restart_policy",
        "placement",
    ];

    private readonly YamlFactory _yaml = new(body.Span);

    public YamlMapping Of()
    {
        var own = body["deploy"] as YamlMapping ?? _yaml.Map();
        foreach (var unknown in own.Entries.Where(entry => !Known.Contains(entry.Name)))
        {
            bag.Add(Errors.IgnoredInSwarm(unknown.Key.Span, service.Label, $"deploy.{unknown.Name}", StackKeys.Remedy(unknown.Name)));
        }

        var deploy = own with { Entries = own.Entries.RemoveAll(entry => !Known.Contains(entry.Name)) };
        if (!deploy.Contains("replicas") && body["scale"] is { } scale)
        {
            deploy = deploy.With("replicas", scale);
        }

        if (!deploy.Contains("restart_policy") && (body["restart"] as YamlScalar)?.Value is { } restart && Policy(restart) is { } policy)
        {
            deploy = deploy.With("restart_policy", policy);
        }

        var resources = Resources(deploy["resources"] as YamlMapping ?? _yaml.Map());
        return resources.Entries.IsEmpty ? deploy with { Entries = deploy.Entries.RemoveAll(entry => entry.Name == "resources") } : deploy.With("resources", resources);
    }

    private YamlMapping? Policy(string restart) =>
        restart.Split(':') switch
        {
            ["no"] => _yaml.Map(("condition", _yaml.Text("none"))),
            ["always" or "unless-stopped"] => _yaml.Map(("condition", _yaml.Text("any"))),
            ["on-failure"] => _yaml.Map(("condition", _yaml.Text("on-failure"))),
            ["on-failure", var times] when int.TryParse(times, NumberStyles.None, CultureInfo.InvariantCulture, out var most) => _yaml.Map(
                ("condition", _yaml.Text("on-failure")),
                ("max_attempts", _yaml.Number(most))
            ),
            _ => null,
        };

    private YamlMapping Resources(YamlMapping own)
    {
        var limits = Part(own["limits"], ("cpus", "cpus"), ("memory", "mem_limit"), ("pids", "pids_limit"));
        var reservations = Part(own["reservations"], ("memory", "mem_reservation"));
        if (reservations["devices"] is { } devices)
        {
            bag.Add(Errors.IgnoredInSwarm(devices.Span, service.Label, "deploy.resources.reservations.devices", StackKeys.Remedy("devices")));
            reservations = reservations with { Entries = reservations.Entries.RemoveAll(entry => entry.Name == "devices") };
        }

        (string Key, YamlNode Value)[] parts = [("limits", limits), ("reservations", reservations)];
        return _yaml.Map(parts.Where(part => !((YamlMapping)part.Value).Entries.IsEmpty));
    }

    // `0.5` is a number to YAML, and a text to a swarm.
    private YamlMapping Part(YamlNode? own, params ReadOnlySpan<(string Key, string Compose)> others)
    {
        var part = own as YamlMapping ?? _yaml.Map();
        foreach (var (key, compose) in others)
        {
            if (!part.Contains(key) && body[compose] is YamlScalar value)
            {
                part = part.With(key, value);
            }
        }

        foreach (var key in (ReadOnlySpan<string>)["cpus", "memory"])
        {
            if (part[key] is YamlScalar value)
            {
                part = part.With(key, _yaml.Text(value.Value));
            }
        }

        return part;
    }
}
