using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>
/// Carries the lock's lines of a project over to what it is called now. A rename is taken for one where somebody says so,
/// where git shows it (<see cref="Workspace.Renames"/>), or where the lock itself does: a project that is gone and one that
/// is there hold the same host port for the same service, as after the merge of a branch that renamed it. Elsewhere the
/// user is told how to say it.
/// </summary>
internal sealed class LockRenames
{
    private readonly PortLock _locked;
    private readonly ILookup<string, PortLockEntry> _lines;
    private readonly ILookup<int, PortLockEntry> _byHost;
    private readonly ILookup<string, PortKey> _needs;
    private readonly Dictionary<string, Project> _projects;

    /// <param name="locked">The lock as it was read.</param>
    /// <param name="projects">Every project that there is.</param>
    /// <param name="needs">Every published port of theirs.</param>
    public LockRenames(PortLock locked, ImmutableArray<Project> projects, IEnumerable<PortKey> needs)
    {
        _locked = locked;
        _lines = locked.Entries.ToLookup(entry => entry.Key.Project, StringComparer.Ordinal);
        _needs = needs.ToLookup(key => key.Project, StringComparer.Ordinal);
        _projects = projects.ToDictionary(project => project.Path, StringComparer.Ordinal);
        // Only of projects that are there: a lock may have any number of lines for one port.
        _byHost = locked.Entries.Where(entry => _projects.ContainsKey(entry.Key.Project)).ToLookup(entry => entry.Host);
    }

    /// <summary>Projects that have lines and are not there, sorted.</summary>
    public ImmutableArray<string> Gone => [.. _lines.Select(lines => lines.Key).Where(path => !_projects.ContainsKey(path)).Order(StringComparer.Ordinal)];

