using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

internal static class ListCommand
{
    private static readonly string[] Columns = ["project", "kind", "service", "name in file", "selected", "why"];

    public static int Run(ListOptions options, Terminal terminal) => Tables.Write(Columns, Rows, options, terminal);

    private static IEnumerable<object?[]> Rows(Plan plan) =>
        plan
            .All.OrderBy(service => service.Project.Path, StringComparer.Ordinal)
            .Select(service =>
                (object?[])
                    [
                        service.Project.Path,
                        service.Declaration.Member is { } member ? $"member {member}" : Kind(service.Project.Kind),
                        service.Name,
                        service.Key,
                        plan.IsRunning(service),
                        Why(plan, service),
                    ]
            );

    private static string Kind(ProjectKind kind) =>
        kind switch
        {
            ProjectKind.Descriptor => "project.yml",
            ProjectKind.ComposeFile => "Compose file",
            ProjectKind.Python => "Python",
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
