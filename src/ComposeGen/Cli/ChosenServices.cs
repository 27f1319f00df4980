using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>What goes to another machine: services of a workspace whose generated files are up to date.</summary>
/// <param name="Files">The workspace.</param>
/// <param name="Generated">What it comes to.</param>
/// <param name="Services">Those that were asked for, and all that they need.</param>
internal sealed record ChosenServices(WorkspaceFiles Files, Generated Generated, ImmutableArray<PlannedService> Services)
{
    /// <summary>Generates, as <c>up</c> does before it starts anything.</summary>
    /// <param name="options">Where the workspace is.</param>
    /// <param name="names">Projects, or services; all where there are none.</param>
    /// <param name="bag">What was found wrong with the options already; it is reported with the rest.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="code">The exit code where the result is null: everything there is to say was said.</param>
    public static ChosenServices? Generate(WritingOptions options, IEnumerable<string> names, DiagnosticBag bag, Terminal terminal, out int code)
    {
        var files = Pipeline.Locate(options, bag);
        using var alone = files is null ? null : WorkspaceLock.ToWrite(files.Root, terminal.Error);
        var generated = files is null || bag.HasErrors ? null : Pipeline.Run(files, bag);
        var chosen = generated is null ? [] : Choice.Of(generated.Plan, [.. names], bag);
        if (files is null || generated is null || bag.HasErrors)
        {
            terminal.Report(bag, files);
            code = ExitCode.Of(bag);
            return null;
        }

        code = GenerateCommand.Write(files, generated, options, terminal, bag);
        return code == ExitCode.Done ? new ChosenServices(files, generated, [.. generated.Plan.Services.Where(service => chosen.Contains(service.Key))]) : null;
    }
}
