using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Docker.Checks;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>What <c>doctor</c> has to know of the workspace, and what it says of it.</summary>
/// <param name="files">The workspace; null where there is none.</param>
/// <param name="generated">What it comes to; null where it holds an error.</param>
/// <param name="bag">What there is to say of it.</param>
internal sealed class DoctorWorkspace(WorkspaceFiles? files, Generated? generated, DiagnosticBag bag)
{
    private static readonly int[] AirPlays = [5000, 7000];

    private readonly WorkspaceEnvironment? _environment = files is null ? null : WorkspaceEnvironment.Load(files);

    /// <summary>The workspace's folder; null where there is none.</summary>
    public string? Root => files?.Root;

    // With the ports and subnets of this machine.
    private Plan? Here { get; init; }

    // What a user's own override file makes of a service's ports is not looked at.
    private ImmutableHashSet<string> WithUsersPorts { get; init; } = [];

    /// <summary>The services that run, with the ports that they have on this machine.</summary>
    public ImmutableArray<PlannedService> Services { get; private init; } = [];

    /// <summary>The images that it pulls.</summary>
    public ImmutableArray<string> Images { get; private init; } = [];

    /// <summary>What it builds; null where that is not known.</summary>
    public WorkspaceBuilds? Builds { get; private init; }

    /// <summary>The folders and files of the machine that are mounted, and whether each is labelled for SELinux.</summary>
    public ImmutableArray<(string Path, string Service, bool IsLabelled)> Mounts { get; private init; } = [];

    /// <summary>Keys that not every version of Compose knows.</summary>
    public IEnumerable<(string Key, string Service, Version Since)> NewKeys =>
        Services.SelectMany(service => ComposeVersions.Needed(service.Declaration.Body).Select(key => (key.Path, service.Label, key.Since)));

    /// <summary>The host ports, with whose they are.</summary>
    public IEnumerable<(int Port, string Service)> HostPorts => Services.SelectMany(service => service.Ports.Select(port => (port.Host, service.Label)));

    /// <summary>What its networks get addresses from; null where the engine gives them.</summary>
    public Subnet? Pool => generated is { Plan.Ports.Subnets.IsEmpty: false } ? generated.Plan.Workspace.Settings.Pool.Range : null;

    public static DoctorWorkspace Of(CommonOptions options)
    {
        var bag = new DiagnosticBag();
        var (files, generated) = Pipeline.Run(options, bag);
        var workspace = new DoctorWorkspace(files, generated, bag);
        return generated is null ? workspace : workspace.Known();
    }

    private DoctorWorkspace Known()
    {
        var machine = Machine.Of(files!, generated!.Plan);
        var plan = machine.Here;
        var services = YamlReader.Read(new SourceText(DockerCompose.FileName, generated.ComposeFile), new DiagnosticBag()) is YamlMapping document
            ? document["services"] as YamlMapping
            : null;
        return new(files, generated, bag)
        {
            Here = plan,
            WithUsersPorts = machine.WithUsersPorts,
            Services = _environment!.PortsHere(plan, [.. plan.Services], new DiagnosticBag()),
            Images = services is null ? [] : WorkspaceImages.Of(services, _environment.Evaluate, files!.TryReadText),
            Builds = services is null ? null : WorkspaceBuilds.Of(services),
            Mounts = [.. ComposeBuilder.Build(plan).Services.SelectMany(Mounted)],
        };
    }

    public Finding Workspace() =>
        files is null ? Finding.NotApplicable(CheckNames.Workspace, $"no {Manifest.FileName} here or above")
        : generated is null ? Finding.Problem(
            CheckNames.Workspace,
            $"{GenerateCommand.Count(bag.Sorted().Count(item => item.Severity == Severity.Error), "error")} in {files.Root}",
            "composegen validate"
        )
        : Finding.Ok(CheckNames.Workspace, $"{files.Root}: {GenerateCommand.Count(Services.Length, "service")}");

    public Finding Generated()
    {
        if (generated is null)
        {
            return Without(CheckNames.Generated);
        }

        var current = OutputFile.CurrentBytes(files!, DockerCompose.FileName);
        if (!OutputFile.IsSame(current, generated.Compose) && GenerateCommand.Overwriting(current) is { } refusal)
        {
            return Finding.Problem(CheckNames.Generated, refusal.Message, refusal.Hint);
        }

        var stale = ((string, byte[])[])[(DockerCompose.FileName, generated.Compose), (PortLock.FileName, Encoding.UTF8.GetBytes(generated.LockFile))];
        return stale.FirstOrDefault(file => !OutputFile.IsSame(OutputFile.CurrentBytes(files!, file.Item1), file.Item2)).Item1 is { } name
            ? Finding.Warning(CheckNames.Generated, $"{name} is not what its sources say; `up` writes it anew", "composegen generate")
            : Finding.Ok(CheckNames.Generated, "up to date");
    }

    public async Task<Finding> Ports()
    {
        if (Here is not { } plan)
        {
            return Without(CheckNames.Ports);
        }

        var found = new DiagnosticBag();
        var data = await NameHolder.Owners(Services);
        Preflight.Look(plan.Workspace.ComposeProject, files!.Root, [.. Services.Where(service => !WithUsersPorts.Contains(service.Key))], await Containers.List(), data, found);
        var overlaps = await Preflight.Overlaps(plan, Services);
        found.AddAll(overlaps.Select(overlap => Errors.SubnetHeld(overlap.Network, overlap.Subnet.ToString(), overlap.Used.Range.ToString(), overlap.Used.Holder)));
        var wrong = found.Sorted();
        return wrong.Count == 0
            ? Finding.Ok(CheckNames.Ports, $"{GenerateCommand.Count(Services.Sum(service => service.Ports.Sum(port => port.Request.Count)), "port")}, all to be had")
            : Finding.Problem(
                CheckNames.Ports,
                $"{wrong[0].Message}{(wrong.Count == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"; and {wrong.Count - 1} more of the kind"))}",
                wrong[0].Hint
            );
    }

    /// <param name="isMac">Whether this machine is one.</param>
    public Finding AirPlay(bool isMac) =>
        !isMac ? Finding.NotApplicable(CheckNames.AirPlay, "this is no Mac")
        : HostPorts.FirstOrDefault(port => AirPlays.Contains(port.Port)) is (var port, { } service) ? Finding.Warning(
            CheckNames.AirPlay,
            string.Create(CultureInfo.InvariantCulture, $"{service} demands host port {port}, which AirPlay takes where it is on"),
            "System Settings, General, AirDrop & Handoff: turn off AirPlay Receiver"
        )
        : Finding.Ok(CheckNames.AirPlay, "no service has its ports");

    /// <summary>What a check of the workspace says where there is none, or none that can be read.</summary>
    public Finding Without(string id) => files is null ? Finding.NotApplicable(id, "no workspace") : Finding.Unknown(id, "the workspace has errors");

    private IEnumerable<(string Path, string Service, bool IsLabelled)> Mounted(ComposeService service) =>
        from mount in (service.Body["volumes"] as YamlSequence)?.Items ?? []
        let source = WorkspaceSources.Bound(service.Planned, mount)
        where source?.Path is not null
        select (Path.GetFullPath(source.Path!, files!.Root), service.Planned.Label, IsLabelled(mount));

    // `./site:/site:ro,z`, or `bind: {selinux: z}`.
    private static bool IsLabelled(YamlNode mount) =>
        mount is YamlScalar text ? text.Value.Split(':')[^1].Split(',').Any(option => option is "z" or "Z")
        : ((mount as YamlMapping)?["bind"] as YamlMapping)?.Contains("selinux") == true;
}
