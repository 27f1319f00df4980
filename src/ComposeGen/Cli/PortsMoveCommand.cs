using ComposeGen.Diagnostics;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>Says that a project, or a service, has another name now: it keeps the ports that it had under the old one.</summary>
internal static class PortsMoveCommand
{
    public static int Run(PortsMoveOptions options, Terminal terminal)
    {
        if (options.Arguments.ToList() is not [var old, var now])
        {
            terminal.Error.WriteLine("composegen: `ports move` takes two names: of a project that is gone, and of the one that it has become");
            terminal.Error.WriteLine("  hint: composegen ports move course/week1 course/week01");
            return ExitCode.Wrong;
        }

        var bag = new DiagnosticBag();
        var files = Pipeline.Locate(options, bag);
        using var alone = files is null ? null : WorkspaceLock.ToWrite(files.Root, terminal.Error);
        var rename = new ProjectRename(old, now, "as you say") { IsTold = true };
        var generated = files is null ? null : Pipeline.Run(files, bag, asked: null, rename);
        if (generated is not null)
        {
            Check(generated.Plan, rename, bag);
        }

        if (files is null || generated is null || bag.HasErrors)
        {
            terminal.Report(bag, files);
            return ExitCode.Of(bag);
        }

        return GenerateCommand.Write(files, generated, options, terminal, bag);
    }

    private static void Check(Plan plan, ProjectRename rename, DiagnosticBag bag)
    {
        var isService = rename.Old.Contains(':', StringComparison.Ordinal);
        var known = plan.All.Select(service => isService ? service.Address : service.Project.Path).ToHashSet(StringComparer.Ordinal);
        var held = plan.Workspace.Lock.Entries.Select(entry => isService ? entry.Key.Service : entry.Key.Project).ToHashSet(StringComparer.Ordinal);
        if (known.Contains(rename.Old))
        {
            bag.Add(Errors.StillThere(rename.Old));
        }
        else if (!held.Contains(rename.Old))
        {
            bag.Add(Errors.NoLines(rename.Old, [.. held.Except(known)]));
        }

        if (!known.Contains(rename.New))
        {
            bag.Add(Errors.NoSuchName(rename.New, known));
        }
    }
}
