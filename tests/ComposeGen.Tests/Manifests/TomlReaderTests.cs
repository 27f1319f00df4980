using System.Text;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Rendering;

namespace ComposeGen.Tests.Manifests;

public class TomlReaderTests
{
    [TestCase("a = 'x'", "a: x")]
    [TestCase("a = 1_000\nb = true\nc = 1979-05-27", "a: 1_000\nb: true\nc: \"1979-05-27\"")]
    [TestCase("a.b.c = 'x'\na.d = 'w'", "a:\n  b: {c: x}\n  d: w")]
    [TestCase("[a.b]\nc = 'x'\n[a]\nd = 'w'", "a:\n  b: {c: x}\n  d: w")]
    [TestCase("a = {b = 'x', \"c d\" = ['w', 'z']}", "a:\n  b: x\n  \"c d\": [w, z]")]
    [TestCase("[[a]]\nb = 'x'\n[[a]]\nb = 'w'\n[a.c]\nd = 'z'", "a:\n  - {b: x}\n  - b: w\n    c: {d: z}")]
    [TestCase("a = [\n  'x', # why\n  {b = 'w'},\n]", "a:\n  - x\n  - {b: w}")]
    [TestCase("a = \"\"\"\nx\ny\"\"\"", "a: \"x\\ny\"")]
    public void Toml_is_read_as_the_yaml_that_says_the_same(string toml, string yaml)
    {
        var bag = new DiagnosticBag();
        var expected = YamlReader.Read(new SourceText("expected", yaml), bag);
        var actual = TomlReader.Read(new SourceText("actual", toml), bag);
        Assert.That(bag.Sorted(), Is.Empty);
        Assert.That(Text(actual!), Is.EqualTo(Text(expected!)));
    }

    [Test]
    public void A_value_knows_its_place()
    {
        var root = TomlReader.Read(new SourceText("pyproject.toml", "[project]\n  name = \"é\"\n"), new DiagnosticBag());
        var name = ((YamlMapping)root!["project"]!)["name"];
        Assert.That(name!.Span, Is.EqualTo(new SourceSpan("pyproject.toml", 2, 10, 3)));
    }

    [TestCase("a = ")]
    [TestCase("a = 1\na = 2")]
    [TestCase("[a]\n[a]")]
    [TestCase("a = 1\n[a.b]")]
    public void What_is_no_toml_is_reported(string toml)
    {
        var bag = new DiagnosticBag();
        Assert.That(TomlReader.Read(new SourceText("a.toml", toml), bag), Is.Null);
        Assert.That(bag.Sorted().Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "CG0341" }));
    }

    [TestCase("[", "]")]
    [TestCase("{a=", "}")]
    public void Nesting_without_an_end_is_refused(string open, string close)
    {
        var bag = new DiagnosticBag();
        var text = "a = " + new StringBuilder().Insert(0, open, 100_000).Insert(open.Length * 100_000, close, 100_000);
        Assert.That(TomlReader.Read(new SourceText("a.toml", text), bag), Is.Null);
        Assert.That(bag.Sorted().Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "CG0208" }));
    }

    [Test]
    public void A_name_of_a_hundred_thousand_parts_does_no_harm()
    {
        var name = string.Join('.', Enumerable.Repeat("a", 100_000));
        Assert.DoesNotThrow(() => TomlReader.Read(new SourceText("a.toml", $"[{name}]\n{name} = 1"), new DiagnosticBag()));
    }

    private static string Text(YamlNode node)
    {
        var builder = new StringBuilder();
        YamlText.Append(builder, node, 0);
        return builder.ToString();
    }
}
