using System.Collections.Immutable;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>Another folder that a Compose project's name belongs to, by its containers, or by the data that they left.</summary>
internal sealed record NameHolder(string Folder, bool IsByData)
{
    /// <param name="project">The Compose project.</param>
    /// <param name="root">The workspace that wants the name.</param>
    /// <param name="containers">Every container on the engine.</param>
    /// <param name="data">Whose the volumes are.</param>
    /// <returns>Null where nobody else has the name.</returns>
    public static NameHolder? Find(string project, string root, ImmutableArray<Container> containers, ImmutableArray<DataOwner> data) =>
        containers.FirstOrDefault(container => container.IsElsewhere(project, root)) is { } foreign ? new NameHolder(foreign.Folder, false)
        : data.FirstOrDefault(owner => owner.Project == project && IsElsewhere(owner.Folder, root)) is { } owner ? new NameHolder(owner.Folder, true)
        : null;

    /// <summary>Whose data there are on the engine; asked for only where these services have any.</summary>
    public static async Task<ImmutableArray<DataOwner>> Owners(IEnumerable<PlannedService> services) =>
        services.Any(service => service.Declaration.HasVolumes) ? await DataOwners.List() : [];

    /// <summary>Says whose the data of these services are from now on, where they have any.</summary>
    public static async Task Claim(string project, string root, IEnumerable<PlannedService> services, ImmutableArray<DataOwner> data)
    {
        if (services.Any(service => service.Declaration.HasVolumes))
        {
            await DataOwners.Claim(project, root, data);
        }
    }

    // A workspace that was moved here, or deleted, no longer has a claim.
    private static bool IsElsewhere(string folder, string root) =>
        !RealPath.AreSame(folder, root) && new WorkspaceFiles(folder).Exists(Manifest.FileName);
}
