using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>Reads one project's file, whichever kind it is, into the descriptor that the later stages work on.</summary>
internal static class ProjectLoader
{
    /// <returns>Null with diagnostics where the file says nothing that can be worked on.</returns>
    public static Project? Load(FoundProject found, WorkspaceFiles files, DiagnosticBag bag)
    {
        if (files.Read(found.File, bag) is not { } source)
        {
            return null;
        }

        foreach (var file in Overrides(found).Where(files.Exists))
        {
            bag.Add(Errors.NotYet(new SourceSpan(file, 1, 1), "an override file beside a Compose file"));
        }

        var name = MemberNames.ServiceName(found.Path[(found.Path.LastIndexOf('/') + 1)..]);
        var descriptor =
            found.Kind == ProjectKind.Dockerfile ? FromDockerfile(found, source, name, bag)
            : DescriptorReader.ReadTree(source, bag) is { } tree ? Members.Read(tree, found.Path, name, files, bag)
            : null;
        return descriptor is null ? null : new Project(found.Path, found.Kind, found.File, descriptor);
    }

    // Compose merges these into the Compose file that they stand beside.
    private static IEnumerable<string> Overrides(FoundProject found) =>
        found.Kind == ProjectKind.ComposeFile
            ? (
                (string[])["compose.override.yaml", "compose.override.yml", "docker-compose.override.yml", "docker-compose.override.yaml"]
            ).Select(name => $"{Workspace.ProjectsFolder}/{found.Path}/{name}")
            : [];

    private static Descriptor FromDockerfile(FoundProject found, SourceText source, string name, DiagnosticBag bag)
    {
        var service = DockerfileService.Alone(source, found.Path, bag);
        return DescriptorReader.FromTree(new YamlFactory(service.Span).Map(("service", service)), name, bag);
    }
}
