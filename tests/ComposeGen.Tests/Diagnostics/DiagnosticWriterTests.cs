using ComposeGen.Diagnostics;

namespace ComposeGen.Tests.Diagnostics;

public class DiagnosticWriterTests
{
    [Test]
    public void The_place_is_marked_under_what_stands_before_it()
    {
        const string Line = "\t\"👩日\": wrong";
        Assert.That(
            Write(new SourceSpan("f", 1, Line.IndexOf("wrong", StringComparison.Ordinal) + 1, 5), Line),
            Does.Contain("1 |  \"👩日\": wrong\n    |          ^^^^^\n")
        );
    }

    [TestCase("\e[2Jalpha", "\\x1b[2Jalpha")]
    [TestCase("a\u202Eb", "a\\u202eb")]
    [TestCase("two\nlines", "two\\x0alines")]
    public void What_would_steer_a_terminal_is_shown_as_an_escape(string text, string shown) =>
        Assert.That(DiagnosticWriter.Visible(text), Is.EqualTo(shown));

    private static string Write(SourceSpan span, string source)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new DiagnosticWriter(output, _ => source).Write(new Diagnostic("CG0000", Severity.Error, "message", span));
        return output.ToString();
    }
}
