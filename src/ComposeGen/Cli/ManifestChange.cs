using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>What <c>enable</c>, <c>disable</c> and <c>new</c> make of <c>which-project</c>: lines taken out, and added at its end.</summary>
internal sealed class ManifestChange
{
    private readonly WorkspaceFiles _files;
    private readonly ImmutableArray<Project> _projects;
    private readonly OtherFolders _others;
    private readonly string _before;
    private string _text;
    private readonly List<string> _news = [];

    private ManifestChange(WorkspaceFiles files, SourceText source, ImmutableArray<Project> projects, OtherFolders others)
    {
        (_files, _projects, _others) = (files, projects, others);
        _before = _text = source.Text;
    }

    /// <summary>Whether there is anything to write.</summary>
    public bool IsNone => _text == _before;

    private Manifest Now => ManifestReader.Read(new SourceText(Manifest.FileName, _text), new DiagnosticBag());

    /// <summary>The manifest as it is; null with diagnostics where it cannot be read. What is wrong with projects is not said: it is not about them.</summary>
    public static ManifestChange? Of(WorkspaceFiles files, DiagnosticBag bag)
    {
        if (files.Read(Manifest.FileName, bag, WorkspaceFiles.MaxManifest) is not { } source)
        {
            return null;
        }

        _ = ManifestReader.Read(source, bag);
        if (bag.HasErrors)
        {
            return null;
        }

        var aside = new DiagnosticBag();
        var (projects, others) = WorkspaceLoader.LoadProjects(files, WorkspaceLoader.LoadSettings(files, aside), aside);
        return new ManifestChange(files, source, projects, others);
    }

    /// <summary>Selects what a name stands for, with a diagnostic where it is none or an exclusion is stronger.</summary>
    public void Enable(string name, DiagnosticBag bag)
    {
        if (Parse(name, bag) is not { } asked || Meant(asked, bag) is not { } meant)
        {
            return;
        }

        Remove(Now.Entries.Where(entry => entry.IsExclusion && IsSame(entry, asked)));
        if (IsSelected(asked, meant))
        {
            Tell($"{asked} is selected", onlyIfNone: true);
            return;
        }

        var exclusions = Now.Entries.Where(entry => entry.IsExclusion && LeavesOut(entry, asked, meant)).ToList();
        foreach (var exclusion in exclusions)
        {
            bag.Add(Errors.StillExcluded(exclusion.Span, name, exclusion.ToString()));
        }

        if (exclusions.Count == 0)
        {
            Add(asked.ToString());
        }
    }

    /// <summary>Selects what a name stands for no more.</summary>
    public void Disable(string name, DiagnosticBag bag)
    {
        if (Parse(name, bag) is not { } asked)
        {
            return;
        }

        // A line of a project that is gone can be taken out all the same.
        var hasLine = Now.Entries.Any(entry => !entry.IsExclusion && IsSame(entry, asked));
        var meant = Meant(asked, hasLine ? new DiagnosticBag() : bag) ?? [];
        if (bag.HasErrors)
        {
            return;
        }

        if (!hasLine && !IsAnySelected(asked, meant))
        {
            Tell($"{asked} is not selected");
            return;
        }

        Remove(Now.Entries.Where(entry => !entry.IsExclusion && (IsSame(entry, asked) || (asked.Service is null && entry.Project == asked.Project))));
        if (IsAnySelected(asked, meant))
        {
            Add($"!{asked}");
        }
    }

    /// <summary>Writes the manifest, and says what is different.</summary>
    /// <returns>False with a diagnostic where the machine does not let it.</returns>
    public bool Write(DiagnosticBag bag, TextWriter log)
    {
        if (!IsNone && !OutputFile.WriteAll(_files, [new OutputText(Manifest.FileName, _text)], bag))
        {
            return false;
        }

        _news.ForEach(log.WriteLine);
        return true;
    }

    /// <summary>What is asked for that would still be selected, or was a moment ago.</summary>
    public ImmutableHashSet<(string Project, string Service)> Services(IEnumerable<string> names) =>
        [.. names.Select(name => Parse(name, new DiagnosticBag())).OfType<ManifestEntry>().SelectMany(asked => Meant(asked, new DiagnosticBag()) ?? [])];

    private static ManifestEntry? Parse(string name, DiagnosticBag bag)
    {
        var problems = new DiagnosticBag();
        var entries = ManifestReader.Read(new SourceText("PROJECT", name), problems).Entries;
        bag.AddAll(problems.Sorted().Select(problem => problem with { Span = null }));
        if (entries is [{ IsExclusion: false } entry])
        {
            return entry;
        }

        if (!problems.HasErrors)
        {
            bag.Add(Errors.NotOneProject(name));
        }

        return null;
    }

    // The services that it stands for, none of a project that could not be read; null with a diagnostic where it is no name.
    private HashSet<(string Project, string Service)>? Meant(ManifestEntry asked, DiagnosticBag bag)
    {
        var problems = new DiagnosticBag();
        var named = Selection.With(asked, new Manifest([]), _projects, _others, problems);
        bag.AddAll(problems.Sorted());
        return problems.HasErrors ? null : [.. named.Select(selection => (selection.Project.Path, selection.Service.Name))];
    }

    private HashSet<(string Project, string Service)> Selected(Manifest manifest) =>
        [
            .. Selection
                .Apply(manifest, _projects, _others, new SourceText(Manifest.FileName, _text), new DiagnosticBag())
                .Select(selection => (selection.Project.Path, selection.Service.Name)),
        ];

    // Of one that could not be read only a line of its own is known.
    private bool IsSelected(ManifestEntry asked, HashSet<(string Project, string Service)> meant) =>
        meant.Count > 0 ? meant.IsSubsetOf(Selected(Now)) : Now.Entries.Any(entry => !entry.IsExclusion && IsSame(entry, asked));

    private bool IsAnySelected(ManifestEntry asked, HashSet<(string Project, string Service)> meant) =>
        meant.Count > 0 ? meant.Overlaps(Selected(Now)) : IsSelected(asked, meant);

    private bool LeavesOut(ManifestEntry exclusion, ManifestEntry asked, HashSet<(string Project, string Service)> meant) =>
        Selected(new Manifest([asked])) is var alone && !meant.IsSubsetOf(Selected(new Manifest([asked, exclusion]))) && meant.IsSubsetOf(alone);

    private static bool IsSame(ManifestEntry one, ManifestEntry other) => one.Project == other.Project && one.Service == other.Service;

    private void Add(string entry)
    {
        _text = ManifestEditor.With(_text, entry);
        Tell($"{Manifest.FileName}: added `{entry}`");
    }

    private void Remove(IEnumerable<ManifestEntry> entries)
    {
        var gone = entries.ToList();
        _text = ManifestEditor.Without(_text, gone);
        gone.ForEach(entry => Tell($"{Manifest.FileName}: took out `{entry}`"));
    }

    private void Tell(string news, bool onlyIfNone = false)
    {
        if (!onlyIfNone || _news.Count == 0)
        {
            _news.Add(DiagnosticWriter.Visible(news));
        }
    }
}
