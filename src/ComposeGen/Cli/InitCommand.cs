using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Processes;
using ComposeGen.Rendering;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>Makes a workspace of a folder: of a repository with projects in it, or of one that is empty.</summary>
internal static class InitCommand
{
    private const string FirstProject = "notebook";
    private const string FirstKind = "notebook";
    private const string Heading = "# Which projects run, one a line: a path below projects/, a glob such as course/*, or project:service.\n# `!name` leaves one out. `composegen list` shows what there is.\n";

    public static int Run(InitOptions options, Terminal terminal)
    {
        var root = Path.GetFullPath(options.Folder ?? options.Directory ?? ".");
        var bag = new DiagnosticBag();
        Directory.CreateDirectory(root);
        if (WorkspaceLoader.FindRoot(root) is { } there)
        {
            bag.Add(Errors.WorkspaceThere(there));
        }

        var git = new Git(root);
        var found = bag.HasErrors ? [] : RepositoryScan.Find(root, git.Ignored);
        var files = new WorkspaceFiles(root);
        if (found is [{ Folder: "" } itself, ..])
        {
            // A Dockerfile of the whole is in nobody's way where there are projects beside it.
            if (itself.Kind is ProjectKind.ComposeFile or ProjectKind.Descriptor || found.Length == 1)
            {
                bag.Add(Errors.ItselfProject(root, itself.File, Path.GetFileName(root)));
            }

            found = found.RemoveAt(0);
        }

        if (terminal.Report(bag, files))
        {
            return ExitCode.Wrong;
        }

        var isEmpty = found.IsEmpty && !new DirectoryInfo(root).EnumerateFileSystemInfos().Any(entry => entry.Name[0] != '.');
        var plan = InitPlan.Of(found, Text(files, InitPlan.GitIgnore, bag), isEmpty);
        Show(plan, root, isEmpty, terminal.Error);
        if (options.DryRun)
        {
            return ExitCode.Done;
        }

        var bringing = options.Bringing;
        if (bringing == Bringing.Undecided && plan.Elsewhere.Any())
        {
            bringing = Ask(plan, terminal);
            if (bringing == Bringing.Undecided)
            {
                bag.Add(Errors.ToBeDecided(plan.Elsewhere.Count()));
                terminal.Report(bag);
                return ExitCode.Wrong;
            }
        }

        return Write(plan, bringing, isEmpty, files, git, options.Folder, terminal);
    }

    private static void Show(InitPlan plan, string root, bool isEmpty, TextWriter output)
    {
        output.WriteLine($"{DiagnosticWriter.Visible(root)} becomes a workspace:");
        var rows = plan
            .Projects.Select(project => (project.Folder, project.IsThere ? $"is there ({project.Found.File})" : $"from {project.Found.Folder} ({project.Found.File})"))
            .ToList();
        if (isEmpty)
        {
            rows.Add(($"{Workspace.ProjectsFolder}/{FirstProject}", "a notebook with pandas and matplotlib to begin with"));
        }

        rows.Add((Manifest.FileName, rows.Count == 0 ? "names no project yet" : $"names {(rows.Count == 1 ? "it" : "them")}"));
        if (plan.Ignored.Length > 0)
        {
            rows.Add((InitPlan.GitIgnore, $"gains {string.Join(", ", plan.Ignored)}"));
        }

        var width = rows.Max(row => row.Item1.Length) + 2;
        rows.ForEach(row => output.WriteLine($"  {DiagnosticWriter.Visible(row.Item1).PadRight(width)}{DiagnosticWriter.Visible(row.Item2)}"));
    }

