using ComposeGen.Diagnostics;
using ComposeGen.Output;

namespace ComposeGen.Cli;

/// <summary><c>enable</c> and <c>disable</c>: edits of <c>which-project</c> that touch none of its comments.</summary>
internal static class EnableCommand
{
    public static int Enable(EnableOptions options, Terminal terminal) =>
        Run(options, "enable", terminal, (change, name, bag) => change.Enable(name, bag));

    public static int Disable(DisableOptions options, Terminal terminal) =>
        Run(options, "disable", terminal, (change, name, bag) => change.Disable(name, bag));

    private static int Run(CommonOptions options, string command, Terminal terminal, Action<ManifestChange, string, DiagnosticBag> edit)
    {
        var names = options.Arguments.ToList();
        if (names.Count == 0)
        {
            terminal.Error.WriteLine($"composegen: `{command}` takes the name of a project");
            terminal.Error.WriteLine("  hint: composegen list shows them");
            return ExitCode.Wrong;
        }

        var bag = new DiagnosticBag();
        var files = Pipeline.Locate(options, bag);
        using var alone = files is null ? null : WorkspaceLock.ToWrite(files.Root, terminal.Error);
        if (files is not null && ManifestChange.Of(files, bag) is { } change)
        {
            names.ForEach(name => edit(change, name, bag));
            if (!bag.HasErrors && change.Write(bag, terminal.Error))
            {
                terminal.Report(bag, files);
                TellRest(command, files.Root, change, names, terminal);
                return ExitCode.Done;
            }
        }

        terminal.Report(bag, files);
        return ExitCode.Of(bag);
    }

    // What is wrong elsewhere is for the next `up` to say.
    private static void TellRest(string command, string root, ManifestChange change, List<string> names, Terminal terminal)
    {
        if (command == "disable" && !change.IsNone && Pipeline.Run(new Workspaces.WorkspaceFiles(root), new DiagnosticBag()) is { Plan: var plan })
        {
            var services = change.Services(names);
            foreach (var service in plan.Services.Where(service => services.Contains((service.Project.Path, service.Name))))
            {
                if (plan.Running[service.Key].NeededBy is { } other)
                {
                    terminal.Error.WriteLine($"{DiagnosticWriter.Visible(service.Label)} comes along all the same: {DiagnosticWriter.Visible(other.Label)} needs it");
                }
            }
        }

        if (!change.IsNone)
        {
            terminal.Error.WriteLine(command == "enable" ? "`composegen up` starts it" : "the next `composegen up` stops it");
        }
    }
}
