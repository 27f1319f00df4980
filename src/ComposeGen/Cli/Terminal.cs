using ComposeGen.Diagnostics;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>Where a command writes: results to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool HasColor)
{
    /// <summary>The process's own streams; colour only where a person sees it and has not asked for none (no-color.org).</summary>
    public static Terminal OfProcess() =>
        new(
            Console.Out,
            Console.Error,
            !Console.IsErrorRedirected
                && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") != "dumb"
        );

    /// <summary>Writes the diagnostics, by place, and returns whether any is an error.</summary>
    public bool Report(DiagnosticBag bag, WorkspaceFiles? files = null)
    {
        var diagnostics = bag.Sorted();
        var writer = new DiagnosticWriter(Error, file => files?.TryReadText(file), HasColor);
        foreach (var diagnostic in diagnostics)
        {
            writer.Write(diagnostic);
        }

        var errors = diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
        if (errors > 1)
        {
            Error.WriteLine($"{errors} errors");
        }

        return errors > 0;
    }
}
