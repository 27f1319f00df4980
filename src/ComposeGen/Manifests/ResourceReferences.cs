using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>A place in a service that names an entry of a top-level section: <c>volumes</c>, <c>networks</c>, <c>configs</c>, <c>secrets</c>, <c>models</c>.</summary>
internal readonly record struct ResourceReference(string Section, string Name, SourceSpan Span);

/// <summary>
/// Where a service names volumes, configs, secrets and models (Compose Specification, Services and Build, the chapters of
/// those names). What Compose derives from such a name (where a secret is mounted, how a model's variables are called) is
/// written out, so that a new name changes nothing else.
/// </summary>
internal static class ResourceReferences
{
    public static ImmutableArray<ResourceReference> Collect(YamlMapping body)
    {
        var found = ImmutableArray.CreateBuilder<ResourceReference>();
        foreach (var entry in body.Entries)
        {
            if (entry.Name == "networks")
            {
                found.AddRange(Networks(entry.Value).Select(network => new ResourceReference("networks", network.Value, network.Span)));
            }

            Rewrite(entry, Note);
        }

        return found.DrainToImmutable();

        string Note(ResourceReference reference)
        {
            found.Add(reference);
            return reference.Name;
        }
    }

    /// <summary>The value of one key of a service with each name in it replaced; the same value where it names none. Networks are the network plan's.</summary>
    public static YamlNode Rewrite(YamlEntry entry, Func<ResourceReference, string> rename) =>
        (entry.Name, entry.Value) switch
        {
            ("volumes", YamlSequence list) => list with { Items = [.. list.Items.Select(item => Volume(item, rename))] },
            ("configs", YamlSequence list) => Files(list, "configs", name => "/" + name, rename),
            ("secrets", YamlSequence list) => Files(list, "secrets", name => name, rename),
            ("models", YamlSequence list) => new YamlMapping(
                [.. list.Items.OfType<YamlScalar>().Select(item => Model(new YamlEntry(item, new YamlMapping([], item.Span)), rename))],
                list.Span
            ),
            ("models", YamlMapping map) => map with { Entries = [.. map.Entries.Select(item => Model(item, rename))] },
            ("credential_spec", YamlMapping map) => Replace(map, "config", text => Renamed(text, "configs", rename)),
            ("build", YamlMapping build) when build["secrets"] is YamlSequence secrets => build with
            {
                Entries =
                [
                    .. build.Entries.Select(e =>
                        e.Name == "secrets" ? e with { Value = Files(secrets, "secrets", name => name, rename) } : e
                    ),
                ],
            },
            var (_, value) => value,
        };

    private static IEnumerable<YamlScalar> Networks(YamlNode node) =>
        node switch
        {
            YamlSequence list => list.Items.OfType<YamlScalar>(),
            YamlMapping map => map.Entries.Select(entry => entry.Key),
            _ => [],
        };

    private static YamlNode Volume(YamlNode item, Func<ResourceReference, string> rename)
    {
        switch (item)
        {
            case YamlScalar text when VolumeSyntax.Source(text.Value) is { } source && !VolumeSyntax.IsPath(source):
                var name = rename(new ResourceReference("volumes", source, text.Span with { Length = source.Length }));
                return text with { Value = name + text.Value[source.Length..], IsPlain = false };
            case YamlScalar text when VolumeSyntax.Source(text.Value) is { } source && VolumeSyntax.NameInDefault(source) is { } variable:
                var meant = rename(new ResourceReference("volumes", variable.Operand[0].Literal, text.Span));
                var renamed = VariableText.Print([variable with { Operand = [TextPart.Text(meant)] }]);
                return text with { Value = renamed + text.Value[source.Length..], IsPlain = false };
            case YamlMapping map when map["type"] is YamlScalar { Value: "volume" or "cluster" }:
                return Replace(map, "source", text => Renamed(text, "volumes", rename));
            default:
                return item;
        }
    }

