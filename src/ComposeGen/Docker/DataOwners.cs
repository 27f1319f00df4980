using System.Collections.Immutable;
using ComposeGen.Workspaces;

namespace ComposeGen.Docker;

/// <summary>The folder whose data the volumes of a Compose project are.</summary>
internal sealed record DataOwner(string Project, string Folder);

/// <summary>
/// Whose data a Compose project's volumes are. They outlive <c>down</c>, and Compose labels containers with their folder, but
/// not volumes: another folder of the same name would take them over unasked, and its <c>down --volumes</c> remove them. So an
/// empty volume beside them has the folder as a label, and Compose's own for the project: <c>down --volumes</c>, which takes
/// the data, takes it too.
/// </summary>
internal static class DataOwners
{
    private const string Project = "com.docker.compose.project";
    private const string Folder = "composegen.folder";
    private const string Format = $$$"""[{{json (.Label "{{{Project}}}")}},{{json (.Label "{{{Folder}}}")}}]""";
    private static readonly string[] Question = ["volume", "ls", "--format", Format];

    /// <summary>The owners that are known, of the projects that have data.</summary>
    public static async Task<ImmutableArray<DataOwner>> List()
    {
        var volumes = await DockerClient.Lines(Question);
        return
        [
            .. volumes
                .Select(Parse)
                .GroupBy(volume => volume.Project)
                .Where(project => project.Key.Length > 0 && project.Any(volume => volume.Folder.Length == 0))
                .SelectMany(project => project.Where(volume => volume.Folder.Length > 0)),
        ];
    }

    /// <summary>Writes down that a Compose project's data are a folder's.</summary>
    public static async Task Claim(string project, string folder, ImmutableArray<DataOwner> known)
    {
        if (known.Any(owner => owner.Project == project && RealPath.AreSame(owner.Folder, folder)))
        {
            return;
        }

        // The labels of a volume cannot be changed, so it is made anew: nothing is in it, and no container uses it. An engine that
        // refuses that refuses Compose the volumes themselves too, and Compose says why.
        var name = $"{project}_composegen";
        await DockerClient.Ask(["volume", "rm", "--force", name]);
        await DockerClient.Ask(
            ["volume", "create", "--label", $"{Project}={project}", "--label", "com.docker.compose.volume=composegen", "--label", $"{Folder}={folder}", name]
        );
    }

    private static DataOwner Parse(string line) =>
        DockerClient.Read(Question, line, root => new DataOwner(root[0].GetString()!, root[1].GetString()!));
}
