using System.Text.Json.Nodes;
using ComposeGen.Manifests;
using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Docker.Semantics;

/// <summary>What a project's services, networks, volumes, … are called in the generated file, and the way back.</summary>
internal sealed class PartNames
{
    private readonly Dictionary<string, PlannedService> _services;
    private readonly Dictionary<(string Section, string Key), string> _resources = [];

    public PartNames(Plan plan, Project project, JsonObject original)
    {
        (Plan, Project, Original) = (plan, project, original);
        Addresses = new ServiceAddresses(plan);
        _services = plan.All.ToDictionary(service => service.Key, StringComparer.Ordinal);
        foreach (var section in Descriptor.ResourceSections)
        {
            // Compose leaves out a config that only a credential_spec names.
            var declared = project.Descriptor.Sections.GetValueOrDefault(section)?.Names ?? [];
            foreach (var name in (original[section] as JsonObject ?? []).Select(entry => entry.Key).Union(declared))
            {
                _resources[(section, ResourceKeys.For(project, section, name))] = name;
            }
        }
    }

    public Plan Plan { get; }

    public Project Project { get; }

    /// <summary>The key of the network that all projects share.</summary>
    public string SharedNetwork => Plan.Workspace.Settings.SharedNetwork;

    /// <summary>What Compose makes of the project's own file.</summary>
    public JsonObject Original { get; }

    public ServiceAddresses Addresses { get; }

    /// <summary>The services of this project that the generated file has to hold.</summary>
    public IEnumerable<PlannedService> Running => Plan.Services.Where(service => service.Project.Path == Project.Path);

    /// <summary>
    /// A project of one service needs no network of its own: what was Compose's default one for it is the shared one.
    /// </summary>
    public bool IsOnSharedAlone => !NetworkPlanner.HasOwnNetwork(Project);

    /// <summary>What the project itself calls a service; another project's keeps its address.</summary>
    public string Service(string key) =>
        !_services.TryGetValue(key, out var service) ? $"{key} (unknown)"
        : service.Project.Path == Project.Path ? service.Name
        : service.Address;

    public string Resource(string section, string key) => _resources.GetValueOrDefault((section, key), $"{key} (unknown)");

    /// <summary>The short names that a service has on its own networks, beside the aliases that its descriptor gives.</summary>
    public static IEnumerable<string> ShortNames(PlannedService service, string? containerName) =>
        new[] { service.Name, containerName }.OfType<string>().Where(name => name != service.Key);
}
