using System.Collections.Immutable;
using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Rendering;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>Makes the images, and writes them and everything that they need into an archive.</summary>
/// <param name="files">The workspace.</param>
/// <param name="plan">What is packed.</param>
/// <param name="lockFile">The workspace's lock.</param>
/// <param name="options">What was asked for.</param>
/// <param name="output">The archive.</param>
/// <param name="terminal">Where to write.</param>
/// <param name="isUnwanted">Ends it.</param>
internal sealed class Packing(
    WorkspaceFiles files,
    Plan plan,
    string lockFile,
    PackOptions options,
    string output,
    Terminal terminal,
    CancellationToken isUnwanted
)
{
    // Of the archive's folder, beside it: images take too much place for the system's temporary files.
    private const string TemporaryEnd = ".composegen-tmp.d";

    private readonly DockerCompose _compose = new(files.Root, plan.Workspace.ComposeProject);
    private readonly DiagnosticBag _bag = new();
    private readonly WorkspaceEnvironment _environment = WorkspaceEnvironment.Load(files);
    private readonly PackedFiles _files = new(files, options.WithEnv);
    private readonly string _name = options.Name ?? Workspace.ProjectName(files.Root, plan.Workspace.Settings, LocalSettings.FirstSlot);

    // A project may have underscores side by side, where an image's name may not.
    private string Repository => $"{_name.Replace('_', '-')}-packed";

    public async Task<int> Run()
    {
        var services = plan.Services.ToImmutableArray();
        _environment.Check(plan, services, _bag);
        using var folder = new TemporaryFolder();
        if (_bag.HasErrors || Pipeline.Text(plan, _bag) is not { } text)
        {
            terminal.Report(_bag, files);
            return ExitCode.Of(_bag);
        }

        string[] composeFiles = [folder.Write(DockerCompose.FileName, text)];
        if (await _compose.Understand(composeFiles) is not { } understood)
        {
            // It says why, on this terminal.
            return _compose.Build(composeFiles, []) is { } code and not ExitCode.Done ? code : ExitCode.Wrong;
        }

        var images = new ShippedImages(plan, _compose, understood, composeFiles, Repository);
        Directory.CreateDirectory(output + TemporaryEnd);
        try
        {
            if (await images.Make([.. options.Platforms], new UpFailure(files, plan, _compose, composeFiles), _bag) is var made && made != ExitCode.Done)
            {
                terminal.Report(_bag, files);
                return made;
            }

            return await Write(services, images, understood, composeFiles);
        }
        finally
        {
            await images.Forget();
            Directory.Delete(output + TemporaryEnd, recursive: true);
        }
    }

    private async Task<int> Write(
        ImmutableArray<PlannedService> services,
        ShippedImages images,
        ImmutableDictionary<string, ComposedService> understood,
        IReadOnlyList<string> composeFiles
    )
    {
        var document = PackedDocument.Of(ComposeBuilder.Build(plan), _name, images.Names, service => FileVariables.Of(files, service).Keys);
        var text = TemplateRenderer.Render(document, new TemplateSet(plan.Workspace), _bag)?.ToString();
        var variables = PackedVariables.Of(
            plan,
            [.. document.Services.Select(service => service.Body), .. document.Sections.SelectMany(section => section.Entries).Select(entry => entry.Value)],
            from section in document.Sections
            where section.Name is "configs" or "secrets"
            from entry in section.Entries
            let variable = (entry.Value as YamlMapping)?["environment"] as YamlScalar
            where variable is not null
            select variable.Value
        );
        _files.Add(document, _bag);
        var values = options.WithEnv ? Values(services, variables) : [];
        if (options.WithEnv && values.Count + _files.Secrets.Count > 0)
        {
            _bag.Add(Errors.ValuesPacked(options.Output!, values.Keys, _files.Secrets));
        }

        if (Machine.Of(files, plan).HasUsersOverride)
        {
            _bag.Add(Errors.OverrideNotPacked(DockerCompose.OverrideName));
        }

        if (terminal.Report(_bag, files) || text is null)
        {
            return ExitCode.Of(_bag);
        }

        var volumes = options.WithVolumes ? await Volumes(images, composeFiles) : [];
        var saved = await images.Save(output + TemporaryEnd, terminal, isUnwanted);
        await CopyVolumes(volumes);
        var size = saved.Select(file => new FileInfo(file.Path).Length).DefaultIfEmpty().Max();
        var before = Before(variables, values.Count > 0);
        var lines = services.Select(service => Line(service, images, understood)).ToList();

        using var archive = new PackWriter(output, _name);
        archive.Add(PackFormat.Readme, PackTexts.Readme(_name, [.. saved.Select(file => file.Platform)], lines, volumes, before, size));
        archive.Add(DockerCompose.FileName, PackTexts.Header + text);
        archive.Add(PortLock.FileName, lockFile);
        if (variables.Length > 0)
        {
            archive.Add(PackFormat.Example, PackTexts.Example(variables));
        }

        if (values.Count > 0)
        {
            archive.Add(DotEnv.FileName, string.Concat(values.Select(value => PackTexts.Line(value.Key, value.Value))), isSecret: true);
        }

        if (volumes.Count > 0)
        {
            archive.Add(PackFormat.Load, PackTexts.Load(_name, volumes));
        }

        return Fill(archive, services, saved, volumes);
    }

    private int Fill(PackWriter archive, ImmutableArray<PlannedService> services, IReadOnlyList<SavedImages> saved, IReadOnlyList<PackedVolume> volumes)
    {
        (string Name, string Path)[] large =
        [
            .. _files.Found,
            .. saved.Select(file => (PackFormat.Images(file.Platform), file.Path)),
            .. volumes.Select(volume => (PackFormat.Volume(volume.Key), VolumeFile(volume))),
        ];
        string checksum;
        using (var progress = new Progress(terminal, $"writing {options.Output}", large.Sum(file => new FileInfo(file.Path).Length)))
        {
            foreach (var folder in _files.Folders)
            {
                archive.AddFolder(folder);
            }

            foreach (var (name, path) in large)
            {
                archive.AddFile(name, path, Add);
            }

            checksum = archive.Finish();
            progress.Finish();

            void Add(long bytes)
            {
                isUnwanted.ThrowIfCancellationRequested();
                progress.Add(bytes);
            }
        }

        var projects = GenerateCommand.Count(services.DistinctBy(service => service.Project.Path).Count(), "project");
        terminal.Error.WriteLine($"packed {projects}, {GenerateCommand.Count(services.Length, "service")}: {Progress.Size(new FileInfo(output).Length)}, checksum {checksum}");
        terminal.Error.WriteLine($"there: composegen unpack {Path.GetFileName(output)}, or without composegen: tar -xf {Path.GetFileName(output)}, and what {_name}/{PackFormat.Readme} says");
        return ExitCode.Done;
    }

    private PackedLine Line(PlannedService service, ShippedImages images, ImmutableDictionary<string, ComposedService> understood) =>
        new(
            service.Label,
            string.Join(" ", service.Ports.Select(PortUrl.Of)),
            images.Names.GetValueOrDefault(service.Key) ?? string.Empty,
            plan.Builders([service]).Count > 0 ? $"built from `{service.Project.Folder}`" : $"`{understood.GetValueOrDefault(service.Key)?.Image}`"
        );

    // What the environment here says of the variables, and the env_files of the services.
    private SortedDictionary<string, string> Values(ImmutableArray<PlannedService> services, IEnumerable<PackedVariable> variables)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in variables)
        {
            if (_environment.Value(variable.Name) is { } value)
            {
                values[variable.Name] = value;
            }
        }

        foreach (var (name, value) in FileVariables.Named(files, services, _environment.Value))
        {
            values[name] = value;
        }

        return values;
    }

    private List<string> Before(ImmutableArray<PackedVariable> variables, bool hasValues)
    {
        var steps = new List<string>();
        if (!hasValues && variables.Any(variable => variable.HasToBeSet))
        {
            steps.Add($"`cp {PackFormat.Example} {DotEnv.FileName}`, and write into it what has to be set.");
        }

        steps.AddRange(_files.LeftOut.Select(path => $"Put `{path}` here: it is a secret, and is not in this archive."));
        return steps;
    }

    private async Task<List<PackedVolume>> Volumes(ShippedImages images, IReadOnlyList<string> composeFiles)
    {
        var image = images.Names.Values.Order(StringComparer.Ordinal).FirstOrDefault();
        var volumes = new List<PackedVolume>();
        foreach (var (key, here) in await _compose.Volumes(composeFiles))
        {
            if (image is not null && await VolumeTransfer.Exists(here))
            {
                // One that has a name of its own keeps it; Compose calls the others by the project.
                var project = plan.Workspace.ComposeProject;
                volumes.Add(new PackedVolume(key, here, here == $"{project}_{key}" ? $"{_name}_{key}" : here, image));
            }
        }

        return volumes;
    }

    private async Task CopyVolumes(List<PackedVolume> volumes)
    {
        if (volumes.Count == 0)
        {
            return;
        }

        using var progress = new Progress(terminal, $"copying the data of {GenerateCommand.Count(volumes.Count, "volume")}");
        await VolumeTransfer.WhilePaused(
            [.. volumes.Select(volume => volume.Here)],
            async () =>
            {
                foreach (var volume in volumes)
                {
                    await VolumeTransfer.CopyOut(volume.Here, volume.Image, VolumeFile(volume), progress.Add, isUnwanted);
                }
            }
        );
        progress.Finish();
    }

    private string VolumeFile(PackedVolume volume) => Path.Combine(output + TemporaryEnd, $"volume-{volume.Key}");
}
