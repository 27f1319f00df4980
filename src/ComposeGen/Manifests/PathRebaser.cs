namespace ComposeGen.Manifests;

/// <summary>
/// Paths in a descriptor are relative to its own folder (Compose Specification, the chapters of the keys below); in the
/// generated file they are relative to the workspace, with <c>/</c> and a leading <c>./</c> or <c>../</c>.
/// </summary>
/// <param name="folder">The descriptor's folder, relative to the workspace.</param>
internal sealed class PathRebaser(string folder)
{
    private static readonly string[] RemoteContexts = ["https://", "http://", "git://", "ssh://", "github.com/", "git@"];

    /// <summary>The value of one key of a service with the paths in it rebased; the same value where it holds none.</summary>
    public YamlNode Service(YamlEntry entry) =>
        (entry.Name, entry.Value) switch
        {
            ("build", var build) => Build(build),
            ("env_file" or "label_file", var files) => Files(files),
            ("volumes", YamlSequence list) => list with { Items = [.. list.Items.Select(Volume)] },
            ("develop", YamlMapping develop) => Change(develop, "watch", watch => Each(watch, item => Change(item, "path", Text))),
            var (_, value) => value,
        };

    /// <summary>An entry of a top-level section: <c>file</c> of configs and secrets, the device of a volume that is a bind mount.</summary>
    public YamlNode Resource(string section, YamlNode value) =>
        section switch
        {
            "configs" or "secrets" => Change(value, "file", Text),
            "volumes"
                when value is YamlMapping map
                    && map["driver_opts"] is YamlMapping options
                    && options["o"] is YamlScalar { Value: "bind" } => Change(map, "driver_opts", opts => Change(opts, "device", Text)),
            _ => value,
        };

    /// <summary>The path from the workspace's root; absolute ones, the home folder's and those that start with a variable stay as they are.</summary>
    public string Rebase(string path)
    {
        if (
            path.Length == 0
            || path[0] is '/' or '~' or '$'
            || path.StartsWith(@"\\", StringComparison.Ordinal)
            || path is [_, ':', '\\' or '/', ..]
        )
        {
            return path;
        }

        var parts = new List<string>();
        foreach (var part in $"{folder}/{path}".Split('/').Where(part => part is not ("" or ".")))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        var rebased = string.Join('/', parts);
        return parts.Count == 0 ? "."
            : parts[0] == ".." ? rebased
            : $"./{rebased}";
    }

    private YamlMapping Build(YamlNode build)
    {
        var yaml = new YamlFactory(build.Span);
        if (build is not YamlMapping map)
        {
            return yaml.Map(("context", Context(build)));
        }

        // A build without a context (an inline Dockerfile) has its own folder as one.
        if (!map.Contains("context"))
        {
            map = map with { Entries = map.Entries.Insert(0, new YamlEntry(yaml.Text("context"), yaml.Text("."))) };
        }

        return map with
        {
            Entries =
            [
                .. map.Entries.Select(entry =>
                    entry with
                    {
                        Value = entry.Name switch
                        {
                            "context" => Context(entry.Value),
                            "additional_contexts" or "ssh" => Named(entry.Value, Context),
                            _ => entry.Value,
                        },
                    }
                ),
            ],
        };
    }

    // NAME=PATH in a list, or a mapping; entries without a path (`default`) name an agent.
    private static YamlNode Named(YamlNode node, Func<YamlNode, YamlNode> change) =>
        node switch
        {
            YamlMapping map => map with { Entries = [.. map.Entries.Select(entry => entry with { Value = change(entry.Value) })] },
            YamlSequence list => list with
            {
                Items =
                [
                    .. list.Items.Select(item =>
                        item is YamlScalar text && text.Value.IndexOf('=', StringComparison.Ordinal) is var at and > 0
                            ? text with
                            {
                                Value = text.Value[..(at + 1)] + ((YamlScalar)change(text with { Value = text.Value[(at + 1)..] })).Value,
                                IsPlain = false,
                            }
                            : item
                    ),
                ],
            },
            _ => node,
        };

    private YamlNode Context(YamlNode node) =>
        node is YamlScalar { IsNull: false } text
        && !text.Value.Contains("://", StringComparison.Ordinal)
        && !text.Value.StartsWith("service:", StringComparison.Ordinal)
        && !RemoteContexts.Any(prefix => text.Value.StartsWith(prefix, StringComparison.Ordinal))
            ? Text(text)
            : node;

    private YamlNode Files(YamlNode node) =>
        node switch
        {
            YamlScalar => Text(node),
            YamlSequence list => Each(list, item => item is YamlMapping ? Change(item, "path", Text) : Text(item)),
            _ => node,
        };

    private YamlNode Volume(YamlNode item) =>
        item switch
        {
            YamlScalar text when VolumeSyntax.Source(text.Value) is { } source && VolumeSyntax.IsPath(source) => text with
            {
                Value = Rebase(source) + text.Value[source.Length..],
                IsPlain = false,
            },
            YamlMapping map when map["type"] is YamlScalar { Value: "bind" } => Change(map, "source", Text),
            _ => item,
        };

    private YamlNode Text(YamlNode node) =>
        node is YamlScalar { IsNull: false } text ? text with { Value = Rebase(text.Value), IsPlain = false } : node;

    private static YamlNode Each(YamlNode node, Func<YamlNode, YamlNode> change) =>
        node is YamlSequence list ? list with { Items = [.. list.Items.Select(change)] } : node;

    private static YamlNode Change(YamlNode node, string key, Func<YamlNode, YamlNode> change) =>
        node is YamlMapping map
            ? map with
            {
                Entries = [.. map.Entries.Select(entry => entry.Name == key ? entry with { Value = change(entry.Value) } : entry)],
            }
            : node;
}
