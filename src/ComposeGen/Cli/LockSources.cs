using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Processes;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>
/// What else is committed that tells which port is whose, looked at only where the lock alone does not: the generated file
/// beside a lock that is not whole, and git's history where projects went and others came.
/// </summary>
internal static class LockSources
{
    /// <summary>The workspace with what was found.</summary>
    public static Workspace Complete(Workspace workspace, WorkspaceFiles files)
    {
        workspace = WithGenerated(workspace, files);
        var renames = new LockRenames(workspace.Lock, workspace.Projects, PublishedPorts(workspace));
        return renames.Gone.Except(workspace.Renames.Select(rename => rename.Old)).Any() && !renames.Arrived.IsEmpty
            ? workspace with
            {
                Renames =
                [
                    .. workspace.Renames,
                    .. new Git(files.Root)
                        .Renames(Workspace.ProjectsFolder, [.. renames.Gone.Select(Folder)], [.. renames.Arrived.Select(Folder)])
                        .Select(pair => new ProjectRename(Path(pair.Old), Path(pair.New), "git shows the same files"))
                        .Where(rename => !workspace.Renames.Any(known => known.Old == rename.Old || known.New == rename.New)),
                ],
            }
            : workspace;
    }

    private static Workspace WithGenerated(Workspace workspace, WorkspaceFiles files)
    {
        var isMissing = !files.Exists(PortLock.FileName);
        if (
            (isMissing || !workspace.Lock.IsWhole)
            && files.Exists(DockerCompose.FileName)
            && files.Read(DockerCompose.FileName, new DiagnosticBag()) is { } source
            && GeneratedText.ComposeFile.Inspect(source.Text) is { HasHeader: true, IsUntouched: true }
            && YamlReader.Read(source, new DiagnosticBag()) is YamlMapping generated
        )
        {
            var damage = isMissing ? [Errors.LockMissing(PortLock.FileName, DockerCompose.FileName)] : workspace.Lock.Damage;
            return workspace with { Generated = generated, Lock = workspace.Lock with { Damage = damage, IsWhole = false } };
        }

        return workspace;
    }

    private static IEnumerable<PortKey> PublishedPorts(Workspace workspace) =>
        workspace.Projects.SelectMany(project =>
            project.Descriptor.Services.SelectMany(service => service.Ports.Select(port => new PortKey(project.Address(service.Name), port.Target)))
        );

    private static string Folder(string project) => $"{Workspace.ProjectsFolder}/{project}";

    private static string Path(string folder) => folder[(Workspace.ProjectsFolder.Length + 1)..];
}
