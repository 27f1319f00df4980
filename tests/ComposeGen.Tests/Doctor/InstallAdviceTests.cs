using ComposeGen.Docker;

namespace ComposeGen.Tests.Doctor;

/// <summary>What to type on which system.</summary>
public class InstallAdviceTests
{
    private const string Debian12 = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\nID=debian\n";
    private const string Debian13 = "PRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\nVERSION_ID=\"13\"\nID=debian\n";
    private const string DebianUnstable = "PRETTY_NAME=\"Debian GNU/Linux forky/sid\"\nID=debian\n";
    private const string Ubuntu2204 = "NAME=\"Ubuntu\"\nVERSION_ID=\"22.04\"\nID=ubuntu\nID_LIKE=debian\n";
    private const string Ubuntu2404 = "NAME=\"Ubuntu\"\nVERSION_ID=\"24.04\"\nID=ubuntu\nID_LIKE=debian\n";
    private const string Mint = "NAME=\"Linux Mint\"\nVERSION_ID=\"22\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\n";
    private const string Raspbian = "VERSION_ID=\"12\"\nID=raspbian\nID_LIKE=debian\n";
    private const string Fedora = "NAME=\"Fedora Linux\"\nVERSION_ID=42\nID=fedora\n";
    private const string Alma = "NAME=\"AlmaLinux\"\nVERSION_ID=\"9.4\"\nID=\"almalinux\"\nID_LIKE=\"rhel centos fedora\"\n";
    private const string RedHat = "VERSION_ID=\"9.4\"\nID=\"rhel\"\nID_LIKE=\"fedora\"\n";
    private const string Arch = "NAME=\"Arch Linux\"\nID=arch\nBUILD_ID=rolling\n";
    private const string Manjaro = "ID=manjaro\nID_LIKE=arch\n";
    private const string Leap = "NAME=\"openSUSE Leap\"\nVERSION_ID=\"15.6\"\nID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n";
    private const string Alpine = "NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=3.22.1\n";
    private const string Unheard = "ID=unheardof\n";

    private static readonly MachineSystem Mac = new(SystemFamily.MacOS, string.Empty, null) { BrewPrefix = "/usr/local" };
    private static readonly MachineSystem Windows = new(SystemFamily.Windows, string.Empty, null);

    [TestCase(Debian13, "sudo apt-get update && sudo apt-get install -y docker.io docker-cli docker-compose docker-buildx")]
    [TestCase(DebianUnstable, "sudo apt-get update && sudo apt-get install -y docker.io docker-cli docker-compose docker-buildx")]
    [TestCase(Ubuntu2204, "sudo apt-get update && sudo apt-get install -y docker.io docker-compose-v2 docker-buildx")]
    [TestCase(Ubuntu2404, "sudo apt-get update && sudo apt-get install -y docker.io docker-compose-v2 docker-buildx")]
    [TestCase(Mint, "sudo apt-get update && sudo apt-get install -y docker.io docker-compose-v2 docker-buildx")]
    [TestCase(Fedora, "sudo dnf install -y moby-engine docker-compose docker-buildx")]
    [TestCase(Arch, "sudo pacman -S --needed --noconfirm docker docker-compose docker-buildx")]
    [TestCase(Manjaro, "sudo pacman -S --needed --noconfirm docker docker-compose docker-buildx")]
    [TestCase(Leap, "sudo zypper --non-interactive install docker docker-compose docker-buildx")]
    [TestCase(Alpine, "sudo apk add docker docker-cli-compose docker-cli-buildx")]
    [TestCase(Alma, "see docs.docker.com/engine/install/rhel")]
    [TestCase(RedHat, "see docs.docker.com/engine/install/rhel")]
    [TestCase(Raspbian, "see docs.docker.com/engine/install/debian")]
    [TestCase(Unheard, "see docs.docker.com/engine/install")]
    [TestCase("", "see docs.docker.com/engine/install")]
    public void Docker_is_installed_as_the_system_does_it(string release, string advice) =>
        Assert.That(InstallAdvice.Docker(MachineSystem.Read(release)), Is.EqualTo(advice));

    [TestCase(Debian13, "sudo apt-get update && sudo apt-get install -y docker-compose")]
    [TestCase(Ubuntu2204, "sudo apt-get update && sudo apt-get install -y docker-compose-v2")]
    [TestCase(Fedora, "sudo dnf install -y docker-compose")]
    [TestCase(Arch, "sudo pacman -S --needed --noconfirm docker-compose")]
    [TestCase(Leap, "sudo zypper --non-interactive install docker-compose")]
    [TestCase(Alpine, "sudo apk add docker-cli-compose")]
    [TestCase(Alma, "see docs.docker.com/compose/install/linux; the old program `docker-compose` (1.x) does not do")]
    [TestCase(Raspbian, "see docs.docker.com/compose/install/linux; the old program `docker-compose` (1.x) does not do")]
    public void The_plugin_is_installed_as_the_system_does_it(string release, string advice) =>
        Assert.That(InstallAdvice.Compose(MachineSystem.Read(release)), Is.EqualTo(advice));

    [TestCase(Debian13, "docker-buildx")]
    [TestCase(Ubuntu2404, "docker-buildx")]
    [TestCase(Alpine, "docker-cli-buildx")]
    public void So_is_buildx(string release, string package) =>
        Assert.That(InstallAdvice.Buildx(MachineSystem.Read(release)), Does.EndWith($" {package}"));

