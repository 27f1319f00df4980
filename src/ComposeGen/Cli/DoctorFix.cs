using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Docker.Checks;
using ComposeGen.Processes;

namespace ComposeGen.Cli;

/// <summary>Runs what mends a machine, one thing after the other, asking before each and looking again after it.</summary>
/// <param name="doctor">Looks.</param>
/// <param name="terminal">Where to write.</param>
/// <param name="isAgreed">Whether nothing is asked.</param>
internal sealed class DoctorFix(Doctor doctor, Terminal terminal, bool isAgreed)
{
    // An engine takes seconds from its start to its first answer.
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly HashSet<string> _tried = new(StringComparer.Ordinal);

    /// <summary>Whether something was left because nobody was there to agree to it.</summary>
    public bool CouldNotAsk { get; private set; }

    /// <param name="found">What the doctor found.</param>
    /// <returns>What it finds afterwards.</returns>
    public async Task<ImmutableArray<Finding>> Mend(ImmutableArray<Finding> found)
    {
        while (Next(found) is var (finding, repair))
        {
            _tried.Add(repair.Id);
            Tell(finding, repair);
            if (!IsWanted(repair))
            {
                continue;
            }

            var isDone = repair.Commands.All(Run);
            found = isDone && repair.IsStart ? await ExamineOnceStarted() : await doctor.Examine();
            var isMended = found.First(now => now.Id == finding.Id).State is not (CheckState.Problem or CheckState.Warning);
            terminal.Error.WriteLine(
                isMended ? $"{finding.Id}: mended"
                : isDone && repair.Afterwards is { } left ? $"{finding.Id}: {left}"
                : $"{finding.Id}: not mended"
            );
        }

        return found;
    }

    // In the order of the checks: what comes first is what the others need.
    private (Finding, Repair)? Next(ImmutableArray<Finding> found) =>
        found
            .Where(finding => finding.State is CheckState.Problem or CheckState.Warning)
            .SelectMany(finding => finding.Repairs.Select(repair => (finding, repair)))
            .Where(pair => !_tried.Contains(pair.repair.Id))
            .Select(pair => ((Finding, Repair)?)pair)
            .FirstOrDefault();

    private void Tell(Finding finding, Repair repair)
    {
        terminal.Error.WriteLine($"{finding.Id}: {DiagnosticWriter.Visible(finding.Said)}");
        terminal.Error.WriteLine($"to {repair.Does}:");
        foreach (var command in repair.Commands)
        {
            terminal.Error.WriteLine($"  {command.Line(Environment.IsPrivilegedProcess)}");
        }

        if (repair.Means is { } means)
        {
            terminal.Error.WriteLine($"  {means}");
        }
    }

    private bool IsWanted(Repair repair)
    {
        if (isAgreed)
        {
            return true;
        }

        var answer = terminal.Ask($"{char.ToUpperInvariant(repair.Does[0])}{repair.Does[1..]}? [y/N] ");
        if (answer is null)
        {
            CouldNotAsk = true;
            terminal.Error.WriteLine("  not run: there is no terminal to ask on; `--yes` agrees to it");
            return false;
        }

        return answer is "y" or "yes";
    }

    private bool Run(RepairCommand command)
    {
        terminal.Error.WriteLine($"$ {command.Line(Environment.IsPrivilegedProcess)}");
        terminal.Error.Flush();
        var needsSudo = command.IsRoots && !Environment.IsPrivilegedProcess;
        var words = needsSudo ? command.Words.Insert(0, "sudo") : command.Words;
        var code = ForeignProgram.PassThrough(words[0], words[1..], Path.GetTempPath(), isAside: true);
        if (code != ExitCode.Done)
        {
            terminal.Error.WriteLine(code is null ? $"there is no program {words[0]}{(needsSudo ? ": run this as root" : string.Empty)}" : $"it ended with exit code {code}");
        }

        return code == ExitCode.Done;
    }

    private async Task<ImmutableArray<Finding>> ExamineOnceStarted()
    {
        for (var waited = TimeSpan.Zero; waited < StartTime && (await DockerAnswers.Ask()).Failure is { Code: DockerAnswers.NoEngine }; waited += Pause)
        {
            await Task.Delay(Pause);
        }

        return await doctor.Examine();
    }
}