    private static Bringing Ask(InitPlan plan, Terminal terminal)
    {
        var count = plan.Elsewhere.Count();
        var answer = terminal.Ask(
            string.Create(CultureInfo.InvariantCulture, $"{count} of these {(count == 1 ? "is" : "are")} not in projects/: [m]ove {(count == 1 ? "it" : "them")} there, [l]ink (a small file there names the place), or [n]either? ")
        );
        return answer switch
        {
            "m" or "move" => Bringing.Move,
            "l" or "link" => Bringing.Link,
            "n" or "neither" => Bringing.Leave,
            _ => Bringing.Undecided,
        };
    }

    private static int Write(InitPlan plan, Bringing bringing, bool isEmpty, WorkspaceFiles files, Git git, string? folder, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        var texts = new List<OutputText>();
        var names = new List<string>();
        foreach (var project in plan.Projects)
        {
            if (project.IsThere || bringing == Bringing.Move)
            {
                if (!project.IsThere && !Move(project, files, git, terminal, bag))
                {
                    terminal.Report(bag, files);
                    return ExitCode.Of(bag);
                }

                names.Add(project.Path);
            }
            else if (bringing == Bringing.Link && project.IsLinkable)
            {
                texts.Add(InitLinks.Of(project, files));
                names.Add(project.Path);
            }
            else if (bringing == Bringing.Link)
            {
                bag.Add(Errors.NotLinkable(project.Found.Folder, "a folder of Python's"));
            }
        }

        var gitIgnore = Text(files, InitPlan.GitIgnore, bag);
        if (plan.Ignored.Length > 0)
        {
            var lines = plan.Ignored.Prepend("# what composegen and notebooks leave on this machine");
            texts.Add(new OutputText(InitPlan.GitIgnore, lines.Aggregate(gitIgnore, ManifestEditor.With)));
        }

        // Last: what is there by then is a workspace.
        texts.Add(new OutputText(Manifest.FileName, names.Aggregate(Heading, ManifestEditor.With)));
        texts.ForEach(text => Directory.CreateDirectory(Path.GetDirectoryName(files.FullPath(text.File))!));
        if (OutputFile.WriteAll(files, texts, bag))
        {
            texts.ForEach(text => terminal.Error.WriteLine($"wrote {DiagnosticWriter.Visible(text.File)}"));
        }

        if (!bag.HasErrors && isEmpty)
        {
            First(files, terminal, bag);
        }

        if (terminal.Report(bag, files))
        {
            return ExitCode.Of(bag);
        }

        var there = folder is null ? string.Empty : $"cd {folder} && ";
        terminal.Error.WriteLine(names.Count > 0 || isEmpty ? $"next: {there}composegen up" : $"next: {there}composegen new KIND NAME makes a project; `composegen new` shows the kinds");
        return ExitCode.Done;
    }

    private static void First(WorkspaceFiles files, Terminal terminal, DiagnosticBag bag)
    {
        var place = new NewPlace(FirstProject, null, true);
        if (NewCommand.Make(files, Starters.All(files, TemplatesFolder.Default.Path)[FirstKind], place, terminal, bag) && ManifestChange.Of(files, bag) is { } change)
        {
            change.Enable(FirstProject, bag);
            _ = change.Write(bag, TextWriter.Null);
        }
    }

    private static bool Move(BroughtProject project, WorkspaceFiles files, Git git, Terminal terminal, DiagnosticBag bag)
    {
        var (from, to) = (project.Found.Folder, project.Folder);
        Directory.CreateDirectory(Path.GetDirectoryName(files.FullPath(to))!);
        try
        {
            // What git does not know, or only in part, goes as it is.
            if (!git.Move(from, to))
            {
                Directory.Move(files.FullPath(from), files.FullPath(to));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Add(Errors.MoveFailed(from, to, e.Message));
            return false;
        }

        terminal.Error.WriteLine($"moved {DiagnosticWriter.Visible(from)} to {DiagnosticWriter.Visible(to)}");
        return true;
    }

    private static string Text(WorkspaceFiles files, string file, DiagnosticBag bag) =>
        files.Exists(file) && files.Read(file, bag) is { } source ? source.Text : string.Empty;
}
