using System.Text;

namespace ComposeGen.Cli.Shells;

/// <summary>The manual page, composegen(1), from what help says.</summary>
internal static class ManPage
{
    private const int Width = 72;

    public static int Run(ManOptions options, Terminal terminal)
    {
        _ = options;
        terminal.Out.Write(Text());
        terminal.Out.Flush();
        return ExitCode.Done;
    }

    /// <summary>In the macros of man(7).</summary>
    public static string Text()
    {
        var page = new StringBuilder();
        Line(page, $".TH COMPOSEGEN 1 \"\" \"{Escaped(Help.Heading)}\" \"User Commands\"");
        Section(page, "NAME");
        Line(page, $"composegen \\- {Escaped(Help.InShort)}");
        Section(page, "SYNOPSIS");
        Line(page, ".B composegen\n[\\fB\\-C\\fR \\fIDIR\\fR] \\fICOMMAND\\fR [\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]");
        Section(page, "DESCRIPTION");
        Line(page, string.Join("\n.PP\n", Help.Description.Select(Text)));

        Section(page, "OPTIONS");
        Tagged(page, CommandHelp.OfAll.Select(option => ($"\\fB{Escaped(option.Form)}\\fR", option.Does)));
        Section(page, "EXAMPLES");
        Shown(page, Examples.OfAll);
        foreach (var group in Commands.All.GroupBy(command => command.Group))
        {
            Section(page, $"COMMANDS: {Help.Title(group.Key).ToUpperInvariant()}");
            foreach (var command in group)
            {
                Add(page, CommandHelp.Of(command));
            }
        }

        Section(page, "EXIT STATUS");
        Line(page, Text(string.Join(' ', Help.ExitCodes)));
        Section(page, "ENVIRONMENT");
        Tagged(page, Help.Variables.Select(variable => ($"\\fB{Escaped(variable.Name)}\\fR", variable.Does)));
        Section(page, "FILES");
        Tagged(page, Help.Files.Select(file => ($"\\fI{Escaped(file.Name)}\\fR", file.Does)));
        Section(page, "SEE ALSO");
        Line(page, ".BR docker (1),\n.BR docker-compose (1)");
        return page.ToString();
    }

    private static void Add(StringBuilder page, CommandHelp help)
    {
        Line(page, $".SS \"{Escaped(help.Usage)}\"\n{Text(help.Does)}");
        if (help.After is { } after)
        {
            Line(page, $".PP\n{Text(after)}");
        }

        Tagged(page, help.Options.Where(option => !CommandHelp.OfAll.Contains(option)).Select(option => ($"\\fB{Escaped(option.Form)}\\fR", option.Does)));
        if (Examples.Of(help.Command.Name) is { Length: > 0 } examples)
        {
            Line(page, ".PP\nExamples:");
            Shown(page, examples);
        }
    }

    private static void Shown(StringBuilder page, IEnumerable<(string Line, string Does)> examples) =>
        Tagged(page, examples.Select(example => ($"\\fB{Escaped(example.Line)}\\fR", $"{char.ToUpperInvariant(example.Does[0])}{example.Does[1..]}{(char.IsPunctuation(example.Does[^1]) ? string.Empty : ".")}")));

    private static void Tagged(StringBuilder page, IEnumerable<(string Tag, string Text)> rows)
    {
        foreach (var (tag, text) in rows)
        {
            Line(page, $".TP\n{tag}\n{Text(text)}");
        }
    }

    private static void Section(StringBuilder page, string title) => Line(page, $".SH \"{Escaped(title)}\"");

    // What a line begins with must be no request, wherever it is broken.
    private static string Text(string text) => string.Join('\n', Help.Wrap(text, Width).Select(Escaped));

    private static void Line(StringBuilder page, string line) => page.Append(line).Append('\n');

    // A dash that is typed, a backslash, a quote, and what begins a line as a request would.
    private static string Escaped(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal)
            .Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("\"", "\\(dq", StringComparison.Ordinal)
            .Replace("`", "\\(ga", StringComparison.Ordinal)
            .Replace("'", "\\(aq", StringComparison.Ordinal)
            .Replace("…", "...", StringComparison.Ordinal);
        return escaped.StartsWith('.') ? $"\\&{escaped}" : escaped;
    }
}
