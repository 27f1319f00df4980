using System.Collections.Immutable;
using ComposeGen.Docker;
using ComposeGen.Docker.Checks;
using ComposeGen.Manifests;
using ComposeGen.Processes;

namespace ComposeGen.Cli;

/// <summary>Looks at all that <c>up</c> depends on, as much of it as possible at the same time.</summary>
/// <param name="options">Where the workspace is.</param>
/// <param name="look">Tells this machine's system, which an installation changes: it brings what the engine is started with.</param>
internal sealed class Doctor(CommonOptions options, Func<MachineSystem> look)
{
    // A registry that answers at all does so sooner, and whoever asks a doctor waits for the answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>What each check found, in the order in which they are shown.</summary>
    public async Task<ImmutableArray<Finding>> Examine()
    {
        var asking = DockerAnswers.Ask();
        var system = look();
        var workspace = DoctorWorkspace.Of(options);
        var place = EnginePlace.Current();
        var docker = new DockerChecks(await asking, system, Environment.UserName);
        var context = docker.Context(place, EnginePlace.Because());
        var engine = (await asking).Engine;
        var asked = engine is null ? [] : await Task.WhenAll(OfEngine(engine, (await asking).Program!, workspace));
        Finding[] found =
        [
            docker.Docker(),
            context,
            docker.Engine(context),
            docker.Access(),
            docker.Compose(workspace.NewKeys),
            docker.Buildx(workspace.Builds),
            .. asked,
            Git(system),
            workspace.Workspace(),
            workspace.Generated(),
            workspace.AirPlay(OperatingSystem.IsMacOS()),
        ];
        return [.. CheckNames.All.Select(check => Array.Find(found, finding => finding.Id == check.Id) ?? Silent(check.Id, workspace))];
    }

    private static Finding Silent(string id, DoctorWorkspace workspace) =>
        id is CheckNames.Mounts or CheckNames.Ports && workspace.Root is null ? workspace.Without(id) : Finding.Unknown(id, "no engine answers");

    private static Task<Finding>[] OfEngine(EngineInfo engine, string program, DoctorWorkspace workspace) =>
        [
            Guarded(CheckNames.Disk, () => EngineChecks.Disk(engine)),
            Guarded(CheckNames.Clock, () => MachineClock.Check(engine, RegistryCheck.HubHost, Patience)),
            Guarded(CheckNames.Registry, () => RegistryCheck.Check(workspace.Images, Patience)),
            Guarded(CheckNames.Addresses, () => Addresses(engine, workspace)),
            Guarded(CheckNames.Mounts, () => Mounts(workspace)),
            Guarded(CheckNames.Ports, workspace.Ports),
            Task.FromResult(EngineChecks.Rootless(engine, workspace.HostPorts, !workspace.Mounts.IsEmpty)),
            Task.FromResult(EngineChecks.Snap(engine, program, workspace.Root, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))),
            Task.FromResult(EngineChecks.SELinux(engine, [.. workspace.Mounts.Where(mount => !mount.IsLabelled).Select(mount => (mount.Path, mount.Service))], IsPermissive())),
        ];

    private static async Task<Finding> Addresses(EngineInfo engine, DoctorWorkspace workspace) =>
        AddressCheck.Check(engine, [.. (await UsedRanges.Networks()).Select(network => network.Used.Range)], UsedRanges.Routes(), workspace.Pool);

    private static async Task<Finding> Mounts(DoctorWorkspace workspace) =>
        workspace.Root is not { } root || workspace.Builds is null
            ? workspace.Without(CheckNames.Mounts)
            : await MountCheck.Check(root, Manifest.FileName, await File.ReadAllTextAsync(Path.Combine(root, Manifest.FileName)), !workspace.Mounts.IsEmpty);

    // What one question comes to must not keep the others from being asked.
    private static async Task<Finding> Guarded(string id, Func<Task<Finding>> check)
    {
        try
        {
            return await check();
        }
        catch (DockerFailure e)
        {
            return Finding.Unknown(id, e.Diagnostic.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Unknown(id, e.Message);
        }
    }

    private static Finding Git(MachineSystem system) =>
        ForeignProgram.OnPath("git") is { } program
            ? Finding.Ok(CheckNames.Git, program)
            : Finding.Warning(CheckNames.Git, "no program `git` was found on the PATH", InstallAdvice.Git(system));

    private static bool IsPermissive()
    {
        const string Enforcing = "/sys/fs/selinux/enforce";
        return File.Exists(Enforcing) && File.ReadAllText(Enforcing).Trim() == "0";
    }
}