    /// <summary>Projects that publish ports and have no line at all, sorted.</summary>
    public ImmutableArray<string> Arrived => [.. _needs.Select(needs => needs.Key).Where(path => !_lines.Contains(path)).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Projects that have lines, but none for something that one which is gone has a line for: one branch renamed it, another
    /// added to it, and git brought these together.
    /// </summary>
    public ImmutableArray<string> Grown
    {
        get
        {
            var gone = Gone.SelectMany(path => _lines[path]).ToLookup(line => line.Key.Target, line => line.Key);
            var held = _locked.Entries.Select(entry => entry.Key).ToHashSet();
            return
            [
                .. _needs
                    .Where(needs => _lines.Contains(needs.Key) && needs.Any(key => !held.Contains(key) && gone[key.Target].Any(old => Renamed(old, old.Project, needs.Key) == key)))
                    .Select(needs => needs.Key)
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>The lock with the lines of renamed projects carried over, and what there is to say of it.</summary>
    /// <param name="known">What somebody says, or git shows.</param>
    /// <param name="networks">The networks that are there, by key: a project's subnets go with it.</param>
    public (PortLock Lock, ImmutableArray<Diagnostic> News) Apply(ImmutableArray<ProjectRename> known, IReadOnlySet<string> networks)
    {
        var renames = known.ToList();
        var locked = renames.Aggregate(_locked, (current, rename) => Carry(current, rename, networks, keepsOwn: !rename.IsTold));
        foreach (var gone in Gone.Except(known.Select(rename => rename.Old)))
        {
            if (Continued(gone) is var (path, host))
            {
                renames.Add(new ProjectRename(gone, path, string.Create(CultureInfo.InvariantCulture, $"both have host port {host} in the lock")));
                locked = Carry(locked, renames[^1], networks, keepsOwn: true);
            }
        }

        return (
            locked,
            [
                .. renames.Select(rename => Errors.Renamed(Place(rename.New), rename.Old, rename.New, rename.Because)),
                .. MaybeRenamed(renames),
            ]
        );
    }

    private IEnumerable<Diagnostic> MaybeRenamed(List<ProjectRename> renames)
    {
        var (olds, news) = (renames.Select(rename => rename.Old), renames.Select(rename => rename.New));
        var shapes = Gone.Except(olds).ToLookup(gone => Shape(gone, _lines[gone].Select(line => line.Key)), StringComparer.Ordinal);
        var projects = Arrived
            .Except(news)
            .Select(arrived => (Project: arrived, Name: arrived, Gone: shapes[Shape(arrived, _needs[arrived])].ToList()));
        var services = _needs.Where(needs => _lines.Contains(needs.Key) && !news.Contains(needs.Key)).SelectMany(needs => RenamedServices(needs.Key));
        return projects
            .Concat(services)
            .Where(renamed => renamed.Gone.Count > 0)
            .Select(renamed => Errors.MaybeRenamed(Place(renamed.Project), renamed.Name, renamed.Gone));
    }

    // Services of one project that have no line, with those that have lines and publish nothing any more, if just the same.
    private IEnumerable<(string Project, string Name, List<string> Gone)> RenamedServices(string path)
    {
        var lines = _lines[path].Select(line => line.Key).ToLookup(key => key.Service, StringComparer.Ordinal);
        var needs = _needs[path].ToLookup(key => key.Service, StringComparer.Ordinal);
        return needs
            .Where(service => !lines.Contains(service.Key))
            .Select(service =>
                (path, service.Key, lines.Where(gone => !needs.Contains(gone.Key) && Targets(gone) == Targets(service)).Select(gone => gone.Key).ToList())
            );
    }

    private static string Targets(IEnumerable<PortKey> keys) =>
        string.Join(' ', keys.Select(key => (key.Target, key.Ordinal)).Order());

    // What a project publishes, whatever its folder is called.
    private static string Shape(string path, IEnumerable<PortKey> keys) =>
        string.Join(
            '\n',
            keys.Select(key => key with { Service = key.Name == FolderName(path) ? string.Empty : key.Name })
                .OrderBy(key => key.Service, StringComparer.Ordinal)
                .ThenBy(key => key.Target)
                .ThenBy(key => key.Ordinal)
                .Select(key => string.Create(CultureInfo.InvariantCulture, $"{key.Service} {key.Target}#{key.Ordinal}"))
        );

    // The project that holds one of these ports for the same service, where it is one.
    private (string Path, int Host)? Continued(string gone)
    {
        var found = _lines[gone]
            .SelectMany(line =>
                _byHost[line.Host]
                    .Where(other => Renamed(line.Key, gone, other.Key.Project) == other.Key)
            )
            .DistinctBy(other => other.Key.Project)
            .ToList();
        return found is [var only] ? (only.Key.Project, only.Host) : null;
    }

    private PortLock Carry(PortLock locked, ProjectRename rename, IReadOnlySet<string> networks, bool keepsOwn)
    {
        var isService = rename.Old.Contains(':', StringComparison.Ordinal);
        PortKey? Now(PortKey key) =>
            isService ? (key.Service == rename.Old ? key with { Service = rename.New } : null)
            : key.Project == rename.Old ? Renamed(key, rename.Old, rename.New)
            : null;

        var own = keepsOwn ? locked.Entries.Select(entry => entry.Key).ToHashSet() : [];
        var carried = locked.Entries.Where(entry => Now(entry.Key) is not null).Select(entry => entry with { Key = Now(entry.Key)!.Value }).Where(entry => !own.Contains(entry.Key)).ToList();
        var keys = carried.Select(entry => entry.Key).ToHashSet();
        var others = locked.Entries.Where(entry => Now(entry.Key) is null && !keys.Contains(entry.Key));
        return locked with
        {
            Entries = [.. others, .. carried],
            Subnets = isService ? locked.Subnets : [.. Subnets(locked, rename, networks)],
        };
    }

    private static IEnumerable<SubnetLockEntry> Subnets(PortLock locked, ProjectRename rename, IReadOnlySet<string> networks)
    {
        var (old, now) = (ServiceKeys.Slug(rename.Old), ServiceKeys.Slug(rename.New));
        var held = locked.Subnets.Select(subnet => subnet.Network).ToHashSet(StringComparer.Ordinal);
        foreach (var subnet in locked.Subnets)
        {
            var isIts = subnet.Network == old || subnet.Network.StartsWith(old + "-", StringComparison.Ordinal);
            var moved = isIts && !networks.Contains(subnet.Network) ? now + subnet.Network[old.Length..] : subnet.Network;
            yield return networks.Contains(moved) && !held.Contains(moved) ? subnet with { Network = moved } : subnet;
        }
    }

    // A service without a name of its own is called like its project's folder.
    private PortKey Renamed(PortKey key, string old, string now)
    {
        var isNamedAfter = key.Name == FolderName(old) && _projects.GetValueOrDefault(now) is { } project && !Has(project, key.Name);
        return key with { Service = $"{now}:{(isNamedAfter ? FolderName(now) : key.Name)}" };
    }

    private static bool Has(Project project, string service) => project.Descriptor.Services.Any(own => own.Name == service);

    private static string FolderName(string path) => MemberNames.ServiceName(path[(path.LastIndexOf('/') + 1)..]);

    // What is asked for by a command has no place in a file, nor has a service.
    private SourceSpan? Place(string path) => _projects.GetValueOrDefault(path)?.Descriptor.Span;
}
