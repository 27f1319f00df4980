using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>
/// What a name in a descriptor means: <c>db</c> a service of the same project, <c>other:db</c> one of another;
/// <c>apps/api</c> and <c>other/apps/api</c> the service of a member.
/// </summary>
internal sealed class ServiceNames
{
    private readonly Dictionary<string, PlannedService> _byAddress;
    private readonly Dictionary<string, Project> _projects;

    // Made for the first name that is not found, and asked for each after it.
    private readonly Dictionary<string, KnownNames> _ofProject = new(StringComparer.Ordinal);
    private readonly KnownNames _projectNames;

    private readonly bool _isComplete;

    /// <param name="services">Every service of every project.</param>
    /// <param name="isComplete">False where some could not be read; a name that is not found is then no news.</param>
    public ServiceNames(ImmutableArray<PlannedService> services, bool isComplete)
    {
        _isComplete = isComplete;
        _byAddress = new(services.Length, StringComparer.Ordinal);
        foreach (var service in services)
        {
            _byAddress.TryAdd(service.Address, service);
        }

        _projects = services
            .Select(service => service.Project)
            .DistinctBy(project => project.Path)
            .ToDictionary(project => project.Path, StringComparer.Ordinal);
        _projectNames = new KnownNames(_projects.Keys);
    }

    /// <summary>The service meant; null where there is none of that name.</summary>
    public PlannedService? Find(Project from, string name) =>
        _byAddress.GetValueOrDefault(name.Contains(':', StringComparison.Ordinal) ? name : from.Address(name)) ?? FindMember(from, name);

    /// <summary>The service meant; null, with a diagnostic unless the reference is optional, where there is none.</summary>
    public PlannedService? Resolve(Project from, ServiceReference reference, DiagnosticBag bag)
    {
        var service = Find(from, reference.Name);
        if (service is null && !reference.IsOptional && _isComplete && !bag.IsFull(reference.Span.File))
        {
            bag.Add(Unknown(from, reference));
        }

        return service;
    }

    private PlannedService? FindMember(Project from, string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            var named = Place(name[..colon])?.Named(name[(colon + 1)..]).ToList() ?? [];
            return named.Count == 1 ? _byAddress[Place(name[..colon])!.Value.Project.Address(named[0].Name)] : null;
        }

        return from.Descriptor.ServiceOfMember(name) is { } own ? _byAddress[from.Address(own)]
            : Place(name) is { Member: { } member, Project: var project } && project.Descriptor.ServiceOfMember(member) is { } service
                ? _byAddress[project.Address(service)]
            : null;
    }

    private SelectedPlace? Place(string path) =>
        _projects.TryGetValue(path, out var project) ? new SelectedPlace(project, null)
        : SelectedPlace.Split(path, _projects.ContainsKey) is var (above, member) ? new SelectedPlace(_projects[above], member)
        : null;

    private Diagnostic Unknown(Project from, ServiceReference reference)
    {
        var colon = reference.Name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            if (UnknownMember(from, reference) is { } unknown)
            {
                return unknown;
            }

            // Someone names a whole project: say how its services are written.
            return _projects.TryGetValue(reference.Name, out var whole)
                ? Errors.ProjectNotService(reference.Span, reference.Name, [.. whole.Descriptor.Services.Select(service => whole.Address(service.Name))])
                : Errors.UnknownService(
                    reference.Span,
                    reference.Name,
                    from.Path,
                    Known(from, reference.Name.Contains('/', StringComparison.Ordinal))
                );
        }

        var project = reference.Name[..colon];
        if (Place(project) is { Member: { } member } place)
        {
            var services = place.Services.Select(service => service.Name).ToList();
            return services.Count > 0
                ? Errors.UnknownService(reference.Span, reference.Name[(colon + 1)..], project, services)
                : Errors.UnknownMember(reference.Span, place.Project.Path, member, place.Project.Addresses());
        }

        return _projects.TryGetValue(project, out var named)
            ? Errors.UnknownService(reference.Span, reference.Name[(colon + 1)..], project, Known(named, withMembers: false))
            : Errors.UnknownProject(reference.Span, project, _projectNames);
    }

    // `apps/api` where that is a folder of members or has several services; `shop/wroker` in any project.
    private Diagnostic? UnknownMember(Project from, ServiceReference reference)
    {
        var name = reference.Name;
        var place = Place(name) is { Member: not null } other ? other : new SelectedPlace(from, name);
        var services = place.Services.Select(service => place.Project.Address(service.Name)).ToList();
        return services.Count > 0 ? Errors.MemberNotService(reference.Span, name, services)
            : place.Project != from ? Errors.UnknownMember(reference.Span, place.Project.Path, place.Member!, place.Project.Addresses())
            : null;
    }

    private KnownNames Known(Project project, bool withMembers)
    {
        var key = withMembers ? project.Path + "/" : project.Path;
        if (!_ofProject.TryGetValue(key, out var names))
        {
            var services = project.Descriptor.Services.Select(service => service.Name);
            _ofProject[key] = names = new KnownNames(withMembers ? services.Concat(project.Descriptor.MemberPaths) : services);
        }

        return names;
    }
}