    private static YamlSequence Files(
        YamlSequence list,
        string section,
        Func<string, string> target,
        Func<ResourceReference, string> rename
    ) =>
        list with
        {
            Items =
            [
                .. list.Items.Select(
                    YamlNode (item) =>
                        item switch
                        {
                            YamlScalar text => File(new YamlFactory(text.Span).Map(("source", text)), section, target, rename),
                            YamlMapping map => File(map, section, target, rename),
                            _ => item,
                        }
                ),
            ],
        };

    private static YamlMapping File(YamlMapping map, string section, Func<string, string> target, Func<ResourceReference, string> rename)
    {
        if (map["source"] is not YamlScalar source)
        {
            return map;
        }

        var renamed = Replace(map, "source", text => Renamed(text, section, rename));
        var yaml = new YamlFactory(source.Span);
        return map.Contains("target")
            ? renamed
            : renamed with
            {
                Entries = renamed.Entries.Add(new YamlEntry(yaml.Text("target"), yaml.Text(target(source.Value)))),
            };
    }

    // A model's variables are called after it, unless they are given: LLM_URL and LLM_MODEL for `llm`.
    private static YamlEntry Model(YamlEntry entry, Func<ResourceReference, string> rename)
    {
        var yaml = new YamlFactory(entry.Key.Span);
        var variable = entry.Name.ToUpperInvariant().Replace('-', '_');
        var options = entry.Value as YamlMapping ?? new YamlMapping([], entry.Value.Span);
        foreach (var (key, suffix) in (ReadOnlySpan<(string, string)>)[("endpoint_var", "_URL"), ("model_var", "_MODEL")])
        {
            if (!options.Contains(key))
            {
                options = options with { Entries = options.Entries.Add(new YamlEntry(yaml.Text(key), yaml.Text(variable + suffix))) };
            }
        }

        return new YamlEntry(Renamed(entry.Key, "models", rename), options);
    }

    private static YamlMapping Replace(YamlMapping map, string key, Func<YamlScalar, YamlScalar> change) =>
        map with
        {
            Entries =
            [
                .. map.Entries.Select(entry =>
                    entry.Name == key && entry.Value is YamlScalar text ? entry with { Value = change(text) } : entry
                ),
            ],
        };

    private static YamlScalar Renamed(YamlScalar text, string section, Func<ResourceReference, string> rename) =>
        text with
        {
            Value = rename(new ResourceReference(section, text.Value, text.Span)),
            IsPlain = false,
        };
}

/// <summary>The short syntax of a service's <c>volumes</c>: <c>[SOURCE:]TARGET[:OPTIONS]</c>.</summary>
internal static class VolumeSyntax
{
    /// <summary>The part before the first colon that is not inside <c>${…}</c>; null for an anonymous volume.</summary>
    public static string? Source(string text) => TextSplit.At(text, ':') is [var source, _, ..] ? source : null;

    /// <summary>Where it is mounted.</summary>
    public static string Target(string text) => TextSplit.At(text, ':') is [_, var target, ..] ? target : text;

    /// <summary>Whether a source is a path on the host rather than a volume's name: it starts with <c>.</c>, <c>/</c>, <c>~</c>, <c>\\</c> or a variable.</summary>
    public static bool IsPath(string source) =>
        source.Length > 0 && (source[0] is '.' or '/' or '~' or '$' || source.StartsWith(@"\\", StringComparison.Ordinal));

    /// <summary>The source where it is a path on the host, or a variable that may be one; null otherwise.</summary>
    public static string? Path(string text) =>
        Source(text) is { } source && IsPath(source) && NameInDefault(source) is null ? source : null;

    /// <summary>The variable of a source such as <c>${DATA:-data}</c>, whose default is a volume's name; null for any other source.</summary>
    public static TextPart? NameInDefault(string source) =>
        source.StartsWith('$')
        && VariableText.Parse(source) is [{ Operator: "-" or ":-", Operand: [{ Name: null } name] } variable]
        && !IsPath(name.Literal)
            ? variable
            : null;
}
