using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

internal enum ProjectKind
{
    /// <summary>A folder with <c>project.yml</c>.</summary>
    Descriptor,

    /// <summary>A folder with an ordinary Compose file.</summary>
    ComposeFile,

    /// <summary>A folder with only a Dockerfile.</summary>
    Dockerfile,

    /// <summary>A folder with files that describe a Python environment, or only notebooks.</summary>
    Python,
}

/// <summary>
/// A project: its path below <c>projects/</c> (with <c>/</c>), which is also how people address it, the file that makes
/// it one, and what that file says.
/// </summary>
internal sealed record Project(string Path, ProjectKind Kind, string File, Descriptor Descriptor)
{
    /// <summary>The folder, relative to the workspace.</summary>
    public string Folder => $"{Workspace.ProjectsFolder}/{Path}";

    /// <summary>How a service of this project is addressed: <c>project:service</c>.</summary>
    public string Address(string service) => $"{Path}:{service}";

    /// <summary>What there is to choose from: the members' paths, and the services that are the project's own.</summary>
    public IReadOnlyList<string> Addresses() =>
        [.. Descriptor.Services.Select(service => service.Member is { } member ? $"{Path}/{member}" : Address(service.Name)).Distinct()];
}

/// <summary>
/// One service that the manifest selects; <see cref="SelectedBy"/> is the line that does.
/// </summary>
internal readonly record struct SelectedService(Project Project, ServiceDeclaration Service, ManifestEntry SelectedBy);

/// <summary>
/// What a project (by its path) or a service (<c>project:service</c>) was called and what it is called now, and how that is
/// known, in words that stand in brackets.
/// </summary>
internal sealed record ProjectRename(string Old, string New, string Because)
{
    /// <summary>Whether a person says so: ports that the new name has by now then give way.</summary>
    public bool IsTold { get; init; }
}

/// <summary>
/// Everything that was read: all projects there are, in ordinal order of their paths, which of their services the
/// manifest selects, the settings, the lock and the templates that replace built-in ones (by file name).
/// </summary>
internal sealed record Workspace(string Root)
{
    public const string ProjectsFolder = "projects";

    public required ImmutableArray<Project> Projects { get; init; }

    public required ImmutableArray<SelectedService> Selected { get; init; }

    /// <summary>False where a project or a service could not be read: what names it is then not known to be wrong.</summary>
    public required bool IsComplete { get; init; }

    public required Settings Settings { get; init; }

    public required PortLock Lock { get; init; }

    /// <summary>What was renamed since the lock was written, as far as somebody says so or git shows it.</summary>
    public ImmutableArray<ProjectRename> Renames { get; init; } = [];

    /// <summary>Lines of the lock that a side of the last merge has, and the merge's result has not.</summary>
    public PortLock LostInMerge { get; init; } = PortLock.Empty;

    /// <summary>The Compose file that was generated last, where the lock beside it is not whole.</summary>
    public YamlMapping? Generated { get; init; }

    public required ImmutableDictionary<string, SourceText> Templates { get; init; }

    /// <summary>What is set for this checkout alone. Nothing that is committed depends on it.</summary>
    public LocalSettings Local { get; init; } = new();

    /// <summary>
    /// The Compose project: what the settings say, else what <c>docker compose</c> calls this folder; with the slot behind it
    /// where the checkout is not the machine's first.
    /// </summary>
    public string ComposeProject => ProjectName(Root, Settings, Local.Slot);

    /// <summary>What the workspace may be called, whichever slot it has.</summary>
    public static IEnumerable<string> ProjectNames(string root, Settings settings) =>
        Enumerable.Range(LocalSettings.FirstSlot, LocalSettings.LastSlot).Select(slot => ProjectName(root, settings, slot));

    public static string ProjectName(string root, Settings settings, int slot)
    {
        var name = settings.Name ?? (ComposeProjectName.Normalize(System.IO.Path.GetFileName(root)) is { Length: > 0 } own ? own : "workspace");
        return slot == LocalSettings.FirstSlot ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{slot}");
    }
}
