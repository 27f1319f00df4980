using ComposeGen.Diagnostics;
using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

internal static class ListCommand
{
    private static readonly string[] Columns = ["project", "kind", "service", "name in file", "selected", "why"];

    public static int Run(ListOptions options, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        var files = Pipeline.Locate(options, bag);
        var plan = files is null ? null : Pipeline.Run(files, bag)?.Plan;
        if (terminal.Report(bag, files) || plan is null)
        {
            return ExitCode.Wrong;
        }

        var rows = plan
            .All.OrderBy(service => service.Project.Path, StringComparer.Ordinal)
            .Select(service =>
                (object?[])
                    [
                        service.Project.Path,
                        Kind(service.Project.Kind),
                        service.Name,
                        service.Key,
                        plan.IsRunning(service),
                        Why(plan, service),
                    ]
            )
            .ToList();
        Tables.Write(Columns, rows, options.Output, terminal);
        return ExitCode.Done;
    }

    private static string Kind(ProjectKind kind) =>
        kind switch
        {
            ProjectKind.Descriptor => "project.yml",
            ProjectKind.ComposeFile => "Compose file",
            _ => "Dockerfile",
        };

    private static string? Why(Plan plan, PlannedService service) =>
        plan.Running.GetValueOrDefault(service.Key) switch
        {
            null => null,
            { Line: { } line } => $"{line.Span.File}:{line.Span.Line} `{line}`",
            { NeededBy: var other } => $"{other!.Address} needs it",
        };
}
