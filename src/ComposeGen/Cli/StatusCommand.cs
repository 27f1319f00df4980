using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Output;
using Spectre.Console;

namespace ComposeGen.Cli;

/// <summary>What is selected, and how it is, on one screen.</summary>
internal static class StatusCommand
{
    private static readonly string[] Columns = ["service", "state", "health", "since", "url"];

    private static readonly string[] Properties =
    [
        "service", "key", "selected", "state", "exit code", "health", "status", "running", "wanted", "one off", "urls",
    ];

    public static async Task<int> Run(StatusOptions options, Terminal terminal)
    {
        var (live, code) = await LiveWorkspace.Look(options, terminal);
        if (live is null)
        {
            return code;
        }

        var bag = new DiagnosticBag();
        var services = live.Named([.. options.Arguments], bag);
        if (!bag.HasErrors && live.Generated is null)
        {
            bag.AddAll(live.Problems.Sorted());
        }

        bag.AddAll(live.Former.Select(name => Errors.OtherSlotRuns(name, live.Project)));
        var isBroken = terminal.Report(bag, live.Files);
        if (isBroken && live.Generated is not null)
        {
            return ExitCode.Of(bag);
        }

        var rows = Rows(live, services);
        var links = await ServiceLink.Of(live);
        Write(live, rows, row => Urls(live, row, links), options.Output, terminal);
        var isFine = rows.All(row => row.IsFine || row.IsOneOff || !row.Service.IsSelected);
        return isFine && !isBroken ? ExitCode.Done : ExitCode.Wrong;
    }

    private static ImmutableArray<ServiceStatus> Rows(LiveWorkspace live, ImmutableArray<NamedService> services) =>
        [
            .. services
                .SelectMany(service =>
                {
                    var containers = live.ContainersOf(service).ToLookup(container => container.IsOneOff);
                    var own = service.IsSelected || containers[false].Any() ? [ServiceStatus.Of(service, containers[false], live.Generated?.Plan)] : (ServiceStatus[])[];
                    return own.Concat(containers[true].Where(container => container.IsRunning).Select(container => ServiceStatus.Of(service, [container], live.Generated?.Plan)));
                })
                .OrderByDescending(row => row.Service.IsSelected),
        ];

    private static ImmutableArray<string> Urls(LiveWorkspace live, ServiceStatus row, ILookup<string, ServiceLink> links) =>
        ServiceLink.Held(links[row.Service.Key], live.ContainersOf(row.Service).Where(container => container.IsRunning && container.IsOneOff == row.IsOneOff));

    private static void Write(LiveWorkspace live, ImmutableArray<ServiceStatus> rows, Func<ServiceStatus, ImmutableArray<string>> urls, OutputFormat format, Terminal terminal)
    {
        if (format == OutputFormat.Json)
        {
            Tables.Write(Properties, [.. rows.Select(row => Values(row, urls(row)))], format, terminal);
        }
        else
        {
            WriteTable([.. rows.Select(row => (object?[])[row.Service.Label, row.Shown, row.Health, row.Since, string.Join(' ', urls(row))])], rows, terminal);
            terminal.Out.WriteLine(Summary(rows));
            terminal.Out.Flush();
        }

        var orphans = rows.Where(row => !row.Service.IsSelected && !row.IsOneOff).Select(row => row.Service.Label).ToList();
        if (orphans.Count > 0)
        {
            terminal.Error.WriteLine($"not selected any more: {DiagnosticWriter.Visible(string.Join(", ", orphans))}; `composegen up` removes what is not selected");
        }

        if (live.Generated is { Compose: var compose } && OutputFile.CurrentBytes(live.Files, DockerCompose.FileName) is { } current && !OutputFile.IsSame(current, compose))
        {
            terminal.Error.WriteLine($"{DockerCompose.FileName} is not up to date: `composegen up` writes it and starts what changed");
        }
    }

    private static void WriteTable(List<object?[]> cells, ImmutableArray<ServiceStatus> rows, Terminal terminal)
    {
        // What the terminal has no room for would make two lines of each.
        var shown = Enumerable.Range(0, Columns.Length).ToList();
        if (terminal.IsOutWatched && Console.WindowWidth is > 0 and var width && Tables.Width(Columns, cells) > width)
        {
            shown.Remove(Array.IndexOf(Columns, "since"));
        }

        Tables.Write(
            [.. shown.Select(column => Columns[column])],
            [.. cells.Select(row => shown.Select(column => row[column]).ToArray())],
            OutputFormat.Table,
            terminal,
            (row, column) => Columns[shown[column]] is "state" or "health" ? ColorOf(rows[row]) : null
        );
    }

    private static Color ColorOf(ServiceStatus row) =>
        row.IsFine && row.Service.IsSelected ? (row.Health == "starting" ? Color.Olive : Color.Green)
        : row.IsFine ? Color.Olive
        : row.Kind is "restarting" or "paused" or "created" or "not created" ? Color.Olive
        : Color.Maroon;

    private static object?[] Values(ServiceStatus row, ImmutableArray<string> urls) =>
        [
            row.Service.Label,
            row.Service.Key,
            row.Service.IsSelected,
            row.State.Split(" (")[0],
            row.Exit,
            row.Health,
            row.Words,
            row.Running,
            row.Wanted,
            row.IsOneOff,
            urls,
        ];

    /// <summary><c>7 services: 6 running, 1 unhealthy</c>: each is counted once.</summary>
    public static string Summary(IEnumerable<ServiceStatus> rows)
    {
        var own = rows.Where(row => row.Service.IsSelected && !row.IsOneOff).ToList();
        var kinds = own.GroupBy(row => row.Kind).OrderByDescending(kind => kind.Key == "running").ThenBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Count()} {kind.Key}");
        return own.Count == 0 ? "0 services" : $"{GenerateCommand.Count(own.Count, "service")}: {string.Join(", ", kinds)}";
    }
}
