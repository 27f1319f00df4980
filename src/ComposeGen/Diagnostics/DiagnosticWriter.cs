using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace ComposeGen.Diagnostics;

/// <summary>
/// Diagnostics as text for people: place first, as compilers print it and editors parse it, then the line with the place
/// marked, then what to do.
/// </summary>
internal sealed class DiagnosticWriter(TextWriter output, Func<string, string?> readSource, bool color = false)
{
    private const int WidestLine = 160;
    private readonly Dictionary<string, string[]?> _lines = new(StringComparer.Ordinal);

    public void Write(Diagnostic diagnostic)
    {
        var label = diagnostic.Severity switch
        {
            Severity.Error => Paint("error", "31;1"),
            Severity.Warning => Paint("warning", "33;1"),
            _ => Paint("note", "36;1"),
        };
        var place = diagnostic.Span is { } span ? $"{Visible(span.File)}:{span.Line}:{span.Column}: " : string.Empty;
        output.WriteLine(
            $"{place}{label}{(diagnostic.Code.Length > 0 ? $" {diagnostic.Code}" : string.Empty)}: {Visible(diagnostic.Message)}"
        );
        if (diagnostic.Severity != Severity.Note && diagnostic.Span is { } marked)
        {
            WriteLine(marked);
        }

        foreach (var related in diagnostic.Related)
        {
            output.WriteLine($"  {Visible(related.Span.ToString())}: {Visible(related.Message)}");
            WriteLine(related.Span);
        }

        if (diagnostic.Hint is { } hint)
        {
            output.WriteLine($"  {Paint("hint", "32")}: {Visible(hint)}");
        }
    }

    /// <summary>
    /// The text with control characters and invisible or direction-changing ones shown as escapes: what stands in a
    /// stranger's file must not steer the reader's terminal.
    /// </summary>
    public static string Visible(string text)
    {
        if (!text.Any(IsHidden))
        {
            return text;
        }

        var builder = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (!IsHidden(c))
            {
                builder.Append(c);
            }
            else
            {
                builder.Append(c <= 0xff ? "\\x" : "\\u").Append(((int)c).ToString(c <= 0xff ? "x2" : "x4", CultureInfo.InvariantCulture));
            }
        }

        return builder.ToString();
    }

    /// <summary>Whether the character is invisible, or steers what shows it.</summary>
    public static bool IsHidden(char c) =>
        char.IsControl(c)
        || (
            c > 0x7f
            && char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        );

    private void WriteLine(SourceSpan span)
    {
        var line = Line(span);
        if (line is null || line.Length > WidestLine)
        {
            return;
        }

        var number = span.Line.ToString(CultureInfo.InvariantCulture);
        var start = Math.Min(span.Column - 1, line.Length);
        var length = Math.Clamp(span.Length, 1, Math.Max(1, line.Length - start));
        // The marks stand under the text because each part is escaped the same way and measured as it is shown; tabs become one blank.
        var before = Cells(Show(line[..start]));
        var marked = Math.Max(1, Cells(Show(line.Substring(start, Math.Min(length, line.Length - start)))));
        output.WriteLine($"  {number} | {Show(line)}");
        output.WriteLine($"  {new string(' ', number.Length)} | {new string(' ', before)}{Paint(new string('^', marked), "31;1")}");
    }

    private static string Show(string text) => Visible(text.Replace('\t', ' '));

    // A terminal gives an emoji or a Chinese character two cells, however many code points it is made of.
    private static int Cells(string text)
    {
        if (text.All(char.IsAscii))
        {
            return text.Length;
        }

        var cells = 0;
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            cells += Math.Min(2, new Segment(elements.GetTextElement()).CellCount());
        }

        return cells;
    }

    private string? Line(SourceSpan span)
    {
        if (!_lines.TryGetValue(span.File, out var lines))
        {
            _lines[span.File] = lines = readSource(span.File)?.Split('\n');
        }

        return lines is not null && span.Line <= lines.Length ? lines[span.Line - 1].TrimEnd('\r').TrimStart('\uFEFF') : null;
    }

    private string Paint(string text, string style) => color ? $"\e[{style}m{text}\e[0m" : text;
}
