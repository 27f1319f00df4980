using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>Reads one project's file, whichever kind it is, into the descriptor that the later stages work on.</summary>
internal static class ProjectLoader
{
    /// <returns>Null with diagnostics where the file says nothing that can be worked on.</returns>
    public static Project? Load(FoundProject found, WorkspaceFiles files, Settings settings, DiagnosticBag bag)
    {
        var name = ServiceName(found.Path[(found.Path.LastIndexOf('/') + 1)..]);
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

        var descriptor = DescriptorReader.FromTree(loaded.Tree, name, bag, python.Completion) with
        {
            EnvironmentFiles = loaded.EnvironmentFiles,
        };
        return new Project(
            found.Path,
            found.Kind,
            found.File,
            descriptor with
            {
                IsComplete = descriptor.IsComplete && before == bag.HasErrors,
            }
        );
    }

    // Of the files that Compose merges into the one that they stand beside, it takes the first.
    private static IEnumerable<string> Overrides(FoundProject found, WorkspaceFiles files) =>
        found.Kind == ProjectKind.ComposeFile
            ? ((string[])["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"])
                .Select(name => $"{Workspace.ProjectsFolder}/{found.Path}/{name}")
                .Where(files.Exists)
                .Take(1)
            : [];

    // The way the first version of this tool ran a folder: built with its name, mounted where a notebook expects it.
    private static Descriptor FromDockerfile(FoundProject found, SourceText source, string name, DiagnosticBag bag)
    {
        var yaml = new YamlFactory(source.At(0, 1));
        var fileName = found.File[(found.File.LastIndexOf('/') + 1)..];
        var build = new List<(string, YamlNode)>
        {
            ("context", yaml.Text(".")),
            ("args", yaml.Map(("PROJECT_NAME", yaml.Text(found.Path)))),
        };
        if (fileName != "Dockerfile")
        {
            build.Add(("dockerfile", yaml.Text(fileName)));
        }

        var service = new List<(string, YamlNode)>
        {
            ("build", yaml.Map(build)),
            (
                "volumes",
                yaml.List(
                    yaml.Map(("type", yaml.Text("bind")), ("source", yaml.Text(".")), ("target", yaml.Text($"/workspace/{found.Path}")))
                )
            ),
        };
        var ports = Dockerfile.ExposedPorts(source, bag);
        if (ports.Length > 0)
        {
            service.Add(("ports", yaml.List(ports)));
        }

        return DescriptorReader.FromTree(yaml.Map(("service", yaml.Map(service))), name, bag);
    }

    // A folder may be called what a service may not ("été", "my course"): what is left of it then has to do.
    private static string ServiceName(string folder)
    {
        var name = string.Concat(folder.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-'));
        return name;
    }
}
