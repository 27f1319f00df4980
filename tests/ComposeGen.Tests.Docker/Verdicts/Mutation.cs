using System.Text;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Manifests.Specification;

namespace ComposeGen.Tests.Docker.Verdicts;

/// <summary>A Compose file with one thing changed, as people and merges change them: by a seed, so that each can be had again.</summary>
internal sealed class Mutation
{
    private static readonly string[] Scalars =
    [
        "5",
        "-1",
        "1.5",
        "0",
        "true",
        "yes",
        "null",
        "\"\"",
        "abc",
        "\"5\"",
        "\"true\"",
        "10s",
        "1d",
        "1g",
        "\"1 gb\"",
        "512mx",
        "always",
        "service_healthy",
        "host",
        "bridge",
        "./data:/data",
        "/data",
        "A=1",
        "\"80\"",
        "80:80",
        "\"${UNSET_HERE:-abc}\"",
        "\"${UNSET_HERE:-5}\"",
        "\"${UNSET_HERE:-true}\"",
        "[]",
        "{}",
        "[abc]",
        "[5]",
        "[abc, abc]",
        "[A=1, B=2]",
        "{abc: def}",
        "{abc: 5}",
        "{abc: null}",
        "{abc: [def]}",
        "{abc: {}}",
    ];

    private static readonly YamlNode[] Values = [.. Scalars.Select(text => Parse($"value: {text}"))];

    // Newer than the oldest Compose that these tests run with.
    private static readonly string[] Newer = ["pre_start", "no_cache_filter", "pull_refresh_after", "per_replica"];

    private readonly Random _random;

    public Mutation(YamlMapping file, int seed)
    {
        _random = new Random(seed);
        Text = Print(Change(file));
    }

    /// <summary>The changed file.</summary>
    public string Text { get; }

    /// <summary>What was changed, in words.</summary>
    public string What { get; private set; } = string.Empty;

    // A known key is set somewhere below a service, or what is there is changed.
    private YamlNode Change(YamlMapping file) =>
        _random.Next(2) == 0 && file["services"] is YamlMapping { Entries.IsEmpty: false } services
            ? file.With("services", WithKnownKey(services))
            : Below(file, string.Empty);

    private YamlMapping WithKnownKey(YamlMapping services)
    {
        var entry = services.Entries[_random.Next(services.Entries.Length)];
        return entry.Value is YamlMapping service
            ? services.With(entry.Name, WithKnownKey(service, ComposeTable.Section(ComposeTable.Service), $"services.{entry.Name}"))
            : services;
    }

    private YamlMapping WithKnownKey(YamlMapping mapping, Section section, string path)
    {
        var keys = section.Keys.Where(key => !Newer.Contains(key.Name)).ToList();
        var key = keys[_random.Next(keys.Count)];
        path = $"{path}.{key.Name}";
        if (_random.Next(3) > 0 && Deeper(key.Form) is { } name)
        {
            return mapping.With(key.Name, WithKnownKey(mapping[key.Name] as YamlMapping ?? new YamlMapping([], mapping.Span), ComposeTable.Section(name), path));
        }

        var value = Values[_random.Next(Values.Length)];
        What = $"{path} = {Print(value)}";
        return mapping.With(key.Name, value);
    }

    private static string? Deeper(Form form) => form.Section?.Section;

    private YamlNode Below(YamlNode node, string path)
    {
        // The deeper, the likelier it is this one.
        var isHere = _random.Next(6) < path.Count(c => c == '.');
        switch (node)
        {
            case YamlMapping { Entries.IsEmpty: false } mapping when !isHere:
                var at = _random.Next(mapping.Entries.Length);
                var entry = mapping.Entries[at];
                return mapping.With(entry.Name, Below(entry.Value, $"{path}.{entry.Name}"));
            case YamlSequence { Items.IsEmpty: false } list when !isHere:
                var index = _random.Next(list.Items.Length);
                return list with { Items = list.Items.SetItem(index, Below(list.Items[index], $"{path}[{index}]")) };
            case YamlMapping { Entries.IsEmpty: false } mapping when path.Length > 0 && _random.Next(2) == 0:
                return ChangeKeys(mapping, path);
            case YamlSequence { Items.IsEmpty: false } list when _random.Next(2) == 0:
                What = $"{path}: an item twice";
                return list with { Items = list.Items.Add(list.Items[_random.Next(list.Items.Length)]) };
            default:
                var value = Values[_random.Next(Values.Length)];
                What = $"{path} = {Print(value)}";
                return value;
        }
    }

    private YamlMapping ChangeKeys(YamlMapping mapping, string path)
    {
        var at = _random.Next(mapping.Entries.Length);
        var entry = mapping.Entries[at];
        if (_random.Next(2) == 0)
        {
            What = $"{path}: without {entry.Name}";
            return mapping with { Entries = mapping.Entries.RemoveAt(at) };
        }

        var name = entry.Name.Length > 1 ? entry.Name.Remove(_random.Next(entry.Name.Length), 1) : $"{entry.Name}x";
        What = $"{path}: {entry.Name} is {name}";
        return mapping.Contains(name)
            ? mapping
            : mapping with { Entries = mapping.Entries.SetItem(at, entry with { Key = entry.Key with { Value = name } }) };
    }

    private static YamlNode Parse(string text) => ((YamlMapping)YamlReader.Read(new SourceText("f", text), new DiagnosticBag())!)["value"]!;

    // In one line, as YAML takes it.
    private static string Print(YamlNode node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    private static void Append(StringBuilder text, YamlNode node)
    {
        switch (node)
        {
            case YamlScalar { IsPlain: true } scalar when scalar.Value.Length > 0 && scalar.Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '_' or '~'):
                text.Append(scalar.Value);
                break;
            case YamlScalar { IsNull: true }:
                text.Append("null");
                break;
            case YamlScalar scalar:
                text.Append('"').Append(Escaped(scalar.Value)).Append('"');
                break;
            case YamlSequence list:
                Join(text, '[', list.Items, Append, ']');
                break;
            case YamlMapping mapping:
                Join(text, '{', mapping.Entries, (builder, entry) =>
                {
                    Append(builder, entry.Key with { IsPlain = false });
                    builder.Append(": ");
                    Append(builder, entry.Value);
                }, '}');
                break;
        }
    }

    // Compose's reader knows no escapes of surrogates.
    private static string Escaped(string text) =>
        string.Concat(
            text.Select(c => c is '"' or '\\' ? $"\\{c}" : char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' ? $"\\u{(int)c:x4}" : $"{c}")
        );

    private static void Join<T>(StringBuilder text, char open, IReadOnlyList<T> items, Action<StringBuilder, T> append, char close)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? string.Empty : ", ");
            append(text, items[i]);
        }

        text.Append(close);
    }
}
