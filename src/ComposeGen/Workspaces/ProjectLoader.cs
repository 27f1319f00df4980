using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>Reads one project's file, whichever kind it is, into the descriptor that the later stages work on.</summary>
internal static class ProjectLoader
{
    /// <returns>Null with diagnostics where the file says nothing that can be worked on.</returns>
    public static Project? Load(FoundProject found, WorkspaceFiles files, Settings settings, DiagnosticBag bag)
    {
        var name = MemberNames.ServiceName(found.Path[(found.Path.LastIndexOf('/') + 1)..]);
        var python = new PythonProjects(found, files, settings.Python, bag);
        if (found.Kind == ProjectKind.Python)
        {
            string[] environment = [$"{Workspace.ProjectsFolder}/{found.Path}/{DotEnv.FileName}"];
            return python.Alone(name) is { } alone
                ? new Project(found.Path, found.Kind, found.File, alone with { EnvironmentFiles = [.. environment] })
                : null;
        }

        if (found.Kind == ProjectKind.Dockerfile)
        {
            return files.Read(found.File, bag) is { } source
                ? new Project(found.Path, found.Kind, found.File, FromDockerfile(found, source, name, bag))
                : null;
        }

        var before = bag.HasErrors;
        if (new ComposeLoader(files, bag).Load(found.File, Overrides(found, files)) is not { } loaded)
        {
            return null;
        }

        if (Members.Read(loaded, found.Path, name, files, python.Completion, bag) is not { } descriptor)
        {
            return null;
        }

        var isComplete = descriptor.IsComplete && before == bag.HasErrors;
        return new Project(found.Path, found.Kind, found.File, descriptor with { IsComplete = isComplete });
    }

    // Of the files that Compose merges into the one that they stand beside, it takes the first.
    private static IEnumerable<string> Overrides(FoundProject found, WorkspaceFiles files) =>
        found.Kind == ProjectKind.ComposeFile
            ? ((string[])["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"])
                .Select(name => $"{Workspace.ProjectsFolder}/{found.Path}/{name}")
                .Where(files.Exists)
                .Take(1)
            : [];

    private static Descriptor FromDockerfile(FoundProject found, SourceText source, string name, DiagnosticBag bag)
    {
        var service = DockerfileService.Alone(source, found.Path, bag);
        return DescriptorReader.FromTree(new YamlFactory(service.Span).Map(("service", service)), name, bag);
    }
}
