using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>Where a new project goes, or the executable of one.</summary>
/// <param name="Project">The project's path below <c>projects/</c>.</param>
/// <param name="Part">The executable's path in the project's folder; null where the project itself is new.</param>
/// <param name="IsWholeNew">Whether the project is not there yet.</param>
internal sealed record NewPlace(string Project, string? Part, bool IsWholeNew)
{
    /// <summary>Relative to the workspace.</summary>
    public string Folder => $"{Workspace.ProjectsFolder}/{Path}";

    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>What selects it in <c>which-project</c>.</summary>
    public string Selected => IsWholeNew ? Project : Path;

    private string Path => Part is null ? Project : $"{Project}/{Part}";

    /// <summary>The place that a name stands for; null with a diagnostic where nothing can be made there.</summary>
    public static NewPlace? Of(string name, Rendering.Starter starter, WorkspaceFiles files, DiagnosticBag bag)
    {
        const string Top = $"{Workspace.ProjectsFolder}/";
        var path = (name.StartsWith(Top, StringComparison.Ordinal) ? name[Top.Length..] : name).TrimEnd('/');
        if (path.Split('/') is var parts && !parts.All(part => part.Length > 0 && part[0] != '.' && part.Trim() == part && ProjectFinder.IsNameable(part)))
        {
            bag.Add(Errors.NoNameForNew(name));
            return null;
        }

        var folder = files.FullPath(Top + path);
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            bag.Add(Errors.PlaceTaken(Top + path));
            return null;
        }

        var above = SelectedPlace.Split(path, project => IsProject(files, project));
        if (!starter.IsPart)
        {
            if (above is var (project, _))
            {
                bag.Add(Errors.InsideProject(path, project));
            }

            return above is null ? new NewPlace(path, null, true) : null;
        }

        if (parts.Length == 1)
        {
            bag.Add(Errors.PartWithoutProject(starter.Name, path));
            return null;
        }

        return above is var (whole, part) ? Within(whole, part, files, bag) : new NewPlace(path[..path.LastIndexOf('/')], parts[^1], true);
    }

    // What a project does not say are its members would be a folder that nobody looks at.
    private static NewPlace? Within(string project, string part, WorkspaceFiles files, DiagnosticBag bag)
    {
        var place = $"{Workspace.ProjectsFolder}/{project}";
        var names = files.ReadableEntries(place).Where(entry => !entry.IsFolder).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var aside = new DiagnosticBag();
        var (file, kind) = ProjectFinder.Kind(place, names, aside)!.Value;
        var tree = kind == ProjectKind.Descriptor && files.Read($"{place}/{file}", bag) is { } source ? YamlReader.Read(source, aside) as YamlMapping : null;
        if (tree is not null && MemberPatterns.Read(tree, aside).Match([part]).Any())
        {
            return new NewPlace(project, part, false);
        }

        if (!bag.HasErrors)
        {
            bag.Add(Errors.NotTakenIn($"{place}/{file}", project, part, kind == ProjectKind.Descriptor));
        }

        return null;
    }

    private static bool IsProject(WorkspaceFiles files, string path) =>
        Directory.Exists(files.FullPath($"{Workspace.ProjectsFolder}/{path}"))
        && files.ReadableEntries($"{Workspace.ProjectsFolder}/{path}").Where(entry => !entry.IsFolder).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal) is var names
        && ProjectFinder.Kind(path, names, new DiagnosticBag()) is not null;
}
