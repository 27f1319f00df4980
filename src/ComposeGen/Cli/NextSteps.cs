using ComposeGen.Diagnostics;
using ComposeGen.Output;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>What there is to do after a first <c>up</c>: told once, to a person.</summary>
internal static class NextSteps
{
    /// <param name="started">What was started.</param>
    /// <param name="isRunning">Whether it still runs.</param>
    /// <param name="terminal">Where to write.</param>
    public static void TellOnce(IEnumerable<PlannedService> started, bool isRunning, Terminal terminal)
    {
        if (!terminal.IsWatched || !UserCache.IsFirst("first-up"))
        {
            return;
        }

        var page = started.FirstOrDefault(service => service.Ports.Length > 0)?.Label;
        (string Command, string Does)[] steps =
        [
            .. isRunning ? [("composegen status", "what runs, where, and whether it is healthy")] : Array.Empty<(string, string)>(),
            .. isRunning && page is not null ? [($"composegen open {DiagnosticWriter.Visible(page)}", "its page, in the browser")] : Array.Empty<(string, string)>(),
            isRunning ? ("composegen down", "stop it all; data and notebooks stay") : ("composegen up -d", "the same in the background"),
            ("composegen new notebook NAME", "one more project"),
            ("composegen help", "everything else"),
        ];
        var width = steps.Max(step => step.Command.Length) + 2;
        terminal.Error.WriteLine("What next (this is told once):");
        foreach (var (command, does) in steps)
        {
            terminal.Error.WriteLine($"  {command.PadRight(width)}{does}");
        }
    }
}
