using System.Text;
using System.Text.Json;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Rendering;
using ComposeGen.Tests.Support;
using CsCheck;
using YamlDotNet.RepresentationModel;
using YamlNode = ComposeGen.Manifests.YamlNode;

namespace ComposeGen.Tests.Rendering;

/// <summary>Whatever a text is, it is read back as that text: by another YAML reader and by ours.</summary>
public class YamlTextTests
{
    public static IEnumerable<string> Strings()
    {
        using var json = JsonDocument.Parse(
            File.ReadAllText(Repository.PathOf("tests", "ComposeGen.Tests", "Data", "roundtrip-strings.json"))
        );
        return [.. json.RootElement.EnumerateArray().Select(item => item.GetString()!)];
    }

    [TestCaseSource(nameof(Strings))]
    public void A_text_survives_as_value_and_as_key(string text)
    {
        var yaml = $"{YamlText.Quote(text)}: {YamlText.Quote(text)}";

        var (key, value) = ReadByAnother(yaml);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(key, Is.EqualTo(text));
            Assert.That(value, Is.EqualTo(text));
            Assert.That(ReadByUs(yaml), Is.EqualTo(text));
        }
    }

    [Test]
    public void Any_text_survives() =>
        Gen.String[Gen.Char, 0, 40]
            .Where(text => !HasLoneSurrogate(text))
            .Sample(text => ReadByAnother($"{YamlText.Quote(text)}: {YamlText.Quote(text)}").Value == text, iter: 5_000);

    [Test]
    public void Any_tree_is_read_back_as_it_was() =>
        Tree(3)
            .Sample(
                tree =>
                {
                    var text = new StringBuilder("root:");
                    YamlText.Append(text, tree, 2);
                    var bag = new DiagnosticBag();
                    var read = YamlReader.Read(new SourceText("f", text.Append('\n').ToString()), bag) as YamlMapping;
                    return !bag.HasErrors && SameText(read?["root"], tree);
                },
                iter: 3_000
            );

    [Test]
    public void Any_text_survives_as_a_block() =>
        Gen.String[Gen.Char["ab#:-|>%@'\"\\${}[]é \t\n\n\r\u2028"], 0, 40]
            .Sample(text => ReadByAnother(Block(text)).Value == text && ReadByUs(Block(text)) == text, iter: 5_000);

    [TestCase("a\n  b\n\n--- #c\n", true)]
    [TestCase("a", false)]
    [TestCase("a\n\n", false)]
    [TestCase(" a\nb\n", false)]
    [TestCase("a\r\nb\n", false)]
    public void A_text_is_a_block_where_it_stands_there_as_it_is(string text, bool isBlock) =>
        Assert.That(Block(text).StartsWith("key: |", StringComparison.Ordinal), Is.EqualTo(isBlock));

    [TestCase("yes")]
    [TestCase("NO")]
    [TestCase("017")]
    [TestCase("1.10")]
    [TestCase("2024-01-01")]
    [TestCase("~")]
    [TestCase("")]
    [TestCase("a: b")]
    [TestCase("a #b")]
    [TestCase("22:22")]
    public void What_a_reader_could_take_for_something_else_is_quoted(string text) =>
        Assert.That(YamlText.Quote(text), Is.EqualTo($"\"{text}\""));

    [TestCase("./projects/a")]
    [TestCase("/data")]
    [TestCase("redis:7")]
    [TestCase("unless-stopped")]
    public void What_nobody_could_is_plain(string text) => Assert.That(YamlText.Quote(text), Is.EqualTo(text));

    // What a scalar means when it is plain is Compose's to say; here all are texts.
    private static Gen<YamlNode> Tree(int depth)
    {
        var yaml = new YamlFactory(default);
        var text = Gen.OneOf<string>([.. Strings().Where(s => !HasLoneSurrogate(s))]);
        var leaf = text.Select(YamlNode (s) => yaml.Text(s));
        return depth == 0
            ? leaf
            : Gen.Frequency(
                (2, leaf),
                (1, Tree(depth - 1).Array[0, 4].Select(YamlNode (items) => yaml.List(items))),
                (
                    1,
                    Gen.Select(text, Tree(depth - 1))
                        .Array[0, 4]
                        .Select(YamlNode (entries) => yaml.Map(entries.Where(e => e.Item1 != "<<").DistinctBy(e => e.Item1)))
                )
            );
    }

    private static bool SameText(YamlNode? a, YamlNode b) =>
        (a, b) switch
        {
            (YamlScalar x, YamlScalar y) => x.Value == y.Value,
            (YamlSequence x, YamlSequence y) => x.Items.Length == y.Items.Length
                && x.Items.Zip(y.Items).All(pair => SameText(pair.First, pair.Second)),
            (YamlMapping x, YamlMapping y) => x.Entries.Length == y.Entries.Length
                && x.Entries.Zip(y.Entries)
                    .All(pair => pair.First.Name == pair.Second.Name && SameText(pair.First.Value, pair.Second.Value)),
            _ => false,
        };

    private static string Block(string text)
    {
        var yaml = new StringBuilder("key:");
        YamlText.Append(yaml, new YamlScalar(text, false, default) { IsBlock = true }, 2);
        return yaml.Append('\n').ToString();
    }

    private static (string? Key, string? Value) ReadByAnother(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var (key, value) = ((YamlMappingNode)stream.Documents[0].RootNode).Children.Single();
        return (((YamlScalarNode)key).Value, ((YamlScalarNode)value).Value);
    }

    private static string? ReadByUs(string yaml) =>
        ((YamlReader.Read(new SourceText("f", yaml), new DiagnosticBag()) as YamlMapping)?.Entries.Single().Value as YamlScalar)?.Value;

    private static bool HasLoneSurrogate(string text) =>
        text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) && !text.Contains('\uFFFD', StringComparison.Ordinal);
}
