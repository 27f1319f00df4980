using ComposeGen.Manifests;

namespace ComposeGen.Tests.Manifests;

/// <summary>Compose Specification, chapter Interpolation.</summary>
public class VariableTextTests
{
    [TestCase("plain", "plain")]
    [TestCase("$A and ${A}", "1 and 1")]
    [TestCase("${NONE}", "")]
    [TestCase("${NONE-x} ${EMPTY-x} ${A-x}", "x  1")]
    [TestCase("${NONE:-x} ${EMPTY:-x} ${A:-x}", "x x 1")]
    [TestCase("${NONE+x} ${EMPTY+x} ${A+x}", " x x")]
    [TestCase("${NONE:+x} ${EMPTY:+x} ${A:+x}", "  x")]
    [TestCase("${A:?no} ${EMPTY?no}", "1 ")]
    [TestCase("${NONE:?no}", null)]
    [TestCase("${EMPTY:?no}", null)]
    [TestCase("${NONE-${EMPTY:-${A}}}", "1")]
    [TestCase("${NONE:-a}b${NONE:-c}", "abc")]
    [TestCase("""${NONE:-{"a": {}}}!""", """{"a": {}}!""")]
    [TestCase("$$A $${A} 5$ $5", "$A ${A} 5$ $5")]
    public void A_text_comes_to_what_compose_makes_of_it(string text, string? expected)
    {
        var parts = VariableText.Parse(text)!.Value;

        Assert.That(VariableText.Evaluate(parts, Lookup), Is.EqualTo(expected));
        Assert.That(
            VariableText.Evaluate(VariableText.Parse(VariableText.Print(parts))!.Value, Lookup),
            Is.EqualTo(expected),
            "written anew, it means the same"
        );
    }

    [TestCase("${")]
    [TestCase("${A")]
    [TestCase("${1}")]
    [TestCase("${A*}")]
    [TestCase("${A:-${}")]
    public void What_is_no_variable_is_refused(string text) => Assert.That(VariableText.Parse(text), Is.Null);

    [TestCase("8080", "8080")]
    [TestCase("${A:-80}${B-81}", "8081")]
    [TestCase("${A}", null)]
    [TestCase("${A:-${B}}", "")]
    public void Without_any_variable_set_a_text_is_its_defaults(string text, string? expected) =>
        Assert.That(VariableText.Default(text), Is.EqualTo(expected));

    private static string? Lookup(string name) =>
        name switch
        {
            "A" => "1",
            "EMPTY" => string.Empty,
            _ => null,
        };
}
