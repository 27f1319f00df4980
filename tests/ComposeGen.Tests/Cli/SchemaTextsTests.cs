using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Manifests.Specification;
using ComposeGen.Tests.Support;
using Json.Schema;

namespace ComposeGen.Tests.Cli;

/// <summary>What editors show of each key: what it is for, and examples.</summary>
public partial class SchemaTextsTests
{
    private const int Longest = 260;

    [Test]
    public void Every_key_has_a_text_and_examples([Values] bool isProject)
    {
        var without = Keys(Schema(isProject))
            .Where(key => !IsText(key.Value["description"]) || key.Value["examples"] is not JsonArray { Count: > 0 })
            .Select(key => key.Key);

        Assert.That(without, Is.Empty);
    }

    [Test]
    public void There_are_as_many_keys_as_the_tables_have()
    {
        var keys = ComposeTable.Sections.Sum(section => section.Keys.Length);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Keys(Schema(true)), Has.Count.EqualTo(keys + 1), "with x-fixed of a port");
            Assert.That(Keys(Schema(false)), Has.Count.EqualTo(SettingsTable.All.Length + SettingsTable.Sections.Count));
        }
    }

    [Test]
    public void An_example_is_what_the_schema_takes_at_its_place([Values] bool isProject)
    {
        var schema = Schema(isProject);
        var places = Places(schema);

        var refused =
            from key in Keys(schema)
            from example in key.Value["examples"]!.AsArray()
            where !IsTaken(places, key.Key, example)
            select $"{key.Key}: {example?.ToJsonString()}";

        Assert.That(refused, Is.Empty);
    }

    /// <summary>Or the test above would pass whatever the examples are.</summary>
    [TestCase("#/definitions/service/init", "\"maybe\"")]
    [TestCase("#/definitions/service/build", "{\"contxt\": \".\"}")]
    [TestCase("#/definitions/healthcheck/interval", "5")]
    [TestCase("#/services", "{\"web\": {\"imag\": \"x\"}}")]
    public void An_example_of_another_form_is_not_taken(string place, string example) =>
        Assert.That(IsTaken(Places(Schema(true)), place, JsonNode.Parse(example)), Is.False);

    [Test]
    public void Texts_are_one_or_two_sentences_of_keys_and_values_that_are_there([Values] bool isProject)
    {
        HashSet<string> keys =
        [
            .. ComposeTable.Sections.SelectMany(section => section.Names),
            .. SettingsTable.All.Select(setting => setting.Path),
            "x-fixed",
        ];
        var wrong = new List<string>();
        foreach (var (place, key) in Keys(Schema(isProject)))
        {
            var text = key["description"]!.GetValue<string>();
            var rest = key.DeepClone().AsObject();
            rest.Remove("description");
            if (text.Length > Longest || !FewSentences().IsMatch(text))
            {
                wrong.Add($"{place} is not one or two sentences: {text}");
            }

            wrong.AddRange(
                from name in InBackticks().Matches(text).Select(match => match.Groups[1].Value)
                where !keys.Contains(name) && !Says(rest, name) && !name.StartsWith("docker compose ", StringComparison.Ordinal)
                select $"{place} speaks of `{name}`, which is no key, and none of its values: {text}"
            );
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void There_is_no_text_of_a_key_that_is_gone()
    {
        var file = Repository.PathOf("src", "ComposeGen", "Manifests", "Specification", "ComposeTexts.yml");
        var texts = (YamlMapping)YamlReader.Read(new SourceText("texts", File.ReadAllText(file)), new DiagnosticBag())!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts.Names, Is.EquivalentTo(ComposeTable.Sections.Select(section => section.Name)));
            foreach (var section in texts.Entries)
            {
                var known = ComposeTable.Section(section.Name).Names;
                Assert.That(((YamlMapping)section.Value).Names.Where(name => name != "x-fixed"), Is.EqualTo(known), section.Name);
            }
        }
    }

    private static JsonObject Schema(bool isProject) =>
        JsonNode.Parse(isProject ? ProjectSchema.Text() : SettingsSchema.Text())!.AsObject();

    // Each key of the schema, at every level, by where it stands.
    private static Dictionary<string, JsonObject> Keys(JsonObject schema) =>
        Below("#", schema).ToDictionary(StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, JsonObject>> Below(string place, JsonObject schema)
    {
        foreach (var (name, value) in schema["properties"]?.AsObject() ?? [])
        {
            yield return KeyValuePair.Create($"{place}/{name}", value!.AsObject());
        }

        var inner = Named(schema, "properties").Concat(Named(schema, "definitions", "definitions/")).Concat(Unnamed(schema));
        foreach (var key in inner.SelectMany(part => Below($"{place}{part.Key}", part.Value)))
        {
            yield return key;
        }
    }

    private static IEnumerable<KeyValuePair<string, JsonObject>> Named(JsonObject schema, string list, string before = "") =>
        from entry in schema[list]?.AsObject() ?? []
        select KeyValuePair.Create($"/{before}{entry.Key}", entry.Value!.AsObject());

    private static IEnumerable<KeyValuePair<string, JsonObject>> Unnamed(JsonObject schema) =>
        from part in (string[])["items", "additionalProperties", "anyOf", "allOf"]
        from inner in schema[part] is JsonArray list ? list : [schema[part]?.DeepClone()]
        where inner is JsonObject
        select KeyValuePair.Create($"/{part}", inner.AsObject());

    // One schema of all keys, each under where it stands, so that it is read once.
    private static JsonSchema Places(JsonObject schema)
    {
        var places = new JsonObject
        {
            ["$schema"] = schema["$schema"]!.DeepClone(),
            ["definitions"] = schema["definitions"]?.DeepClone() ?? new JsonObject(),
            ["properties"] = new JsonObject(Keys(schema).Select(key => KeyValuePair.Create(key.Key, (JsonNode?)key.Value.DeepClone()))),
            ["additionalProperties"] = false,
        };
        return JsonSchema.FromText(places.ToJsonString(), new BuildOptions { SchemaRegistry = new SchemaRegistry() });
    }

    private static bool IsTaken(JsonSchema places, string place, JsonNode? value)
    {
        using var json = JsonDocument.Parse(new JsonObject { [place] = value?.DeepClone() }.ToJsonString());
        return places.Evaluate(json.RootElement).IsValid;
    }

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0;

    private static bool Says(JsonObject key, string value) =>
        Regex.IsMatch(Regex.Unescape(key.ToJsonString()), $@"(?<![\w/.-]){Regex.Escape(value)}(?![\w/.-])");

    [GeneratedRegex(@"\A[A-Z](?:(?!\. ).)*(?:\. (?:(?!\. ).)*)?\.\z")]
    private static partial Regex FewSentences();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InBackticks();
}
