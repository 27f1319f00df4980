using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>
/// What a name in a descriptor means: <c>db</c> a service of the same project, <c>other:db</c> one of another.
/// </summary>
internal sealed class ServiceNames
{
    private readonly Dictionary<string, PlannedService> _byAddress;
    private readonly HashSet<string> _projects;

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

        _projects = services.Select(service => service.Project.Path).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The service meant; null where there is none of that name.</summary>
    public PlannedService? Find(Project from, string name) =>
        _byAddress.GetValueOrDefault(name.Contains(':', StringComparison.Ordinal) ? name : from.Address(name));

    /// <summary>The service meant; null, with a diagnostic unless the reference is optional, where there is none.</summary>
    public PlannedService? Resolve(Project from, ServiceReference reference, DiagnosticBag bag)
    {
        var service = Find(from, reference.Name);
        if (service is null && !reference.IsOptional && _isComplete)
        {
            bag.Add(Unknown(from, reference));
        }

        return service;
    }

    private Diagnostic Unknown(Project from, ServiceReference reference)
    {
        var colon = reference.Name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            // Someone names a whole project: say how its services are written.
            var ofProject = _byAddress.Keys.Where(address => address.StartsWith(reference.Name + ":", StringComparison.Ordinal)).ToList();
            return ofProject.Count > 0
                ? Errors.ProjectNotService(reference.Span, reference.Name, ofProject)
                : Errors.UnknownService(
                    reference.Span,
                    reference.Name,
                    from.Path,
                    [.. from.Descriptor.Services.Select(service => service.Name)]
                );
        }

        var project = reference.Name[..colon];
        return _projects.Contains(project)
            ? Errors.UnknownService(reference.Span, reference.Name[(colon + 1)..], project, Services(project))
            : Errors.UnknownProject(reference.Span, project, _projects);
    }

    private List<string> Services(string project) =>
        [.. _byAddress.Values.Where(service => service.Project.Path == project).Select(service => service.Name)];
}
