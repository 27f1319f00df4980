using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Docker.Checks;

namespace ComposeGen.Cli;

internal static class DoctorCommand
{
    private static readonly string[] ShortColumns = ["check", "state", "found"];
    private static readonly string[] AllColumns = [.. ShortColumns, "why", "mend"];

    public static async Task<int> Run(DoctorOptions options, Terminal terminal)
    {
        if (options is { Yes: true, Fix: false })
        {
            terminal.Error.WriteLine("composegen: `--yes` agrees to what `--fix` would ask, and stands beside it");
            terminal.Error.WriteLine("  hint: composegen doctor --fix --yes");
            return ExitCode.Wrong;
        }

        var system = MachineSystem.Here();
        var doctor = new Doctor(options, system);
        var found = await doctor.Examine();
        var couldNotAsk = false;
        if (options.Fix)
        {
            var fix = new DoctorFix(doctor, terminal, options.Yes);
            found = await fix.Mend(found);
            couldNotAsk = fix.CouldNotAsk;
        }

        if (options.Output == OutputFormat.Json)
        {
            Tables.Write(AllColumns, [.. found.Select(finding => (object?[])[.. Short(finding, Word(finding.State)), Why(finding), finding.Mend])], OutputFormat.Json, terminal);
        }
        else
        {
            Tables.Write(ShortColumns, [.. found.Select(finding => Short(finding, Shown(finding.State)))], OutputFormat.Table, terminal);
            WriteMends(found, terminal);
            terminal.Out.WriteLine(Summary(found));
        }

        terminal.Out.Flush();
        return couldNotAsk ? ExitCode.Wrong : Code(found);
    }

    /// <summary>What a run ends with that found this.</summary>
    public static int Code(ImmutableArray<Finding> found)
    {
        var problems = found.Where(finding => finding.State == CheckState.Problem).Select(finding => finding.Id).ToList();
        return problems.Count == 0 ? ExitCode.Done
            : CheckNames.OfDocker.Overlaps(problems) ? ExitCode.NoDocker
            : ExitCode.Wrong;
    }

    private static object?[] Short(Finding finding, string state) => [finding.Id, state, finding.Said];

    private static string Why(Finding finding) => CheckNames.All.First(check => check.Id == finding.Id).Why;

    private static string Word(CheckState state) =>
        state switch
        {
            CheckState.Ok => "ok",
            CheckState.Warning => "warning",
            CheckState.Problem => "problem",
            CheckState.NotApplicable => "not-applicable",
            _ => "unknown",
        };

    private static string Shown(CheckState state) => state == CheckState.NotApplicable ? "-" : Word(state);

    // The problems stand last: that is where people look.
    private static void WriteMends(ImmutableArray<Finding> found, Terminal terminal)
    {
        foreach (var finding in found.Where(finding => finding.State is CheckState.Warning or CheckState.Problem).OrderBy(finding => finding.State))
        {
            terminal.Out.WriteLine();
            terminal.Out.WriteLine($"{Word(finding.State)}: {finding.Id}: {DiagnosticWriter.Visible(finding.Said)}");
            terminal.Out.WriteLine($"  why: {Why(finding)}");
            if (finding.Mend is { } mend)
            {
                terminal.Out.WriteLine($"  mend: {DiagnosticWriter.Visible(mend)}");
            }
        }

        terminal.Out.WriteLine();
    }

    private static string Summary(ImmutableArray<Finding> found)
    {
        var (problems, warnings) = (Count(CheckState.Problem), Count(CheckState.Warning));
        var counts = $"{GenerateCommand.Count(problems, "problem")}, {GenerateCommand.Count(warnings, "warning")}";
        return problems == 0 ? $"{counts}: nothing here would stop `composegen up`"
            : found.Any(finding => finding is { State: CheckState.Problem, Repairs.IsEmpty: false }) ? $"{counts}: `composegen up` would stop; `composegen doctor --fix` offers to mend it"
            : $"{counts}: `composegen up` would stop";

        int Count(CheckState state) => found.Count(finding => finding.State == state);
    }
}
