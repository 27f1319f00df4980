using System.Collections.Immutable;
using ComposeGen.Manifests;
using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Compose;

/// <summary>Plan → <see cref="ComposeDocument"/>: a pure function.</summary>
internal static class ComposeBuilder
{
    public static ComposeDocument Build(Plan plan)
    {
        var services = plan.Services.ToImmutableArray();
        var used = services.Select(service => (Service: service, References: ResourceReferences.Collect(service.Declaration.Body))).ToList();
        var addresses = new ServiceAddresses(plan);
        return new ComposeDocument
        {
            Name = plan.Workspace.Settings.Name,
            Services = new ComposeServices(services, service => new ComposeService(service, ServiceBuilder.Build(plan, service, addresses.Of(service)))),
            Sections =
            [
                .. Descriptor
                    .ResourceSections.Select(section => (section, Resources(plan, section, used)))
                    .Where(section => section.Item2.Length > 0),
            ],
        };
    }

    // Only what a service that runs refers to: Compose creates nothing else either.
    private static ImmutableArray<YamlEntry> Resources(Plan plan, string section, List<(PlannedService Service, ImmutableArray<ResourceReference> References)> used)
    {
        var entries = new SortedDictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var (service, references) in used)
        {
            foreach (var (name, key) in Used(plan, section, service, references))
            {
                if (!entries.ContainsKey(key))
                {
                    var yaml = new YamlFactory(service.Project.Descriptor.Span);
                    var resource = name is null ? SharedNetwork(key, yaml) : Resource(plan, section, service.Project, name, yaml);
                    entries[key] = new YamlEntry(
                        yaml.Text(key),
                        section == "networks" ? NetworkSubnet.Add(plan, key, resource, yaml) : resource
                    );
                }
            }
        }

        return [.. entries.Values];
    }

    /// <summary>Names of a section's entries that a service uses, with the key that each has in the file; the shared network has no name.</summary>
    private static IEnumerable<(string? Name, string Key)> Used(
        Plan plan,
        string section,
        PlannedService service,
        ImmutableArray<ResourceReference> references
    )
    {
        var declared = references
            .Where(reference => reference.Section == section)
            .Select(reference => ((string?)reference.Name, ResourceKeys.For(service.Project, section, reference.Name)));
        if (section != "networks")
        {
            return declared;
        }

        var (own, shared) = (ResourceKeys.For(service.Project, "networks", "default"), plan.Workspace.Settings.SharedNetwork);
        return declared.Concat(
            NetworkPlanner
                .For(service, shared)
                .Where(membership => membership.Network == own || membership.Network == shared)
                .Select(membership => (membership.Network == own ? "default" : null, membership.Network))
        );
    }

    // The engine asks a container's networks for a name in the order of the networks' names, and takes the first answer.
    // `<project>_…` sorts before `<project>shared`, so a project's own `db` is found before somebody else's.
    private static YamlMapping SharedNetwork(string key, YamlFactory yaml) =>
        yaml.Map(("name", yaml.Text($"${{COMPOSE_PROJECT_NAME}}{key}")));

    private static YamlNode Resource(Plan plan, string section, Project project, string name, YamlFactory yaml)
    {
        var declared = project.Descriptor.Sections.GetValueOrDefault(section)?[name];
        if (declared is not YamlMapping map)
        {
            return yaml.Map();
        }

        // What exists outside of Compose is called as the descriptor calls it, whatever its key here.
        var isExternal = map["external"] is YamlScalar { Value: "true" or "True" or "TRUE" };
        var named =
            isExternal && !map.Contains("name")
                ? map with
                {
                    Entries = map.Entries.Add(new YamlEntry(yaml.Text("name"), yaml.Text(name))),
                }
                : map;
        return new VariableRewriter(plan.Variables.For(project)).Resource(
            section,
            new PathRebaser(project.Folder).Resource(section, named)
        );
    }
}
