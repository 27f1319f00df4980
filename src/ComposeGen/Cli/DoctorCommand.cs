using System.Collections.Immutable;
using ComposeGen.Docker;
using ComposeGen.Docker.Checks;

namespace ComposeGen.Cli;

internal static class DoctorCommand
{
    public static async Task<int> Run(DoctorOptions options, Terminal terminal)
    {
        if (options is { Yes: true, Fix: false })
        {
            terminal.Error.WriteLine("composegen: `--yes` agrees to what `--fix` would ask, and stands beside it");
            terminal.Error.WriteLine("  hint: composegen doctor --fix --yes");
            return ExitCode.Wrong;
        }

        var doctor = new Doctor(options, MachineSystem.Here);
        var found = await doctor.Examine();
        var couldNotAsk = false;
        if (options.Fix)
        {
            var fix = new DoctorFix(doctor, terminal, options.Yes);
            found = await fix.Mend(found);
            couldNotAsk = fix.CouldNotAsk;
        }

        DoctorReport.Write(found, options.Output, terminal);
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
}
