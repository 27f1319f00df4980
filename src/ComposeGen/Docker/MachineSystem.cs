using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Processes;

namespace ComposeGen.Docker;

/// <summary>How programs are installed.</summary>
internal enum SystemFamily
{
    Other,
    MacOS,
    Windows,
    Debian,
    Ubuntu,
    Fedora,
    RedHat,
    Arch,
    Alpine,
    Suse,
}

/// <summary>This machine's system, as far as it matters for what installs and starts Docker on it.</summary>
/// <param name="Family">How programs are installed.</param>
/// <param name="Id">What it calls itself: <c>debian</c>, <c>linuxmint</c>; empty where that is not known.</param>
/// <param name="Version">The major version; null where it has none (Debian's unstable, Arch), which is newer than any.</param>
/// <remarks>The manual page os-release(5).</remarks>
internal sealed record MachineSystem(SystemFamily Family, string Id, int? Version)
{
    private const string Release = "/etc/os-release";

    /// <summary>Whether systemd starts services: the manual page sd_booted(3).</summary>
    public bool HasSystemd { get; init; }

    /// <summary>Whether there is a script that <c>service</c> starts the engine with.</summary>
    public bool HasInitScript { get; init; }

    /// <summary>Whether whoever runs this may install and start things without `sudo`.</summary>
    public bool IsRoot { get; init; }

    /// <summary>Whether docker is a package of Docker's own repository, whose plugins are called otherwise than Debian's.</summary>
    public bool HasDockersPackages { get; init; }

    /// <summary>Whether Docker is installed as a snap.</summary>
    public bool HasSnap { get; init; }

    /// <summary>Where Homebrew has its programs; null where it is not there.</summary>
    public string? BrewPrefix { get; init; }

    /// <summary>The mirror of Debian's that apt takes packages from; null where none is told.</summary>
    public string? DebianMirror { get; init; }

    /// <summary>The one that this program runs on.</summary>
    public static MachineSystem Here()
    {
        if (OperatingSystem.IsMacOS() || OperatingSystem.IsWindows())
        {
            return new(OperatingSystem.IsMacOS() ? SystemFamily.MacOS : SystemFamily.Windows, string.Empty, null)
            {
                BrewPrefix = Path.GetDirectoryName(Path.GetDirectoryName(ForeignProgram.OnPath("brew"))),
            };
        }

        var system = Read(File.Exists(Release) ? File.ReadAllText(Release) : string.Empty);
        return system with
        {
            HasSystemd = Directory.Exists("/run/systemd/system"),
            IsRoot = Environment.IsPrivilegedProcess,
            HasDockersPackages = File.Exists("/var/lib/dpkg/info/docker-ce-cli.list"),
            HasSnap = Directory.Exists("/var/snap/docker"),
            HasInitScript = File.Exists("/etc/init.d/docker"),
            DebianMirror = system.Family == SystemFamily.Debian ? AptSources.DebianMirror() : null,
        };
    }

    /// <param name="release">The text of <c>/etc/os-release</c>.</param>
    public static MachineSystem Read(string release)
    {
        var values = release
            .Split('\n')
            .Select(line => line.Trim().Split('=', 2))
            .Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0])
            .ToImmutableDictionary(pair => pair[0], pair => pair[1].Trim('"', '\''));
        var id = values.GetValueOrDefault("ID", string.Empty);
        var family = values.GetValueOrDefault("ID_LIKE", string.Empty).Split(' ').Prepend(id).Select(FamilyOf).FirstOrDefault(known => known != SystemFamily.Other);
        var version = values.GetValueOrDefault("VERSION_ID", string.Empty).Split('.')[0];
        return new(family, id, int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);
    }

    private static SystemFamily FamilyOf(string word) =>
        word switch
        {
            "debian" => SystemFamily.Debian,
            "ubuntu" => SystemFamily.Ubuntu,
            "fedora" => SystemFamily.Fedora,
            // Their own repositories have no Docker, whatever else they are like Fedora in.
            "rhel" or "centos" or "almalinux" or "rocky" or "ol" => SystemFamily.RedHat,
            "arch" => SystemFamily.Arch,
            "alpine" => SystemFamily.Alpine,
            "suse" or "sles" => SystemFamily.Suse,
            _ when word.StartsWith("opensuse", StringComparison.Ordinal) => SystemFamily.Suse,
            _ => SystemFamily.Other,
        };
}
