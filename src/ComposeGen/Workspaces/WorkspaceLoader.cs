using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>Folders and files → <see cref="Workspace"/>.</summary>
internal static class WorkspaceLoader
{
    /// <summary>The nearest folder from <paramref name="start"/> upward that holds <c>which-project</c>; null where none does.</summary>
    public static string? FindRoot(string start) => Find(start, Manifest.FileName);

    /// <summary>The same, and where there is none, the nearest that holds the lock: a workspace that has lost its manifest.</summary>
    public static string? FindRootOrRemains(string start) => FindRoot(start) ?? Find(start, PortLock.FileName);

    private static string? Find(string start, string file)
    {
        for (var folder = new DirectoryInfo(Path.GetFullPath(start)); folder is not null; folder = folder.Parent)
        {
            if (Path.Exists(Path.Combine(folder.FullName, file)))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    /// <summary>What the settings file says; the defaults where there is none, or with diagnostics where it is wrong.</summary>
    public static Settings LoadSettings(WorkspaceFiles files, DiagnosticBag bag) =>
        files.Exists(Settings.FileName) && files.Read(Settings.FileName, bag) is { } source ? Settings.Read(source, bag) : new Settings();

    /// <summary>What is made of warnings; what else is wrong with the settings is said where they are read.</summary>
    public static WarningPolicy LoadWarnings(WorkspaceFiles files) => LoadSettings(files, new DiagnosticBag()).Warnings;

    /// <summary>What is set for this checkout alone, likewise.</summary>
    public static LocalSettings LoadLocal(WorkspaceFiles files, DiagnosticBag bag) =>
        files.Exists(LocalSettings.FileName) && files.Read(LocalSettings.FileName, bag) is { } source
            ? LocalSettings.Read(source, bag)
            : new LocalSettings();

    /// <summary>Everything; null with diagnostics where the manifest itself cannot be read.</summary>
    /// <param name="files">The workspace's.</param>
    /// <param name="bag">Takes every problem found.</param>
    /// <param name="asked">Selected whatever the manifest says, whose own mistakes then do not matter.</param>
    public static Workspace? Load(WorkspaceFiles files, DiagnosticBag bag, ManifestEntry? asked = null)
    {
        var manifestBag = asked is null ? bag : new DiagnosticBag();
        var source = files.Read(Manifest.FileName, manifestBag, WorkspaceFiles.MaxManifest);
        if (source is null && asked is null)
        {
            return null;
        }

        source ??= new SourceText(Manifest.FileName, string.Empty);
        var manifest = ManifestReader.Read(source, manifestBag);
        var settings = LoadSettings(files, bag);
        var (projects, others) = LoadProjects(files, settings, bag);
        return new Workspace(files.Root)
        {
            Projects = projects,
            Selected = asked is null
                ? Selection.Apply(manifest, projects, others, source, bag)
                : Selection.With(asked, manifest, projects, others, bag),
            IsComplete = others.Broken.Count == 0 && projects.All(project => project.Descriptor.IsComplete),
            Settings = settings,
            Local = LoadLocal(files, bag),
            Lock =
                files.Exists(PortLock.FileName) && files.Read(PortLock.FileName, bag, WorkspaceFiles.MaxLock) is { } locked
                    ? PortLock.Read(locked, bag)
                    : PortLock.Empty,
            Templates = TemplateFiles.Load(files, settings.Templates, bag),
        };
    }

    /// <summary>All projects, in ordinal order of their paths, and the folders that are none or could not be read.</summary>
    public static (ImmutableArray<Project> Projects, OtherFolders Others) LoadProjects(
        WorkspaceFiles files,
        Settings settings,
        DiagnosticBag bag
    )
    {
        var (found, groups) = ProjectFinder.Find(files, bag);
        // Descriptors are read side by side, each with a bag of its own, so that the outcome does not depend on who finishes first.
        var bags = new DiagnosticBag[found.Count];
        var loaded = new Project?[found.Count];
        Together.For(found.Count, i => loaded[i] = ProjectLoader.Load(found[i], files, settings, bags[i] = new DiagnosticBag()));
        foreach (var own in bags)
        {
            bag.AddAll(own.Sorted());
        }

        var broken = found.Where((_, i) => loaded[i] is null).Select(project => project.Path);
        return ([.. loaded.OfType<Project>()], new OtherFolders(broken.ToHashSet(StringComparer.Ordinal), groups));
    }
}
