using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>A service in a graph.</summary>
/// <param name="Planned">The service.</param>
/// <param name="IsSelected">Whether it runs.</param>
/// <param name="Networks">Keys of the networks that it is on.</param>
internal sealed record GraphService(PlannedService Planned, bool IsSelected, ImmutableArray<string> Networks)
{
    /// <summary>Where it is published, each once: <c>127.0.0.1:8080</c>, <c>0.0.0.0:5000-5010/udp</c>.</summary>
    public IEnumerable<string> Ports => Planned.Ports.Select(Place).Distinct();

    private static string Place(PublishedPort port) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(port.HostIp.Contains(':', StringComparison.Ordinal) ? $"[{port.HostIp}]" : port.HostIp)}:{port.Host}{(port.Request.Count > 1 ? $"-{port.Host + port.Request.Count - 1}" : string.Empty)}{(port.Request.Protocol == "tcp" ? string.Empty : $"/{port.Request.Protocol}")}"
        );
}

/// <summary>A project with those of its services that are in the graph.</summary>
internal sealed record GraphProject(string Path, ImmutableArray<GraphService> Services)
{
    /// <summary>The networks that all of its services are on, where they are on the same: else they are told service by service.</summary>
    public ImmutableArray<string>? Networks => Services.All(service => service.Networks.SequenceEqual(Services[0].Networks)) ? Services[0].Networks : null;

    /// <summary>What is said of networks beside the project's name, and beside a service's.</summary>
    public string Title => Networks is { Length: > 0 } networks ? Said(networks) : string.Empty;

    public string TitleOf(GraphService service) => Networks is null && service.Networks.Length > 0 ? Said(service.Networks) : string.Empty;

    private static string Said(ImmutableArray<string> networks) => $"{(networks.Length == 1 ? "network" : "networks")} {string.Join(", ", networks)}";
}

/// <summary>A service that refers to another.</summary>
/// <param name="From">Who needs.</param>
/// <param name="To">Who is needed.</param>
/// <param name="Label">The condition, where it is not that the other has started; or by what else than <c>depends_on</c> it refers.</param>
/// <param name="IsOptional">Whether it does without.</param>
internal sealed record GraphEdge(PlannedService From, PlannedService To, string Label, bool IsOptional);

/// <summary>A volume that several services use.</summary>
internal sealed record GraphVolume(string Key, ImmutableArray<PlannedService> Users);

/// <summary>What there is to draw of a plan; pure.</summary>
internal sealed record Graph(ImmutableArray<GraphProject> Projects, ImmutableArray<GraphEdge> Edges, ImmutableArray<GraphVolume> Volumes)
{
    public IEnumerable<GraphService> Services => Projects.SelectMany(project => project.Services);

    /// <param name="plan">The plan.</param>
    /// <param name="services">Those of its services that are drawn.</param>
    public static Graph Of(Plan plan, IEnumerable<PlannedService> services)
    {
        var drawn = services.ToDictionary(service => service.Key, StringComparer.Ordinal);
        var shared = plan.Workspace.Settings.SharedNetwork;
        return new Graph(
            [
                .. drawn
                    .Values.GroupBy(service => service.Project.Path)
                    .OrderBy(project => project.Key, StringComparer.Ordinal)
                    .Select(project => new GraphProject(
                        project.Key,
                        [
                            .. project
                                .OrderBy(service => service.Key, StringComparer.Ordinal)
                                .Select(service => new GraphService(service, plan.IsRunning(service), [.. NetworkPlanner.For(service, shared).Select(network => network.Network).Distinct()])),
                        ]
                    )),
            ],
            [.. drawn.Values.OrderBy(service => service.Key, StringComparer.Ordinal).SelectMany(service => EdgesOf(plan, service)).Where(edge => drawn.ContainsKey(edge.To.Key)).Distinct()],
            [
                .. drawn
                    .Values.SelectMany(service => VolumesOf(service).Select(key => (key, service)))
                    .GroupBy(pair => pair.key, pair => pair.service)
                    .Where(users => users.Count() > 1)
                    .OrderBy(users => users.Key, StringComparer.Ordinal)
                    .Select(users => new GraphVolume(users.Key, [.. users.OrderBy(user => user.Key, StringComparer.Ordinal)])),
            ]
        );
    }

    private static IEnumerable<GraphEdge> EdgesOf(Plan plan, PlannedService service) =>
        from entry in service.Declaration.Body.Entries
        from reference in ServiceReferences.Collect(new YamlMapping([entry], service.Declaration.Span))
        let to = plan.Names.Find(service.Project, reference.Name)
        where to is not null
        select new GraphEdge(service, to, entry.Name == "depends_on" ? Condition(entry.Value, reference.Name) : entry.Name, reference.IsOptional);

    private static string Condition(YamlNode dependencies, string name) =>
        ((dependencies as YamlMapping)?[name] as YamlMapping)?["condition"] is YamlScalar { Value: var condition }
            ? condition switch
            {
                "service_started" => string.Empty,
                "service_healthy" => "healthy",
                "service_completed_successfully" => "completed",
                _ => condition,
            }
            : string.Empty;

    private static IEnumerable<string> VolumesOf(PlannedService service) =>
        ResourceReferences
            .Collect(service.Declaration.Body)
            .Where(reference => reference.Section == "volumes")
            .Select(reference => ResourceKeys.For(service.Project, "volumes", reference.Name))
            .Distinct();
}