    [Test]
    public void Where_docker_comes_from_Docker_its_plugins_do()
    {
        var system = MachineSystem.Read(Debian12) with { HasDockersPackages = true };

        Assert.That(InstallAdvice.Compose(system), Is.EqualTo("sudo apt-get update && sudo apt-get install -y docker-compose-plugin"));
        Assert.That(InstallAdvice.Buildx(system), Is.EqualTo("sudo apt-get update && sudo apt-get install -y docker-buildx-plugin"));
        Assert.That(new InstallRepairs(system).BringsNewer, Is.True);
        Assert.That(new InstallRepairs(MachineSystem.Read(Debian12)).BringsNewer, Is.False);
    }

    [Test]
    public void Debian_12_takes_the_plugins_of_its_successor_and_nothing_else_from_there()
    {
        var system = MachineSystem.Read(Debian12) with { DebianMirror = "http://mirror.example.org/debian" };
        var lines = new InstallRepairs(system).Docker()!.Commands.Select(command => command.Line(isRoot: true)).ToList();

        Assert.That(lines[1], Is.EqualTo("apt-get install -y docker.io"));
        Assert.That(lines[2], Does.Contain("http://mirror.example.org/debian trixie main").And.Not.Contain("sources.list.d"));
        Assert.That(lines[^1], Does.EndWith("install -y --no-install-recommends docker-compose docker-buildx").And.Contain("Dir::Etc::SourceParts=/dev/null"));
        Assert.That(InstallAdvice.Docker(system), Does.Contain("composegen doctor --fix").And.Contain("docs.docker.com/engine/install/debian"));
    }

    [Test]
    public void Debian_12_without_a_mirror_that_is_known_takes_none() =>
        Assert.That(new InstallRepairs(MachineSystem.Read(Debian12)).Docker(), Is.Null);

    [Test]
    public void A_Mac_has_colima_and_docker_finds_its_plugins()
    {
        Assert.That(InstallAdvice.Docker(Mac), Does.StartWith("install Docker Desktop, or: brew install docker docker-compose docker-buildx colima && mkdir -p ").And.EndWith(" && colima start"));
        Assert.That(InstallAdvice.Docker(Mac), Does.Contain("ln -sf /usr/local/opt/docker-compose/bin/docker-compose "));
        Assert.That(InstallAdvice.Engine(Mac), Is.EqualTo("start Docker Desktop, or: colima start"));
        Assert.That(InstallAdvice.NewCompose(Mac), Does.StartWith("brew upgrade docker-compose"));
    }

    [Test]
    public void Windows_has_Docker_Desktop()
    {
        Assert.That(InstallAdvice.Docker(Windows), Is.EqualTo("install Docker Desktop, with its WSL 2 back end"));
        Assert.That(InstallAdvice.Engine(Windows), Is.EqualTo("start Docker Desktop"));
    }

    [Test]
    public void The_engine_is_started_by_what_starts_services()
    {
        var debian = MachineSystem.Read(Debian13);

        Assert.That(InstallAdvice.Engine(debian with { HasSystemd = true }), Is.EqualTo("sudo systemctl enable --now docker"));
        Assert.That(InstallAdvice.Engine(debian with { HasInitScript = true }), Is.EqualTo("sudo service docker start"));
        Assert.That(InstallAdvice.Engine(debian with { HasSystemd = true, HasSnap = true }), Is.EqualTo("sudo snap start docker"));
        Assert.That(InstallAdvice.Engine(MachineSystem.Read(Alpine)), Is.EqualTo("sudo rc-update add docker && sudo rc-service docker start"));
        Assert.That(InstallAdvice.Engine(debian), Does.Contain("dockerd"));
    }

    [Test]
    public void Where_the_script_that_starts_it_fails_the_engine_is_started_by_itself() =>
        Assert.That(
            new InstallRepairs(MachineSystem.Read(Debian13) with { HasInitScript = true }).Starts().Select(repair => repair.Id),
            Is.EqualTo(new[] { "start-engine", "start-daemon" })
        );

    [Test]
    public void Root_needs_no_sudo() =>
        Assert.That(InstallAdvice.Docker(MachineSystem.Read(Fedora) with { IsRoot = true }), Is.EqualTo("dnf install -y moby-engine docker-compose docker-buildx"));

    [TestCase("plain", "sudo plain")]
    [TestCase("two words", "sudo 'two words'")]
    [TestCase("it's", @"sudo 'it'\''s'")]
    [TestCase("$HOME", "sudo '$HOME'")]
    [TestCase("", "sudo ''")]
    public void A_command_can_be_typed_as_it_is_shown(string word, string line) => Assert.That(Repair.AsRoot(word).Line(isRoot: false), Is.EqualTo(line));

    [TestCase("deb http://mirror.example.org/debian bookworm main", "http://mirror.example.org/debian")]
    [TestCase("deb [signed-by=/usr/share/keyrings/some.gpg] https://mirror.example.org/debian/ bookworm main", "https://mirror.example.org/debian")]
    [TestCase("Types: deb\nURIs: http://mirror.example.org/debian\nSuites: bookworm", "http://mirror.example.org/debian")]
    [TestCase("deb http://mirror.example.org/debian-security bookworm-security main", null)]
    [TestCase("# deb http://mirror.example.org/debian bookworm main", null)]
    [TestCase("deb http://mirror.example.org/$(reboot)/debian bookworm main", null)]
    [TestCase("deb cdrom:[Debian]/ bookworm main", null)]
    public void Apt_knows_a_mirror(string sources, string? mirror) => Assert.That(AptSources.DebianMirror(sources.Split('\n')), Is.EqualTo(mirror));
}
