using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Manifests.Specification;
using ComposeGen.Planning;

namespace ComposeGen.Compose;

/// <summary>
/// The stack file: the same services, names and published ports as the Compose file has, said as a swarm takes them
/// (<c>docker stack deploy</c> reads Compose file version 3.13). What it cannot do is reported, each with the place where it
/// is written.
/// </summary>
/// <param name="images">Each service's image as the swarm's nodes pull it, by the service's key.</param>
/// <param name="inFiles">The variables that a service's env_files set.</param>
/// <param name="isEncrypted">Whether what containers say to each other is encrypted between nodes.</param>
/// <param name="bag">Takes what cannot be done.</param>
internal sealed class StackDocument(
    IReadOnlyDictionary<string, string> images,
    Func<PlannedService, IEnumerable<string>> inFiles,
    bool isEncrypted,
    DiagnosticBag bag
)
{
    private static readonly string[] NetworkKeys = ["name", "driver", "driver_opts", "ipam", "external", "internal", "attachable", "labels"];
    private static readonly string[] VolumeKeys = ["name", "driver", "driver_opts", "external", "labels"];
    private static readonly string[] MembershipKeys = ["aliases", "driver_opts", "ipv4_address", "ipv6_address"];

    /// <summary>The stack file of a Compose file.</summary>
    public ComposeDocument Of(ComposeDocument document)
    {
        // Once, and in their order, since each may have something to say.
        var bodies = document.Services.ToDictionary(service => service.Planned.Key, Body, StringComparer.Ordinal);
        return document with
        {
            Name = null,
            Services = document.Services.Then(service => service with { Body = bodies[service.Planned.Key] }),
            Sections = [.. document.Sections.Where(section => section.Name is "networks" or "volumes" or "configs" or "secrets").Select(section => (section.Name, Resources(section.Name, section.Entries)))],
        };
    }

    private YamlMapping Body(ComposeService service)
    {
        var (body, planned) = (service.Body, service.Planned);
        var yaml = new YamlFactory(body.Span);
        var entries = new List<YamlEntry>();
        if (images.TryGetValue(planned.Key, out var image))
        {
            entries.Add(new YamlEntry(yaml.Text("image"), yaml.Text(image)));
        }

        foreach (var entry in body.Entries.Where(entry => !StackKeys.Replaced.Contains(entry.Name)))
        {
            if (StackKeys.Needed.TryGetValue(entry.Name, out var remedy))
            {
                bag.Add(Errors.NotInSwarm(entry.Key.Span, planned.Label, entry.Name, remedy));
            }
            else if (!StackKeys.Taken.Contains(entry.Name) && !entry.Name.StartsWith("x-", StringComparison.Ordinal))
            {
                bag.Add(Errors.IgnoredInSwarm(entry.Key.Span, planned.Label, entry.Name, StackKeys.Remedy(entry.Name)));
            }
            else if (entry.Name != "deploy" && Value(planned, entry, yaml) is { } value)
            {
                entries.Add(entry with { Value = Plain(entry.Name, value) });
            }
        }

        if (planned.Declaration.Body["build"] is { } build)
        {
            bag.Add(Errors.BuiltForSwarm(build.Span, planned.Label, images.GetValueOrDefault(planned.Key)));
        }

        var made = new YamlMapping([.. entries], body.Span);
        var variables = inFiles(planned).Select(variable => (variable, $"${{{ServiceAddresses.InFile(planned, variable)}?}}")).ToList();
        made = variables.Count == 0 ? made : made.With("environment", ServiceEnvironment.With(made["environment"], variables, yaml));
        return new StackDeploy(planned, body, bag).Of() is { Entries.IsEmpty: false } deploy ? made.With("deploy", Plain("deploy", deploy)) : made;
    }

    private YamlNode? Value(PlannedService service, YamlEntry entry, YamlFactory yaml) =>
        (entry.Name, entry.Value) switch
        {
            ("ports", YamlSequence ports) => ports with { Items = [.. ports.Items.Select(port => Port((YamlMapping)port))] },
            ("networks", YamlMapping networks) => networks with
            {
                Entries = [.. networks.Entries.Select(network => network with { Value = network.Value is YamlMapping map ? Of(map, MembershipKeys) : network.Value })],
            },
            ("volumes", YamlSequence volumes) => volumes.Items.Select(mount => Mount(service, mount)).OfType<YamlNode>().ToImmutableArray() is { IsEmpty: false } mounts
                ? volumes with { Items = mounts }
                : null,
            ("environment", _) => entry.Value,
            // Otherwise a number without quotes is refused in the place of a text.
            ("hostname" or "user" or "working_dir" or "stop_signal", YamlScalar text) => yaml.Text(text.Value),
            _ => entry.Value,
        };

    private static YamlMapping Port(YamlMapping port) =>
        port with
        {
            Entries =
            [
                .. port.Entries.Where(entry => entry.Name is "target" or "published" or "protocol" or "mode")
                    // A number here, and a text, which may have a variable in it, in the Compose file.
                    .Select(entry => entry is { Name: "target" or "published", Value: YamlScalar number } ? entry with { Value = number with { IsPlain = !number.Value.Contains('$', StringComparison.Ordinal) } } : entry),
            ],
        };

    private YamlNode? Mount(PlannedService service, YamlNode mount)
    {
        if (WorkspaceSources.Bound(service, mount) is { } source)
        {
            if (source.Path is null || source.Inside is not null)
            {
                bag.Add(Errors.MountNotSent(source.Span, service.Label, source.Path ?? "what a variable says"));
                return null;
            }

            bag.Add(Errors.MountOfNode(source.Span, service.Label, source.Path));
        }
        else if (Named(mount) is { } volume && !IsPinned(service))
        {
            bag.Add(Errors.VolumeOfNode(mount.Span, service.Label, volume));
        }

        return mount is YamlMapping map ? LongMount(service, map) : mount;
    }

    private YamlMapping LongMount(PlannedService service, YamlMapping mount)
    {
        var entries = new List<YamlEntry>();
        foreach (var entry in mount.Entries)
        {
            if (entry is { Name: "bind" or "volume" or "tmpfs", Value: YamlMapping options })
            {
                var known = options.Entries.Where(option => (entry.Name, option.Name) is ("bind", "propagation") or ("volume", "nocopy") or ("tmpfs", "size")).ToImmutableArray();
                foreach (var option in options.Entries.Except(known).Where(option => option.Name != "create_host_path"))
                {
                    bag.Add(Errors.IgnoredInSwarm(option.Key.Span, service.Label, $"volumes.{entry.Name}.{option.Name}", StackKeys.Remedy(option.Name)));
                }

                if (!known.IsEmpty)
                {
                    // A number of bytes, where Compose takes a size with a unit, too.
                    var sized = known.Select(option => option is { Name: "size", Value: YamlScalar size } && ByteSize.Parse(size.Value) is { } bytes ? option with { Value = size with { Value = bytes.ToString("0", CultureInfo.InvariantCulture), IsPlain = true } } : option);
                    entries.Add(entry with { Value = options with { Entries = [.. sized] } });
                }
            }
            else if (entry.Name is "type" or "source" or "target" or "read_only" or "consistency")
            {
                entries.Add(entry);
            }
            else
            {
                bag.Add(Errors.IgnoredInSwarm(entry.Key.Span, service.Label, $"volumes.{entry.Name}", StackKeys.Remedy(entry.Name)));
            }
        }

        return mount with { Entries = [.. entries] };
    }

    private static string? Named(YamlNode mount) =>
        mount is YamlScalar text ? VolumeSyntax.Source(text.Value)
        : mount is YamlMapping map && map["type"] is YamlScalar { Value: "volume" } ? (map["source"] as YamlScalar)?.Value
        : null;

    private static bool IsPinned(PlannedService service) =>
        ((service.Declaration.Body["deploy"] as YamlMapping)?["placement"] as YamlMapping)?["constraints"] is YamlSequence { Items.IsEmpty: false };

    private ImmutableArray<YamlEntry> Resources(string section, ImmutableArray<YamlEntry> entries) =>
        [
            .. entries.Select(entry => entry.Value is not YamlMapping map
                ? entry
                : entry with
                {
                    Value = section switch
                    {
                        "networks" => Network(map),
                        "volumes" => Only(map, VolumeKeys),
                        _ => map,
                    },
                }),
        ];

    private YamlMapping Network(YamlMapping network)
    {
        if (network["external"] is not null)
        {
            return Only(network, ["name", "external"]);
        }

        var yaml = new YamlFactory(network.Span);
        var isBridge = network["driver"] is not YamlScalar { Value: not ("" or "bridge") };
        var overlay = isBridge
            // What a bridge is told means nothing to an overlay.
            ? Only(network, [.. NetworkKeys.Where(key => key != "driver_opts")]).With("driver", yaml.Text("overlay"))
            : Only(network, NetworkKeys);
        if (isBridge && isEncrypted)
        {
            overlay = overlay.With("driver_opts", yaml.Map(("encrypted", yaml.Text("true"))));
        }

        return overlay["ipam"] is YamlMapping ipam ? overlay.With("ipam", Addresses(ipam)) : overlay;
    }

    // Extensions may stand beside a service's keys, but not below them; what has names of its users' own may call one like that.
    private static YamlNode Plain(string key, YamlNode value) =>
        value switch
        {
            YamlMapping map when !StackKeys.Free.Contains(key) && !key.StartsWith("x-", StringComparison.Ordinal) => map with
            {
                Entries = [.. map.Entries.Where(entry => !entry.Name.StartsWith("x-", StringComparison.Ordinal)).Select(entry => entry with { Value = Plain(entry.Name, entry.Value) })],
            },
            YamlSequence list => list with { Items = [.. list.Items.Select(item => Plain(key, item))] },
            _ => value,
        };

    private static YamlMapping Addresses(YamlMapping ipam)
    {
        var known = Of(ipam, ["driver", "config"]);
        return known["config"] is YamlSequence configs
            ? known.With("config", configs with { Items = [.. configs.Items.Select(config => config is YamlMapping map ? Of(map, ["subnet"]) : config)] })
            : known;
    }

    private static YamlMapping Of(YamlMapping map, string[] keys) => map with { Entries = map.Entries.RemoveAll(entry => !keys.Contains(entry.Name)) };

    // Extensions may stand beside these.
    private static YamlMapping Only(YamlMapping map, string[] keys) =>
        map with
        {
            Entries = map.Entries.RemoveAll(entry => !keys.Contains(entry.Name) && !entry.Name.StartsWith("x-", StringComparison.Ordinal)),
        };
}
