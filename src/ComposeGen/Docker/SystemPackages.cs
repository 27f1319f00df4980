using System.Collections.Immutable;
using static ComposeGen.Docker.Repair;

namespace ComposeGen.Docker;

/// <summary>The commands by which a system installs programs.</summary>
/// <param name="system">The system.</param>
internal sealed class SystemPackages(MachineSystem system)
{
    // The first release of Debian's whose package docker-compose is the plugin.
    private const int DebianWithPlugin = 13;

    // Named apart from apt's own sources, so that nothing but what is asked for comes from there.
    private const string NextList = "/etc/apt/composegen-trixie.list";
    private const string NextLists = "/var/lib/apt/composegen-trixie";
    private const string Keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    private const string Prefix = "/opt/homebrew";

    /// <summary>Whether this release of Debian's has Docker Compose 2, or the system is not Debian.</summary>
    public bool HasPlugins => system.Family != SystemFamily.Debian || system.Version is null or >= DebianWithPlugin;

    /// <summary>
    /// Whether it can take the plugins of Debian 13: they need nothing but a libc that Debian 12 has, and replace nothing but
    /// Compose 1.
    /// </summary>
    public bool CanTakePlugins => system is { Id: "debian", Version: DebianWithPlugin - 1, DebianMirror: not null };

    /// <summary>None where it is not known how.</summary>
    public ImmutableArray<RepairCommand> Install(params string[] packages) =>
        system.Family switch
        {
            SystemFamily.Debian or SystemFamily.Ubuntu => [AsRoot("apt-get", "update"), AsRoot(["apt-get", "install", "-y", .. packages])],
            SystemFamily.Fedora or SystemFamily.RedHat => [AsRoot(["dnf", "install", "-y", .. packages])],
            SystemFamily.Arch => [AsRoot(["pacman", "-S", "--needed", "--noconfirm", .. packages])],
            SystemFamily.Suse => [AsRoot(["zypper", "--non-interactive", "install", .. packages])],
            SystemFamily.Alpine => [AsRoot(["apk", "add", .. packages])],
            SystemFamily.MacOS => [AsUser(["brew", "install", .. packages]), .. Linked(packages)],
            _ => [],
        };

    /// <summary>Packages of Debian 13, installed on Debian 12.</summary>
    public ImmutableArray<RepairCommand> InstallFromNext(params string[] packages)
    {
        string[] there = ["-o", $"Dir::Etc::SourceList={NextList}", "-o", "Dir::Etc::SourceParts=/dev/null", "-o", $"Dir::State::Lists={NextLists}"];
        return
        [
            AsRoot("sh", "-c", $"echo 'deb [signed-by={Keyring}] {system.DebianMirror} trixie main' > {NextList}"),
            AsRoot("mkdir", "-p", $"{NextLists}/partial"),
            AsRoot(["apt-get", .. there, "update"]),
            AsRoot(["apt-get", .. there, "install", "-y", "--no-install-recommends", .. packages]),
        ];
    }

    // Homebrew puts plugins where docker does not look by itself.
    private IEnumerable<RepairCommand> Linked(string[] packages)
    {
        var plugins = packages.Where(package => package is "docker-compose" or "docker-buildx").ToList();
        var folder = Path.Combine(EnginePlace.SettingsFolder, "cli-plugins");
        return plugins.Count == 0
            ? []
            :
            [
                AsUser("mkdir", "-p", folder),
                .. plugins.Select(plugin => AsUser("ln", "-sf", $"{system.BrewPrefix ?? Prefix}/opt/{plugin}/bin/{plugin}", Path.Combine(folder, plugin))),
            ];
    }
}
