using System.Text;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Tests.Manifests;

/// <summary>Files that hang, crash or deceive a YAML reader are answered, each with its code and place.</summary>
public class AwkwardYamlTests
{
    public static IEnumerable<TestCaseData> Bad()
    {
        yield return Case("a flow nested two hundred thousand deep", "CG0208", Encoding.UTF8.GetBytes($"a: {new string('[', 200_000)}"));
        yield return Case(
            "blocks nested two thousand deep",
            "CG0208",
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2_000).Select(i => new string(' ', i) + "a:\n")))
        );
        yield return Case("UTF-16", "CG0201", [0xFF, 0xFE, (byte)'a', 0, (byte)':', 0]);
        yield return Case("NUL", "CG0202", "k: x\0y"u8.ToArray());
        yield return Case("DEL", "CG0202", "k: x\x7fy"u8.ToArray());
        yield return Case("a bracket that is never closed", "CG0203", "a: [1,\nb: 2\nc: 3\n"u8.ToArray());
        yield return Case("an escape beyond Unicode", "CG0203", "a: \"\\UFFFFFFFF\""u8.ToArray());
        yield return Case("a tab", "CG0204", "services:\n\tweb:\n"u8.ToArray());
        yield return Case("an alias inside its own anchor", "CG0206", "a: &a [*a]\n"u8.ToArray());
    }

    [TestCaseSource(nameof(Bad))]
    public void It_is_refused_with_its_code(string code, byte[] bytes)
    {
        var bag = new DiagnosticBag();

        var node = SourceText.Decode("f", bytes, bag) is { } source ? YamlReader.Read(source, bag) : null;

        Assert.That(node, Is.Null);
        Assert.That(bag.Sorted().Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { code }));
    }

    [Test]
    public void A_byte_order_mark_is_no_part_of_the_first_key() =>
        Assert.That(Read([0xEF, 0xBB, 0xBF, .. "a: b"u8])?.Names, Is.EqualTo(new[] { "a" }));

    [Test]
    public void Line_ends_make_no_difference() =>
        Assert.That(YamlNode.Same(Read("a: b\r\nc:\r\n  - d\r\n"u8.ToArray()), Read("a: b\nc:\n  - d\n"u8.ToArray())), Is.True);

    [Test]
    public void A_yaml_directive_is_taken() => Assert.That(Read("%YAML 1.2\n---\na: b\n"u8.ToArray())?.Names, Is.EqualTo(new[] { "a" }));

    private static YamlMapping? Read(byte[] bytes) =>
        YamlReader.Read(SourceText.Decode("f", bytes, new DiagnosticBag())!, new DiagnosticBag()) as YamlMapping;

    private static TestCaseData Case(string name, string code, byte[] bytes) => new TestCaseData(code, bytes).SetArgDisplayNames(name);
}
