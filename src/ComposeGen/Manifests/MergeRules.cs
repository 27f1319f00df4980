using System.Collections.Frozen;

namespace ComposeGen.Manifests;

/// <summary>
/// What merges other than its kind says (Compose Specification, chapter Merge, and its section Unique resources). A path
/// names keys from the top of a file, with <c>*</c> for the names that users give.
/// </summary>
internal static class MergeRules
{
    private static readonly FrozenSet<string> Replaced = FrozenSet.ToFrozenSet([
        "services/*/command",
        "services/*/entrypoint",
        "services/*/healthcheck/test",
        "services/*/ulimits/*",
    ]);

    // NAME=VALUE in a list, or a mapping: the two may meet.
    private static readonly FrozenSet<string> Settings = FrozenSet.ToFrozenSet([
        "networks/*/labels",
        "volumes/*/labels",
        "services/*/annotations",
        "services/*/build/args",
        "services/*/build/additional_contexts",
        "services/*/build/labels",
        "services/*/deploy/labels",
        "services/*/environment",
        "services/*/labels",
        "services/*/sysctls",
    ]);

    // A list, or a mapping of the names in it to more about each.
    private static readonly FrozenSet<string> NameLists = FrozenSet.ToFrozenSet([
        "services/*/depends_on",
        "services/*/networks",
        "services/*/models",
    ]);

    // A list, or one text.
    private static readonly FrozenSet<string> TextLists = FrozenSet.ToFrozenSet([
        "services/*/dns",
        "services/*/dns_search",
        "services/*/env_file",
        "services/*/label_file",
        "services/*/tmpfs",
    ]);

    private static readonly FrozenSet<string> Hosts = FrozenSet.ToFrozenSet(["services/*/extra_hosts", "services/*/build/extra_hosts"]);

    private static readonly FrozenDictionary<string, Func<YamlNode, string?>> Known = new Dictionary<string, Func<YamlNode, string?>>
    {
        ["networks/*/ipam/config"] = node => (node as YamlMapping)?["subnet"] is YamlScalar text ? text.Value : null,
        ["services/*/build/tags"] = Text,
        ["services/*/cap_add"] = Text,
        ["services/*/cap_drop"] = Text,
        ["services/*/configs"] = node => Mount(node, "/"),
        ["services/*/devices"] = Device,
        ["services/*/dns"] = Text,
        ["services/*/dns_opt"] = Text,
        ["services/*/dns_search"] = Text,
        ["services/*/env_file"] = node => Value(node, "path"),
        ["services/*/expose"] = Text,
        ["services/*/extra_hosts"] = Text,
        ["services/*/build/extra_hosts"] = Text,
        ["services/*/links"] = Text,
        ["services/*/networks/*/aliases"] = Text,
        ["services/*/networks/*/link_local_ips"] = Text,
        ["services/*/ports"] = PortSyntax.Identity,
        ["services/*/profiles"] = Text,
        ["services/*/secrets"] = node => Mount(node, "/run/secrets/"),
        ["services/*/tmpfs"] = Text,
        ["services/*/volumes"] = node => node is YamlScalar text ? VolumeSyntax.Target(text.Value) : Value(node, "target"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Below these stand names that users give.
    private static readonly FrozenSet<string> Named = FrozenSet.ToFrozenSet([
        "services",
        "networks",
        "volumes",
        "configs",
        "secrets",
        "models",
        "services/*/networks",
        "services/*/ulimits",
        "services/*/depends_on",
        "services/*/models",
    ]);

    public static string Below(string path, string key) =>
        path.Length == 0 ? key
        : Named.Contains(path) ? $"{path}/*"
        : $"{path}/{key}";

    public static bool IsReplaced(string path) => Replaced.Contains(path);

    public static bool HasSettings(string path) => Settings.Contains(path);

    /// <summary>By what an item of this list is told from the others; null where all stand side by side.</summary>
    public static Func<YamlNode, string?>? KnownBy(string path) => Settings.Contains(path) ? Text : Known.GetValueOrDefault(path);

    /// <summary>The options of one logging driver say nothing to another.</summary>
    public static bool IsOfAnotherDriver(YamlMapping main, YamlMapping over, string path) =>
        path == "services/*/logging"
        && main["driver"] is YamlScalar { IsNull: false } first
        && over["driver"] is YamlScalar { IsNull: false } second
        && first.Value != second.Value;

    /// <summary>Both values in one form, where a key has several (a list and a mapping, a text and a list).</summary>
    public static (YamlNode Main, YamlNode Over) Alike(YamlNode main, YamlNode over, string path)
    {
        if (path == "services/*/build")
        {
            return (WithContext(main), WithContext(over));
        }

        if (TextLists.Contains(path))
        {
            return (AsList(main), AsList(over));
        }

        if (main.GetType() == over.GetType())
        {
            return (main, over);
        }

        return Settings.Contains(path) ? (AsSettings(main, "="), AsSettings(over, "="))
            : Hosts.Contains(path) ? (AsSettings(main, "="), AsSettings(over, "="))
            : NameLists.Contains(path) ? (AsMapping(main, path), AsMapping(over, path))
            : (main, over);
    }

    private static YamlNode WithContext(YamlNode build) =>
        build is YamlScalar { IsNull: false } text ? new YamlFactory(build.Span).Map(("context", text)) : build;

    private static YamlNode AsList(YamlNode node) => node is YamlScalar or YamlMapping ? new YamlFactory(node.Span).List(node) : node;

    private static YamlNode AsSettings(YamlNode node, string sign) =>
        node is YamlMapping map ? new YamlSequence([.. map.Entries.SelectMany(entry => AsSettings(entry, sign))], node.Span) : node;

    private static IEnumerable<YamlNode> AsSettings(YamlEntry entry, string sign) =>
        entry.Value switch
        {
            YamlScalar { IsNull: true } => [entry.Key],
            YamlScalar text => [text with { Value = $"{entry.Name}{sign}{text.Value}", IsPlain = false }],
            YamlSequence list => list.Items.OfType<YamlScalar>().SelectMany(item => AsSettings(entry with { Value = item }, sign)),
            _ => [],
        };

    private static YamlNode AsMapping(YamlNode node, string path)
    {
        if (node is not YamlSequence list)
        {
            return node;
        }

        // What the short form of depends_on stands for.
        var yaml = new YamlFactory(node.Span);
        YamlNode Value(YamlScalar name) =>
            path == "services/*/depends_on"
                ? yaml.Map(("condition", yaml.Text("service_started")))
                : new YamlScalar(string.Empty, true, name.Span);
        return new YamlMapping([.. list.Items.OfType<YamlScalar>().Select(name => new YamlEntry(name, Value(name)))], node.Span);
    }

    // NAME of NAME=VALUE.
    private static string? Text(YamlNode node) => node is YamlScalar text ? text.Value.Split('=', 2)[0] : null;

    private static string? Value(YamlNode node, string key) =>
        node switch
        {
            YamlScalar text => text.Value,
            YamlMapping map => (map[key] as YamlScalar)?.Value,
            _ => null,
        };

    private static string? Mount(YamlNode node, string folder) =>
        node is YamlScalar name
            ? folder + name.Value
            : Value(node, "target") ?? (Value(node, "source") is { } source ? folder + source : null);

    // HOST[:CONTAINER[:PERMISSIONS]]
    private static string? Device(YamlNode node) =>
        node is YamlScalar text
            ? text.Value.Split(':') is [_, var target, ..]
                ? target
                : text.Value
            : Value(node, "target");
}
