using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
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
        var settings = workspace.Settings;
        ResourceKeys.Check(workspace.Projects, settings.SharedNetwork, bag);

        var needs = PortNeeds.Of(services, bag);
        var networks = NetworkNeeds.Of(services, settings.SharedNetwork);
        ImmutableArray<PortNeed> distinct = [.. needs.Values.DistinctBy(need => need.Key)];
        var (locked, news) = Lock(workspace, services, distinct, networks);
        var allocation = PortAllocator.Allocate(distinct, locked, settings.Ports, bag);
        var subnets = SubnetAllocator.Allocate(networks, locked, settings.Pool, bag);
        allocation = allocation.With(subnets) with { News = [.. news, .. allocation.News, .. subnets.News] };
        services =
        [
            .. services.Select(service =>
                service with
                {
                    Ports = PortNeeds.Published(service, needs, allocation.Hosts, settings.Ports),
                }
            ),
        ];

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
            Ports = allocation,
            Needs = distinct.ToImmutableDictionary(need => need.Key),
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

    // The lock as it was read, made up from what else is committed where it is not whole, with lines under today's names.
    private static (PortLock Lock, ImmutableArray<Diagnostic> News) Lock(
        Workspace workspace,
        ImmutableArray<PlannedService> services,
        ImmutableArray<PortNeed> needs,
        NetworkNeeds networks
    )
    {
        var locked = workspace.Generated is { } generated
            ? LockRecovery.Complete(workspace.Lock, generated, services, needs)
            : workspace.Lock;
        (locked, var found) = LostLines.Restore(locked, workspace.LostInMerge, needs, networks);
        var renames = new LockRenames(locked, workspace.Projects, needs.Select(need => need.Key));
        (locked, var news) = renames.Apply(workspace.Renames, networks.Networks);
        return (locked, [.. found, .. news]);
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
