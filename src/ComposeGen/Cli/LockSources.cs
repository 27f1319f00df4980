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
/// beside a lock that is not whole, and git's history where projects went or came.
/// </summary>
internal static class LockSources
{
    /// <summary>The workspace with what was found.</summary>
    public static Workspace Complete(Workspace workspace, WorkspaceFiles files)
    {
        workspace = WithLostLines(WithGenerated(workspace, files), files);
        var renames = new LockRenames(workspace.Lock, workspace.Projects, PublishedPorts(workspace));
        var arrived = renames.Arrived.Concat(renames.Grown).Except(workspace.LostInMerge.Entries.Select(line => line.Key.Project)).ToList();
        return renames.Gone.Except(workspace.Renames.Select(rename => rename.Old)).Any() && arrived.Count > 0
            ? workspace with
            {
                Renames =
                [
                    .. workspace.Renames,
                    .. new Git(files.Root)
                        .Renames(Workspace.ProjectsFolder, [.. renames.Gone.Select(Folder)], [.. arrived.Select(Folder)])
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
            && files.Read(DockerCompose.FileName, new DiagnosticBag(), WorkspaceFiles.MaxGenerated) is { } source
            && GeneratedText.ComposeFile.Inspect(source.Text) is { HasHeader: true, IsUntouched: true }
            && YamlReader.Read(source, new DiagnosticBag(), YamlReader.MaxGenerated) is YamlMapping generated
        )
        {
            var damage = isMissing ? [Errors.LockMissing(PortLock.FileName, DockerCompose.FileName)] : workspace.Lock.Damage;
            return workspace with { Generated = generated, Lock = workspace.Lock with { Damage = damage, IsWhole = false } };
        }

        return workspace;
    }

    // Git merges a line away where one side took it out (`ports prune`, a rename) and the other has its project back, with the
    // line as it always was. What the last commit has is no loss of a merge's: somebody took it out since.
    private static Workspace WithLostLines(Workspace workspace, WorkspaceFiles files)
    {
        var known = workspace.Lock.Entries.Select(entry => entry.Key).ToHashSet();
        var git = new Git(files.Root);
        if (known.Count == 0 || PublishedPorts(workspace).All(known.Contains) || git.MergeSides() is not { IsEmpty: false } sides)
        {
            return workspace;
        }

        var before = sides.Select(At).ToList();
        var now = sides.Contains("HEAD") ? [workspace.Lock] : (PortLock[])[workspace.Lock, At("HEAD")];
        var keys = now.SelectMany(locked => locked.Entries).Select(entry => entry.Key).ToHashSet();
        var networks = now.SelectMany(locked => locked.Subnets).Select(subnet => subnet.Network).ToHashSet(StringComparer.Ordinal);
        return workspace with
        {
            LostInMerge = new PortLock([.. before.SelectMany(side => side.Entries).Where(entry => !keys.Contains(entry.Key))], [])
            {
                Subnets = [.. before.SelectMany(side => side.Subnets).Where(subnet => !networks.Contains(subnet.Network))],
            },
        };

        PortLock At(string revision) =>
            PortLock.Read(new SourceText(PortLock.FileName, git.Show(revision, PortLock.FileName) ?? string.Empty), new DiagnosticBag());
    }

    private static IEnumerable<PortKey> PublishedPorts(Workspace workspace) =>
        workspace.Projects.SelectMany(project =>
            project.Descriptor.Services.SelectMany(service => service.Ports.Select(port => new PortKey(project.Address(service.Name), port.Target)))
        );

    private static string Folder(string project) => $"{Workspace.ProjectsFolder}/{project}";

    private static string Path(string folder) => folder[(Workspace.ProjectsFolder.Length + 1)..];
}
