using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>The small files by which projects elsewhere in the repository are brought in where they are.</summary>
internal static class InitLinks
{
    private static readonly string[] Overrides = ["compose.override.yaml", "compose.override.yml", "docker-compose.override.yml", "docker-compose.override.yaml"];

    public static OutputText Of(BroughtProject project, WorkspaceFiles files)
    {
        var up = string.Concat(project.Folder.Split('/').Select(_ => "../"));
        var place = $"{up}{project.Found.Folder}";
        return project.Found.Kind == ProjectKind.Dockerfile
            ? new OutputText($"{project.Folder}/{ProjectSchema.FileName}", ForDockerfile(place, project.Found, files))
            : new OutputText($"{project.Folder}/compose.yaml", ForCompose(place, project.Found, files));
    }

    private static string ForCompose(string place, FoundFolder found, WorkspaceFiles files)
    {
        var paths = Overrides
            .Where(name => files.Exists($"{found.Folder}/{name}"))
            .Prepend(found.File)
            .Select(name => $"      - \"{place}/{name}\"\n");
        return $"# The project is in {found.Folder}, and stays as it is there.\ninclude:\n  - path:\n{string.Concat(paths)}";
    }

    private static string ForDockerfile(string place, FoundFolder found, WorkspaceFiles files)
    {
        var ports = files.Read($"{found.Folder}/{found.File}", new DiagnosticBag()) is { } source
            ? Dockerfile.ExposedPorts(source, new DiagnosticBag()).Select(port => $"\"{port.Value}\"").ToList()
            : [];
        var dockerfile = found.File == "Dockerfile" ? string.Empty : $"\n    dockerfile: {found.File}";
        return $"# The project is in {found.Folder}, and stays as it is there.\nservice:\n  build:\n    context: \"{place}\"{dockerfile}\n"
            + (ports.Count > 0 ? $"  ports: [{string.Join(", ", ports)}]\n" : string.Empty);
    }
}
