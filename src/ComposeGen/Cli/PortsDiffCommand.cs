using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Processes;

namespace ComposeGen.Cli;

/// <summary>The ports that there are now beside those of a git revision. A guard for CI: what has a port keeps it.</summary>
internal static class PortsDiffCommand
{
    private static readonly string[] Columns = ["service", "target", "before", "now", "change"];

    public static int Run(PortsDiffOptions options, Terminal terminal)
    {
        if (options.Arguments.FirstOrDefault() is not { } revision)
        {
            terminal.Error.WriteLine("composegen: `ports diff` takes a git revision to compare with");
            terminal.Error.WriteLine("  hint: composegen ports diff origin/main");
            return ExitCode.Wrong;
        }

        var bag = new DiagnosticBag();
        var (files, generated) = Pipeline.Run(options, bag);
        var before = files is null ? null : Read(new Git(files.Root), revision, bag);
        if (terminal.Report(bag, files) || generated is null || before is null)
        {
            return ExitCode.Of(bag);
        }

        List<object?[]> rows = [.. Rows(before, generated.Plan.Ports.Lock)];
        if (rows.Count == 0 && options.Output == OutputFormat.Table)
        {
            terminal.Error.WriteLine($"every port is what it was at {DiagnosticWriter.Visible(revision)}");
            return ExitCode.Done;
        }

        Tables.Write(Columns, rows, options.Output, terminal);
        var moved = rows.Count(row => row[^1] is "moved");
        if (moved > 0)
        {
            terminal.Error.WriteLine($"{GenerateCommand.Count(moved, "port")} moved since {DiagnosticWriter.Visible(revision)}");
        }

        return moved > 0 ? ExitCode.Wrong : ExitCode.Done;
    }

    private static PortLock? Read(Git git, string revision, DiagnosticBag bag)
    {
        if (!git.IsRepository)
        {
            bag.Add(Errors.NoRepository(git.LastError));
        }
        else if (git.Show(revision, PortLock.FileName) is { } text)
        {
            return PortLock.Read(new SourceText($"{revision}:{PortLock.FileName}", text), bag);
        }
        else
        {
            bag.Add(Errors.NoRevision(revision));
        }

        return null;
    }

    private static IEnumerable<object?[]> Rows(PortLock before, PortLock now)
    {
        var old = before.Entries.DistinctBy(entry => entry.Key).ToDictionary(entry => entry.Key);
        var entries = now.Entries.ToDictionary(entry => entry.Key);
        return old
            .Keys.Union(entries.Keys)
            .Order()
            .Select(key => (Key: key, Old: old.GetValueOrDefault(key), Now: entries.GetValueOrDefault(key)))
            .Where(pair => pair.Old?.Host != pair.Now?.Host || pair.Old?.Count != pair.Now?.Count)
            .Select(pair =>
                (object?[])
                    [
                        pair.Key.Service,
                        PortLockEntry.Range(pair.Key.Target, (pair.Now ?? pair.Old)!.Count),
                        Host(pair.Old),
                        Host(pair.Now),
                        Change(pair.Old, pair.Now),
                    ]
            );
    }

    private static string? Host(PortLockEntry? entry) => entry is null ? null : PortLockEntry.Range(entry.Host, entry.Count);

    private static string Change(PortLockEntry? old, PortLockEntry? now) =>
        (old, now) switch
        {
            (null, _) => "new",
            (_, null) => "gone",
            _ when old.Host != now.Host => "moved",
            _ => old.Count < now.Count ? "more" : "fewer",
        };
}
