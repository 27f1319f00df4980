using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker.Checks;

namespace ComposeGen.Cli;

/// <summary>What <c>doctor</c> prints: a table in one screen, then what is wrong with its mend, problems last.</summary>
internal static class DoctorReport
{
    // In the table, that is: what is wrong is said in full below it.
    private const int Widest = 90;
    private const string MendLabel = "  mend: ";

    private static readonly string[] ShortColumns = ["check", "state", "found"];
    private static readonly string[] AllColumns = [.. ShortColumns, "why", "mend"];

    public static void Write(ImmutableArray<Finding> found, OutputFormat format, Terminal terminal)
    {
        if (format == OutputFormat.Json)
        {
            Tables.Write(AllColumns, [.. found.Select(All)], format, terminal);
        }
        else
        {
            Tables.Write(ShortColumns, [.. found.Select(Short)], format, terminal);
            terminal.Out.WriteLine();
            foreach (var finding in found.Where(finding => finding.State is CheckState.Warning or CheckState.Problem).OrderBy(finding => finding.State))
            {
                WriteOne(finding, terminal.Out);
            }

            terminal.Out.WriteLine(Summary(found));
        }

        terminal.Out.Flush();
    }

    private static object?[] All(Finding finding) =>
        [finding.Id, Word(finding.State), finding.Said, Why(finding), finding.Repairs is [var repair, ..] ? repair.Line(Environment.IsPrivilegedProcess) : finding.Mend];

    private static object?[] Short(Finding finding) =>
        [
            finding.Id,
            finding.State == CheckState.NotApplicable ? "-" : Word(finding.State),
            finding.Said.Length > Widest ? $"{finding.Said[..(Widest - 1)]}…" : finding.Said,
        ];

    private static void WriteOne(Finding finding, TextWriter output)
    {
        output.WriteLine($"{Word(finding.State)}: {finding.Id}: {DiagnosticWriter.Visible(finding.Said)}");
        output.WriteLine($"  why: {Why(finding)}");
        var repair = finding.Repairs.FirstOrDefault();
        var lines = repair?.Commands.Select(command => command.Line(Environment.IsPrivilegedProcess)).ToList() ?? [];
        // Where the advice is the commands, they say it.
        if (finding.Mend is { } mend && mend != repair?.Line(Environment.IsPrivilegedProcess))
        {
            lines.Insert(0, mend);
        }

        for (var i = 0; i < lines.Count; i++)
        {
            output.WriteLine($"{(i == 0 ? MendLabel : new string(' ', MendLabel.Length))}{DiagnosticWriter.Visible(lines[i])}");
        }

        output.WriteLine();
    }

    private static string Summary(ImmutableArray<Finding> found)
    {
        var (problems, warnings) = (Count(CheckState.Problem), Count(CheckState.Warning));
        var counts = $"{GenerateCommand.Count(problems, "problem")}, {GenerateCommand.Count(warnings, "warning")}";
        var end =
            problems == 0 ? "nothing here would stop `composegen up`"
            : found.Any(finding => finding is { State: CheckState.Problem, Repairs.IsEmpty: false }) ? "`composegen up` would stop; `composegen doctor --fix` offers to mend it"
            : "`composegen up` would stop";
        return $"{counts}: {end}";

        int Count(CheckState state) => found.Count(finding => finding.State == state);
    }

    private static string Why(Finding finding) => CheckNames.All.First(check => check.Id == finding.Id).Why;

    // A program that reads it relies on these.
    private static string Word(CheckState state) =>
        state switch
        {
            CheckState.Ok => "ok",
            CheckState.Warning => "warning",
            CheckState.Problem => "problem",
            CheckState.NotApplicable => "not-applicable",
            _ => "unknown",
        };
}
