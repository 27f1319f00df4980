using System.Text.Json;
using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Manifests.Specification;
using ComposeGen.Tests.Support;
using Json.Schema;

namespace ComposeGen.Tests.Cli;

/// <summary>What editors say of a <c>project.yml</c> by its schema is what the tool says of it.</summary>
public class ProjectSchemaTests
{
    private static readonly string[] Values =
    [
        "5",
        "-1",
        "101",
        "1.5",
        "true",
        "\"yes\"",
        "\"maybe\"",
        "null",
        "\"\"",
        "abc",
        "\"5\"",
        "10s",
        "\"1 gb\"",
        "always",
        "service_healthy",
        "\"${VALUE}\"",
        "[]",
        "[abc, abc]",
        "[abc, 5]",
        "[[]]",
        "{}",
        "{abc: def}",
        "{abc: 5}",
        "{abc: null}",
        "{abc: [def]}",
        "{abc: {}}",
        "{x-own: [1]}",
    ];

    private static string Golden => Repository.PathOf("tests", "ComposeGen.Tests", "Golden");

    [Test]
    public void The_committed_schema_is_what_the_command_prints() =>
        Assert.That(
            File.ReadAllText(Repository.PathOf("schemas", "project.schema.json")),
            Is.EqualTo(ProjectSchema.Text()),
            "write it anew: ./composegen schema project.yml > schemas/project.schema.json"
        );

    /// <summary>Every key of the specification, with values that it takes and others that it does not.</summary>
    [Test]
    public void Schema_and_check_agree_on_every_key_and_value()
    {
        var schema = JsonSchema.FromText(ProjectSchema.Text(), new BuildOptions { SchemaRegistry = new SchemaRegistry() });
        var texts = Texts().ToList();
        var sound = 0;
        var different = new List<string>();
        foreach (var text in texts)
        {
            using var json = JsonDocument.Parse(YamlToJson.Read(text).ToJsonString());
            var isSound = Problems(text).Count == 0;
            sound += isSound ? 1 : 0;
            if (schema.Evaluate(json.RootElement).IsValid != isSound)
            {
                different.Add($"{text}: {string.Join("; ", Problems(text))}");
            }
        }

        Assert.That(different, Is.Empty);
        Assert.That(sound, Is.InRange(texts.Count / 10, texts.Count * 9 / 10));
    }

    [Test]
    public void The_language_server_of_editors_says_the_same_of_files()
    {
        var files = Directory
            .GetFiles(Golden, "project.yml", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Where(text => Tree(text) is not null)
            .Concat(Texts().Where((_, i) => i % 97 == 0))
            .ToList();

        var messages = LanguageServer.Messages(ProjectSchema.Text(), files);

        var different = files.Zip(messages).Where(pair => pair.Second.Length == 0 != (Problems(pair.First).Count == 0));
        Assert.That(different.Select(pair => $"{pair.First}\n{string.Join("; ", pair.Second)}\n{string.Join("; ", Problems(pair.First))}"), Is.Empty);
        Assert.That(messages.Count(found => found.Length > 0), Is.InRange(files.Count / 10, files.Count * 9 / 10));
    }

    [Test]
    public void The_language_server_of_editors_reads_the_schema_of_settings_too()
    {
        string[] files = ["name: shop\nports: {range: 8000-8999}\n", "nam: shop\n", "ports: {range: 8000}\n", "warnings: {ignore: [CG0107]}\n"];

        var messages = LanguageServer.Messages(SettingsSchema.Text(), files);

        Assert.That(messages.Select(found => found.Length == 0), Is.EqualTo([true, false, false, true]));
    }

    // Each key once with each value, wherever its section stands.
    private static IEnumerable<string> Texts() =>
        from place in Places("{0}", ComposeTable.File, [])
        from key in ComposeTable.Section(place.Section).Keys
        from value in Values
        where key.Name != "include" && place.Section != ComposeTable.File
        select string.Format(System.Globalization.CultureInfo.InvariantCulture, place.Text, $"{key.Name}: {value}");

    // A text in which a section stands, with what else it needs, and a hole for one key of it.
    private static IEnumerable<(string Section, string Text)> Places(string text, string section, HashSet<string> seen)
    {
        if (!seen.Add(section))
        {
            yield break;
        }

        yield return (section, text);
        foreach (var key in ComposeTable.Section(section).Keys)
        {
            foreach (var (below, form) in Below(key.Form, "{{{0}}}"))
            {
                foreach (var place in Places(text.Replace("{0}", $"{key.Name}: {form}", StringComparison.Ordinal), below, seen))
                {
                    yield return place;
                }
            }
        }
    }

    private static IEnumerable<(string Section, string Form)> Below(Form form, string hole) =>
        form.Shapes.SelectMany(shape =>
            shape switch
            {
                SectionShape section => [(section.Section, hole)],
                ListShape list => Below(list.Items, $"[{hole}]"),
                NamesShape names => Below(names.Values, $"{{{{abc: {hole}}}}}"),
                _ => Array.Empty<(string, string)>(),
            }
        );

    private static List<string> Problems(string text)
    {
        var bag = new DiagnosticBag();
        if (Tree(text) is { } tree)
        {
            DescriptorReader.CheckForms(tree, bag);
        }

        return [.. bag.Sorted().Select(diagnostic => diagnostic.Message)];
    }

    private static YamlMapping? Tree(string text)
    {
        var bag = new DiagnosticBag();
        var tree = YamlReader.Read(new SourceText(ProjectSchema.FileName, text), bag) as YamlMapping;
        return bag.HasErrors ? null : tree;
    }
}
