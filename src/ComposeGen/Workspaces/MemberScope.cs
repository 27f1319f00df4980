using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>A folder that has members or is one, and what its files and the Dockerfiles above it make of it.</summary>
/// <param name="path">The folder's path below <c>projects/</c>.</param>
/// <param name="files">The workspace's files.</param>
/// <param name="parent">The folder whose member this is; null for the project.</param>
internal sealed class MemberScope(string path, WorkspaceFiles files, MemberScope? parent = null)
{
    private readonly Lazy<(SourceText Source, IReadOnlyList<DockerfileStage> Stages)?> _dockerfile = new(() => ReadDockerfile(path, files));

    public string Path => path;

    /// <summary>The folder, relative to the workspace.</summary>
    public string Folder => $"{Workspace.ProjectsFolder}/{path}";

    public MemberScope Below(string member) => new($"{path}/{member}", files, this);

    /// <summary>
    /// The file that makes the folder a member. A Compose file does not: where a Dockerfile has one beside it, that is for
    /// working on the one program, and would bring its database once more.
    /// </summary>
    public (string File, ProjectKind Kind)? Kind(DiagnosticBag bag)
    {
        var present = Present(files, Folder).ToHashSet(StringComparer.Ordinal);
        return ProjectFinder.Kind(Folder, present, bag) is var (file, kind) ? ($"{Folder}/{file}", kind) : null;
    }

    /// <summary>
    /// The stage that is called like this folder, in the nearest Dockerfile above it that has one: by its path there
    /// (<c>apps-api</c>), or else by its own name; and the way to that Dockerfile's folder.
    /// </summary>
    public (SourceText Source, DockerfileStage Stage, string Context)? Stage()
    {
        for (var above = parent; above is not null; above = above.Parent)
        {
            var parts = path[(above.Path.Length + 1)..].Split('/');
            if (above.Dockerfile is var (source, stages))
            {
                var stage = Named(stages, string.Join('-', parts)) ?? Named(stages, parts[^1]);
                if (stage is not null)
                {
                    return (source, stage, string.Join('/', parts.Select(_ => "..")));
                }
            }
        }

        return null;
    }

    /// <summary>For a message: which stages there are to be called like.</summary>
    public string Stages()
    {
        for (var above = parent; above is not null; above = above.Parent)
        {
            if (above.Dockerfile is var (source, stages))
            {
                var names = stages.Select(stage => stage.Name).OfType<string>().Distinct().ToList();
                return names.Count == 0 ? $"{source.File} names no stage" : $"{source.File} has the stages {Suggest.List(names)}";
            }
        }

        return "there is no Dockerfile beside the project's file";
    }

    private MemberScope? Parent => parent;

    private (SourceText Source, IReadOnlyList<DockerfileStage> Stages)? Dockerfile => _dockerfile.Value;

    private static readonly string[] Candidates = ["project.yml", "project.yaml", "Dockerfile", "Containerfile"];

    private static DockerfileStage? Named(IReadOnlyList<DockerfileStage> stages, string name) =>
        stages.FirstOrDefault(stage => string.Equals(stage.Name, name, StringComparison.OrdinalIgnoreCase));

    // By their listing: some systems would find a `dockerfile` under this name too.
    private static IEnumerable<string> Present(WorkspaceFiles files, string folder) =>
        files.ReadableEntries(folder).Where(entry => !entry.IsFolder).Select(file => file.Name).Intersect(Candidates);

    private static (SourceText Source, IReadOnlyList<DockerfileStage> Stages)? ReadDockerfile(string path, WorkspaceFiles files)
    {
        var folder = $"{Workspace.ProjectsFolder}/{path}";
        var name = Present(files, folder).Intersect(Candidates[2..]).Order(StringComparer.Ordinal).LastOrDefault();
        return name is not null && files.Read($"{folder}/{name}", new DiagnosticBag()) is { } source
            ? (source, Manifests.Dockerfile.Stages(source))
            : null;
    }
}
