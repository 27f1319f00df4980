using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>A workspace with what the engine has of it. The descriptors need not be sound: then the generated file and the labels tell.</summary>
/// <param name="Files">The workspace.</param>
/// <param name="Project">The Compose project.</param>
/// <param name="Own">Its containers, running or not.</param>
/// <param name="Generated">What the workspace comes to; null where it holds an error.</param>
/// <param name="Problems">What there is to say of the descriptors.</param>
internal sealed record LiveWorkspace(WorkspaceFiles Files, string Project, ImmutableArray<Container> Own, Generated? Generated, DiagnosticBag Problems)
{
    /// <summary>Every service that there is, or of which there is a container.</summary>
    public required ImmutableArray<NamedService> Services { get; init; }

    /// <summary>What this folder runs under the names that it had in another slot.</summary>
    public required ImmutableArray<string> Former { get; init; }

    public DockerCompose Compose => new(Files.Root, Project);

    /// <summary>Looks at both. Nothing is generated or written.</summary>
    /// <returns>Null with the exit code where there is no workspace, no engine, or another folder has the name: that was said.</returns>
    public static async Task<(LiveWorkspace? Live, int Code)> Look(CommonOptions options, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        if (Pipeline.Locate(options, bag, WorkspaceLoader.FindRootOrRemains) is not { } files)
        {
            terminal.Report(bag);
            return (null, ExitCode.Of(bag));
        }

        if (await DockerCompose.Reach(bag) is not { } containers)
        {
            terminal.Report(bag, files);
            return (null, ExitCode.NoDocker);
        }

        var project = OwnProject.Of(files, containers);
        if (NameHolder.Find(project.Name, files.Root, containers, []) is { } other)
        {
            bag.Add(Errors.OtherFolderDown(project.Name, other.Folder, other.IsByData));
            terminal.Report(bag, files);
            return (null, ExitCode.Wrong);
        }

        var problems = new DiagnosticBag();
        var generated = Pipeline.Run(files, problems);
        ImmutableArray<Container> own = [.. containers.Where(container => container.Project == project.Name)];
        return (
            new LiveWorkspace(files, project.Name, own, generated, problems)
            {
                Former = [.. project.Former.Where(name => containers.Any(container => container.Project == name && container.IsRunning))],
                Services = Known(files, generated, own),
            },
            ExitCode.Done
        );
    }

    /// <summary>The containers of a service.</summary>
    public IEnumerable<Container> ContainersOf(NamedService service) => Own.Where(container => container.Service == service.Key);

    /// <summary>
    /// The services that names stand for (projects, or <c>project:service</c>), as far as they are selected or have a container;
    /// all of those where there are no names. A name of nothing is said, with what is wrong with the descriptors: it may be in them.
    /// </summary>
    public ImmutableArray<NamedService> Named(IReadOnlyCollection<string> names, DiagnosticBag bag)
    {
        var there = Services.Where(service => service.IsSelected || ContainersOf(service).Any()).ToImmutableArray();
        foreach (var name in names.Where(name => !there.Any(service => service.Names.Contains(name))))
        {
            bag.Add(
                Services.Any(service => service.Names.Contains(name))
                    ? Errors.NotSelected(name)
                    : Errors.NoSuchName(name, [.. there.SelectMany(service => service.Names.Where(known => known != service.Key).Append(service.Label)).Distinct()])
            );
        }

        if (bag.HasErrors && Generated is null)
        {
            bag.AddAll(Problems.Sorted());
        }

        return names.Count == 0 ? there : [.. there.Where(service => service.Names.Intersect(names).Any())];
    }

    private static ImmutableArray<NamedService> Known(WorkspaceFiles files, Generated? generated, ImmutableArray<Container> own)
    {
        var known = generated is null ? [] : generated.Plan.All.Select(service => NamedService.Of(service, generated.Plan.IsRunning(service))).ToList();
        var paths = ProjectFinder.Find(files, new DiagnosticBag()).Projects.Select(project => project.Path).ToList();
        var written = generated is null ? Written(files) : null;
        var keys = (written ?? []).Concat(own.Select(container => container.Service)).Where(key => key.Length > 0).Except(known.Select(service => service.Key));
        // Where nothing says what is selected, whatever there is may be.
        var isAnything = generated is null && written is null;
        return
        [
            .. known
                .Concat(keys.Select(key => NamedService.OfKey(key, paths, isAnything || written?.Contains(key) == true)))
                .OrderBy(service => service.Key, StringComparer.Ordinal),
        ];
    }

    // The keys in the generated file; null where there is none that can be read.
    private static List<string>? Written(WorkspaceFiles files) =>
        files.TryReadText(DockerCompose.FileName) is { } text
        && (YamlReader.Read(new SourceText(DockerCompose.FileName, text), new DiagnosticBag()) as YamlMapping)?["services"] is YamlMapping services
            ? [.. services.Names]
            : null;
}
