namespace ComposeGen.Manifests;

/// <summary>
/// <c>container_name</c> is global on a machine, so no container of the generated file has the one that its descriptor
/// gives it. Where a service refers to a container of its own project by that name, it refers to the service instead
/// (Compose Specification, chapter Services, sections container_name, network_mode, pid, ipc and volumes_from).
/// </summary>
internal static class ContainerNames
{
    private const string Prefix = "container:";

    public static YamlMapping Resolve(YamlMapping root)
    {
        if (root["services"] is not YamlMapping services)
        {
            return root;
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in services.Entries)
        {
            if ((entry.Value as YamlMapping)?["container_name"] is YamlScalar name)
            {
                names.TryAdd(name.Value, entry.Name);
            }
        }

        return names.Count == 0
            ? root
            : root.With(
                "services",
                services with
                {
                    Entries =
                    [
                        .. services.Entries.Select(entry =>
                            entry.Value is YamlMapping service ? entry with { Value = Resolve(service, names) } : entry
                        ),
                    ],
                }
            );
    }

    private static YamlMapping Resolve(YamlMapping service, Dictionary<string, string> names) =>
        service with
        {
            Entries =
            [
                .. service.Entries.Select(entry =>
                    (entry.Name, entry.Value) switch
                    {
                        ("network_mode" or "pid" or "ipc", YamlScalar text) => entry with { Value = Resolve(text, names, "service:") },
                        ("volumes_from", YamlSequence list) => entry with
                        {
                            Value = list with
                            {
                                Items = [.. list.Items.Select(item => item is YamlScalar text ? Resolve(text, names, string.Empty) : item)],
                            },
                        },
                        _ => entry,
                    }
                ),
            ],
        };

    // container:NAME, and behind it :ro or :rw.
    private static YamlScalar Resolve(YamlScalar text, Dictionary<string, string> names, string prefix)
    {
        if (!text.Value.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return text;
        }

        var parts = text.Value.Split(':');
        return names.TryGetValue(parts[1], out var service)
            ? text with
            {
                Value = prefix + string.Join(':', [service, .. parts[2..]]),
            }
            : text;
    }
}
