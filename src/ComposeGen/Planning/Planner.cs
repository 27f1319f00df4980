using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>Workspace → <see cref="Plan"/>: a pure function of what was read.</summary>
internal static class Planner
{
    public static Plan Plan(Workspace workspace, DiagnosticBag bag)
    {
        ImmutableArray<PlannedService> services =
        [
            .. workspace
                .Projects.SelectMany(project =>
                    project.Descriptor.Services.Select(service => new PlannedService(
                        ServiceKeys.For(project, service.Name),
                        project,
                        service
                    ))
                )
                .OrderBy(service => service.Key, StringComparer.Ordinal)
                .ThenBy(service => service.Address, StringComparer.Ordinal),
        ];
        ServiceKeys.Check(services, bag);
        ResourceKeys.Check(workspace.Projects, bag);

        var needs = PortNeeds.Of(services, bag);
        var allocation = PortAllocator.Allocate(needs.Values.DistinctBy(need => need.Key), workspace.Lock, bag);
        var subnets = SubnetAllocator.Allocate(NetworkNeeds.Of(services), workspace.Lock, workspace.Settings.Pool, bag);
        services = [.. services.Select(service => service with { Ports = PortNeeds.Published(service, needs, allocation.Hosts) })];

        var names = new ServiceNames(services, workspace.IsComplete);
        var graph = new DependencyGraph(services, names, bag);
        graph.CheckCycles(services, bag);
        ReferenceCheck.Check(services, bag);
        var running = Running(workspace, names, graph);
        if (!bag.HasErrors)
        {
            ServiceKeys.CheckShortNames(services.Where(service => running.ContainsKey(service.Key)), bag);
        }

        foreach (var service in services)
        {
            if (running.GetValueOrDefault(service.Key) is { NeededBy: { } other } && other.Project != service.Project)
            {
                bag.Add(Errors.BroughtAlong(service.Address, other.Address));
            }
        }

        return new Plan(workspace)
        {
            All = services,
            Running = running,
            Names = names,
            Dependencies = graph,
            Ports = allocation.With(subnets),
            SharedBuilds = BuildGroups.Find(services, [.. services.Where(service => running.ContainsKey(service.Key))]),
            Variables = VariableNames.Of(workspace.Projects, bag),
            AddressNames = AddressNames.Of(services, bag),
            Started =
            [
                .. graph
                    .Closure(
                        services.Where(service =>
                            running.TryGetValue(service.Key, out var reason)
                            && (!service.Declaration.Body.Contains("profiles") || reason.Line?.Service is not null)
                        )
                    )
                    .Keys,
            ],
        };
    }

    private static ImmutableSortedDictionary<string, PlanReason> Running(Workspace workspace, ServiceNames names, DependencyGraph graph)
    {
        // Two services of one key have been reported; they are one here.
        var selected = workspace
            .Selected.Select(selection => (names.Find(selection.Project, selection.Service.Name)!.Key, selection.SelectedBy))
            .DistinctBy(selection => selection.Key)
            .ToDictionary(selection => selection.Key, selection => selection.SelectedBy, StringComparer.Ordinal);
        return graph
            .Closure(workspace.Selected.Select(selection => names.Find(selection.Project, selection.Service.Name)!))
            .ToImmutableSortedDictionary(
                pair => pair.Key,
                pair => new PlanReason(selected.GetValueOrDefault(pair.Key), pair.Value),
                StringComparer.Ordinal
            );
    }
}
