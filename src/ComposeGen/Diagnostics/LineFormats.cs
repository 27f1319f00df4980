using System.Globalization;
using System.Text;

namespace ComposeGen.Diagnostics;

/// <summary>Messages of one line each, for programs that read lines.</summary>
internal static class LineFormats
{
    /// <summary>As MSBuild and editors' problem matchers know it; the hint follows the text.</summary>
    public static string Plain(Diagnostic diagnostic)
    {
        var place = diagnostic.Span is { } span
            ? string.Create(CultureInfo.InvariantCulture, $"{span.File}({span.Line},{span.Column})")
            : "composegen";
        return OneLine($"{place}: {Word(diagnostic.Severity)} {diagnostic.Code}: {diagnostic.Message}{Hint(diagnostic, "; ")}");
    }

    /// <summary>
    /// A workflow command of GitHub Actions. Places that belong to the problem stand in its text, since a command has one.
    /// </summary>
    /// <param name="diagnostic">The message.</param>
    /// <param name="folder">Where the workspace is in the repository; empty, or ending in <c>/</c>.</param>
    public static string GitHub(Diagnostic diagnostic, string folder)
    {
        var level = diagnostic.Severity == Severity.Note ? "notice" : Word(diagnostic.Severity);
        var text = new StringBuilder(diagnostic.Message);
        foreach (var related in diagnostic.Related)
        {
            text.Append('\n').Append(related.Span).Append(": ").Append(related.Message);
        }

        text.Append(Hint(diagnostic, "\n"));
        var place = diagnostic.Span is { } span
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"file={Property(folder + span.File)},line={span.Line},endLine={span.Line},col={span.Column},endColumn={span.Column + span.Length},"
            )
            : string.Empty;
        return $"::{level} {place}title={Property(diagnostic.Code)}::{Data(text.ToString())}";
    }

    public static string Word(Severity severity) =>
        severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "note",
        };

    private static string Hint(Diagnostic diagnostic, string before) => diagnostic.Hint is { } hint ? $"{before}hint: {hint}" : string.Empty;

    private static string OneLine(string text) => DiagnosticWriter.Visible(text);

    // What the runner takes out again; the other control characters have no place in a log.
    private static string Data(string text) =>
        string.Join(
            "%0A",
            text.Split('\n').Select(line => DiagnosticWriter.Visible(line.Replace("%", "%25", StringComparison.Ordinal)))
        );

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
