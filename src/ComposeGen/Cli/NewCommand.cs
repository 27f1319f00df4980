using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Rendering;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>Makes a project, or an executable of one, from a template, and selects it.</summary>
internal static class NewCommand
{
    public static int Run(NewOptions options, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        // The kinds that are built in there are wherever one asks.
        var files = Pipeline.Locate(options, options.Kind is null ? new DiagnosticBag() : bag);
        var starters = Starters.All(files, files is null ? TemplatesFolder.Default.Path : WorkspaceLoader.LoadSettings(files, bag).Templates.Path);
        if (options.Kind is not { } kind)
        {
            WriteKinds(starters, terminal.Out);
            return ExitCode.Done;
        }

        if (options.Name is not { } name)
        {
            terminal.Error.WriteLine("composegen: `new` takes a kind and a name");
            terminal.Error.WriteLine($"  hint: composegen new {DiagnosticWriter.Visible(kind)} NAME; `composegen new` shows the kinds");
            return ExitCode.Wrong;
        }

        using var alone = files is null ? null : WorkspaceLock.ToWrite(files.Root, terminal.Error);
        if (files is not null && !starters.ContainsKey(kind))
        {
            bag.Add(Errors.UnknownKind(kind, [.. starters.Keys]));
        }
        else if (files is not null && NewPlace.Of(name, starters[kind], files, bag) is { } place && Make(files, starters[kind], place, terminal, bag))
        {
            Select(files, options, place, terminal, bag);
        }

        return terminal.Report(bag, files) ? ExitCode.Of(bag) : ExitCode.Done;
    }

    /// <summary>Writes the files of a new project; false with a diagnostic where that cannot be done.</summary>
    public static bool Make(WorkspaceFiles files, Starter starter, NewPlace place, Terminal terminal, DiagnosticBag bag)
    {
        var python = WorkspaceLoader.LoadSettings(files, new DiagnosticBag()).Python;
        var whole = Filled($"{Workspace.ProjectsFolder}/{place.Project}", file => Starter.IsOfWhole(file) && place.IsWholeNew);
        var own = Filled(place.Folder, file => !Starter.IsOfWhole(file));
        if (whole is null || own is null)
        {
            return false;
        }

        ImmutableArray<OutputText> texts = [.. whole, .. own, .. Schema(files, [.. whole, .. own])];
        foreach (var text in texts)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(files.FullPath(text.File))!);
        }

        if (!OutputFile.WriteAll(files, texts, bag))
        {
            return false;
        }

        foreach (var text in texts)
        {
            terminal.Error.WriteLine($"wrote {DiagnosticWriter.Visible(text.File)}");
        }

        return true;

        IEnumerable<OutputText>? Filled(string folder, Func<string, bool> isWanted) =>
            Starters.Fill(starter, Values(place, folder, python), isWanted, bag)?.Select(file =>
                new OutputText($"{folder}/{(Starter.IsOfWhole(file.Path) ? file.Path[Starter.WholeFolder.Length..] : file.Path)}", null) { Bytes = file.Content }
            );
    }

    /// <summary>What templates are given.</summary>
    private static Dictionary<string, string> Values(NewPlace place, string folder, string python) =>
        new(StringComparer.Ordinal)
        {
            ["name"] = place.Name,
            ["project"] = place.Project,
            ["folder"] = folder,
            ["python"] = python,
            ["schema"] = $"{string.Concat(folder.Split('/').Select(_ => "../"))}{ProjectSchema.Place}",
        };

    // Editors find it without a network, and the team's all have the same.
    private static IEnumerable<OutputText> Schema(WorkspaceFiles files, IReadOnlyCollection<OutputText> texts) =>
        !files.Exists(ProjectSchema.Place) && texts.Any(text => text.Bytes.AsSpan().IndexOf("$schema="u8) >= 0)
            ? [new OutputText(ProjectSchema.Place, ProjectSchema.Text())]
            : [];

    private static void Select(WorkspaceFiles files, NewOptions options, NewPlace place, Terminal terminal, DiagnosticBag bag)
    {
        if (options.NoEnable || ManifestChange.Of(files, bag) is not { } change)
        {
            return;
        }

        var selected = new DiagnosticBag();
        change.Enable(place.Selected, selected);
        // An exclusion that is stronger was meant.
        bag.AddAll(selected.Sorted().Select(problem => problem with { Severity = Severity.Warning }));
        if (change.Write(bag, terminal.Error))
        {
            terminal.Error.WriteLine($"next: composegen up {DiagnosticWriter.Visible(place.Selected)}");
        }
    }

    private static void WriteKinds(ImmutableSortedDictionary<string, Starter> starters, TextWriter output)
    {
        var width = starters.Keys.Max(name => name.Length) + 2;
        foreach (var starter in starters.Values)
        {
            output.WriteLine($"{DiagnosticWriter.Visible(starter.Name).PadRight(width)}{DiagnosticWriter.Visible(starter.About)}".TrimEnd());
        }
    }
}
