using System.Text.Json;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Processes;
using ComposeGen.Rendering;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli.Shells;

/// <summary>
/// The names that there are at this moment, looked for no further than somebody has typed: what is asked for at each keystroke
/// may not read a whole workspace. Whatever cannot be read names nothing.
/// </summary>
/// <param name="directory">Where to look for the workspace; null for the current folder.</param>
internal sealed class LiveNames(string? directory)
{
    // Whether a folder is a project or holds some takes a look into it, and nobody reads through more than this.
    private const int LookedInto = 500;

    private readonly WorkspaceFiles? _files = WorkspaceLoader.FindRoot(Path.GetFullPath(directory ?? ".")) is { } root ? new WorkspaceFiles(root) : null;

    /// <summary>
    /// Projects whose paths begin so, and folders of projects with a <c>/</c> behind them; of <c>project:</c> its services.
    /// </summary>
    public IEnumerable<string> Projects(string begun)
    {
        if (_files is null)
        {
            return [];
        }

        var colon = begun.IndexOf(':', StringComparison.Ordinal);
        var names = colon >= 0 ? Services(begun[..colon]) : Below(begun[..(begun.LastIndexOf('/') + 1)], begun);
        var found = names.Where(name => name.StartsWith(begun, StringComparison.Ordinal)).ToList();
        // There is but one way: it is gone as far as it leads.
        return found is [var only] && only[^1] == '/' && only != begun ? Projects(only) : found;
    }

    /// <summary>The templates that <c>new</c> knows.</summary>
    public IEnumerable<(string, string)> Kinds() =>
        Starters
            .All(_files, (_files is null ? new Settings() : WorkspaceLoader.LoadSettings(_files, new DiagnosticBag())).Templates.Path)
            .Values.Select(starter => (starter.Name, starter.About));

    /// <summary>The host ports in the lock, and who has each.</summary>
    public IEnumerable<(string, string)> Ports() => Lock.Entries.Select(port => ($"{port.Host}", port.Key.Service)).OrderBy(port => port.Item1, StringComparer.Ordinal);

    /// <summary>The projects that the lock knows, those that are gone among them.</summary>
    public IEnumerable<(string, string)> Locked() => Lock.Entries.Select(port => port.Key.Project).Distinct().Order(StringComparer.Ordinal).Select(project => (project, string.Empty));

    /// <summary>What git calls its branches and tags.</summary>
    public IEnumerable<(string, string)> Branches() => _files is null ? [] : new Git(_files.Root).Names().Select(name => (name, string.Empty));

    /// <summary>What <c>docker context ls</c> lists.</summary>
    public static IEnumerable<string> Contexts()
    {
        var folder = Path.Combine(EnginePlace.SettingsFolder, "contexts", "meta");
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "meta.json", SearchOption.AllDirectories) : [];
        return files.Select(Name).OfType<string>().Append("default").Order(StringComparer.Ordinal);
    }

    private PortLock Lock =>
        _files is not null && _files.Read(PortLock.FileName, new DiagnosticBag(), WorkspaceFiles.MaxLock) is { } source
            ? PortLock.Read(source, new DiagnosticBag())
            : PortLock.Empty;

    private IEnumerable<string> Below(string folder, string begun)
    {
        var place = $"{Workspace.ProjectsFolder}/{folder}".TrimEnd('/');
        var folders = _files!
            .ReadableEntries(place)
            .Where(entry => entry.IsFolder && entry.Name[0] != '.' && ProjectFinder.IsNameable(entry.Name) && (folder + entry.Name).StartsWith(begun, StringComparison.Ordinal))
            .Select(entry => entry.Name)
            .Order(StringComparer.Ordinal)
            .ToList();
        return folders.Select(name => folders.Count > LookedInto || Kind(folder + name) is not null ? folder + name : $"{folder}{name}/");
    }

    private IEnumerable<string> Services(string project)
    {
        if (Kind(project) is not var (file, kind))
        {
            return [];
        }

        var bag = new DiagnosticBag();
        var found = new FoundProject(project, kind, $"{Workspace.ProjectsFolder}/{project}/{file}");
        return ProjectLoader.Load(found, _files!, WorkspaceLoader.LoadSettings(_files!, bag), bag)?.Descriptor.Services.Select(service => $"{project}:{service.Name}") ?? [];
    }

    private (string File, ProjectKind Kind)? Kind(string project)
    {
        var place = $"{Workspace.ProjectsFolder}/{project}";
        return ProjectFinder.Kind(
            place,
            _files!.ReadableEntries(place).Where(entry => !entry.IsFolder).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal),
            new DiagnosticBag()
        );
    }

    private static string? Name(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return json.RootElement.TryGetProperty("Name", out var name) ? name.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // Docker itself complains of it.
            return null;
        }
    }
}
