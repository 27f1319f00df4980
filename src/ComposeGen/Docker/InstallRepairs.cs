using System.Collections.Immutable;
using static ComposeGen.Docker.Repair;

namespace ComposeGen.Docker;

/// <summary>The commands by which a system's own packages bring Docker, and start it.</summary>
/// <param name="system">The system.</param>
internal sealed class InstallRepairs(MachineSystem system)
{
    private const string Log = "/var/log/dockerd.log";

    private static readonly Repair Alone = new("start-daemon", "start the Docker engine by itself, until this machine is switched off", [AsRoot("sh", "-c", $"setsid dockerd </dev/null >{Log} 2>&1 &")])
    {
        IsStart = true,
        Afterwards = $"it does not answer, and {Log} says why",
    };

    private readonly SystemPackages _packages = new(system);

    /// <summary>Docker with its plugins; null where the system's own packages do not have them.</summary>
    public Repair? Docker() =>
        Of(
            "install-docker",
            "install Docker and its plugins",
            system.Family switch
            {
                SystemFamily.Debian when _packages.HasPlugins => _packages.Install("docker.io", "docker-cli", "docker-compose", "docker-buildx"),
                SystemFamily.Debian when _packages.CanTakePlugins =>
                [
                    .. _packages.Install("docker.io"),
                    .. _packages.InstallFromNext("docker-compose", "docker-buildx"),
                ],
                SystemFamily.Ubuntu => _packages.Install("docker.io", "docker-compose-v2", "docker-buildx"),
                SystemFamily.Fedora => _packages.Install("moby-engine", "docker-compose", "docker-buildx"),
                SystemFamily.Arch or SystemFamily.Suse => _packages.Install("docker", "docker-compose", "docker-buildx"),
                SystemFamily.Alpine => _packages.Install("docker", "docker-cli-compose", "docker-cli-buildx"),
                SystemFamily.MacOS => _packages.Install("docker", "docker-compose", "docker-buildx", "colima"),
                _ => [],
            }
        );

    /// <summary>The plugin <c>docker compose</c>, which a package manager makes the newest one if it is there; null as above.</summary>
    public Repair? Compose() =>
        Of(
            "install-compose",
            "install the plugin `docker compose`",
            Plugin(
                system.HasDockersPackages ? "docker-compose-plugin"
                : system.Family == SystemFamily.Ubuntu ? "docker-compose-v2"
                : system.Family == SystemFamily.Alpine ? "docker-cli-compose"
                : "docker-compose"
            )
        );

    /// <summary>The plugin <c>docker buildx</c>; null as above.</summary>
    public Repair? Buildx() =>
        Of(
            "install-buildx",
            "install the plugin `docker buildx`",
            Plugin(system.HasDockersPackages ? "docker-buildx-plugin" : system.Family == SystemFamily.Alpine ? "docker-cli-buildx" : "docker-buildx")
        );

    /// <summary>Whether installing a plugin once more brings a newer one: a release's own stays as old as the release.</summary>
    public bool BringsNewer => system.HasDockersPackages || system.Family is not (SystemFamily.Debian or SystemFamily.Ubuntu);

    /// <summary>Git; null where it is not known how.</summary>
    public Repair? Git() => Of("install-git", "install git", _packages.Install("git"));

    /// <summary>What starts an engine that is installed, the usual way first; none where that is not done by a command.</summary>
    public ImmutableArray<Repair> Starts() =>
        system.Family switch
        {
            SystemFamily.MacOS => [Start(AsUser("colima", "start"))],
            SystemFamily.Windows => [],
            _ when system.HasSnap => [Start(AsRoot("snap", "start", "docker"))],
            _ when system.HasSystemd => [Start(AsRoot("systemctl", "enable", "--now", "docker"))],
            SystemFamily.Alpine => [Start(AsRoot("rc-update", "add", "docker"), AsRoot("rc-service", "docker", "start"))],
            // In a container the script may be refused the limits that it sets.
            _ when system.HasInitScript => [Start(AsRoot("service", "docker", "start")), Alone],
            _ => [Alone],
        };

    /// <summary>Lets a user speak to the engine.</summary>
    public static Repair Join(string user) =>
        new("join-group", $"let {user} use Docker", [AsRoot("usermod", "-aG", "docker", user)])
        {
            Means = $"{user} will be as good as root: who may use Docker can read and change all of this machine",
            Afterwards = "log out and in again: it counts from then on",
        };

    /// <summary>Puts Compose 2, which is there as a program of its own, where docker looks for plugins.</summary>
    public static Repair Link(string program)
    {
        var folder = Path.Combine(EnginePlace.SettingsFolder, "cli-plugins");
        return new("link-compose", "make docker find Compose", [AsUser("mkdir", "-p", folder), AsUser("ln", "-sf", program, Path.Combine(folder, "docker-compose"))]);
    }

    // The packages of Red Hat's systems are without Docker: theirs come from Docker's own repository.
    private ImmutableArray<RepairCommand> Plugin(string package) =>
        system.Family == SystemFamily.RedHat ? []
        : _packages.HasPlugins || system.HasDockersPackages ? _packages.Install(package)
        : _packages.CanTakePlugins ? _packages.InstallFromNext(package)
        : [];

    private static Repair Start(params RepairCommand[] commands) => new("start-engine", "start the Docker engine", [.. commands]) { IsStart = true };

    private static Repair? Of(string id, string does, ImmutableArray<RepairCommand> commands) => commands.IsEmpty ? null : new(id, does, commands);
}
