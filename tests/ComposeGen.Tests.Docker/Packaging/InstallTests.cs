using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Packaging;

/// <summary><c>install.sh</c> with a real release: what it installs, says and takes away again.</summary>
[Category(Release.Category)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InstallTests : IDisposable
{
    private readonly Releases _releases = new();

    public void Dispose() => _releases.Dispose();

    [Test]
    public void It_installs_the_newest_release_and_removes_all_of_it([Values("dash", "bash", "sh")] string shell)
    {
        if (!Programs.Has(shell))
        {
            Assert.Ignore($"NOT TESTED, for want of {shell}: whether install.sh runs in it");
        }

        var install = _releases.InstallIn(shell, []);
        var installed = _releases.Installed.ToList();
        var version = Run.Program(_releases.Program, _releases.Home, "--version");
        var uninstall = _releases.InstallIn(shell, [], "--uninstall");

        Assert.That(install.ExitCode, Is.Zero, install.ToString);
        Assert.That(version.Output, Is.EqualTo($"composegen {Release.Version}\n"));
        Assert.That(installed, Does.Contain(".local/bin/composegen"));
        Assert.That(installed, Has.All.Matches<string>(file => install.Output.Contains($"installed {_releases.Home}/{file}\n", StringComparison.Ordinal)));
        Assert.That(uninstall.ExitCode, Is.Zero, uninstall.ToString);
        Assert.That(installed, Has.All.Matches<string>(file => uninstall.Output.Contains($"removed {_releases.Home}/{file}\n", StringComparison.Ordinal)));
        Assert.That(_releases.Installed, Is.Empty);
    }

    [Test]
    public void Completions_and_the_page_of_the_archive_go_where_shells_look_for_them()
    {
        using var scratch = new ScratchWorkspace();
        var archive = Release.Unpack(Release.Archive, scratch);
        Dictionary<string, string> places = new()
        {
            ["composegen"] = ".local/bin/composegen",
            ["completions/composegen.bash"] = ".local/share/bash-completion/completions/composegen",
            ["completions/_composegen"] = ".local/share/zsh/site-functions/_composegen",
            ["completions/composegen.fish"] = ".config/fish/completions/composegen.fish",
            ["man/composegen.1"] = ".local/share/man/man1/composegen.1",
        };

        Assert.That(_releases.Install().ExitCode, Is.Zero);

        Assert.That(places.Keys, Has.All.Matches<string>(file => File.Exists(Path.Combine(archive, file))));
        Assert.That(_releases.Installed, Is.EquivalentTo(places.Values));
    }

    [Test]
    public void A_version_is_installed_over_another_and_next_to_a_newer_one()
    {
        _releases.Newest("99.0.0");

        var newest = _releases.Install();
        var chosen = _releases.Install("--version", $"v{Release.Version}", "--to", "bin");
        var again = _releases.Install("--version", Release.Version, "--to", "bin");
        var none = _releases.Install("--version", "98.0.0");

        Assert.That(newest.Error, Does.Contain($"composegen-99.0.0-{Release.Platform}.tar.gz cannot be downloaded"));
        Assert.That((chosen.ExitCode, again.ExitCode), Is.EqualTo((0, 0)), chosen.ToString);
        Assert.That(chosen.Output, Does.Contain($"/bin/composegen\n").And.Contain($"this is composegen {Release.Version}\n"));
        Assert.That((none.ExitCode, none.Error), Is.EqualTo((1, $"composegen: error: there is no release 98.0.0 at file://{_releases.Folder}/download/v98.0.0\n  hint: see file://{_releases.Folder} for those that there are\n")));
    }

    [TestCase("/bin/bash", ">> HOME/.bashrc")]
    [TestCase("/bin/zsh", ">> HOME/.zshrc")]
    [TestCase("/usr/bin/fish", "fish_add_path \"HOME/.local/bin\"")]
    [TestCase("/bin/ksh", ">> HOME/.profile")]
    [Platform("Linux")]
    public void Where_the_folder_is_not_on_the_path_it_says_what_to_write(string shell, string advice)
    {
        var outcome = _releases.InstallIn("sh", new() { ["SHELL"] = shell });

        Assert.That(outcome.Output, Does.Contain("is not on your PATH").And.Contain(advice.Replace("HOME", _releases.Home, StringComparison.Ordinal)));
    }

    [Test]
    public void What_it_says_to_write_is_what_it_takes()
    {
        var outcome = _releases.Install();
        var line = outcome.Output.Split('\n').Single(line => line.Contains("export PATH", StringComparison.Ordinal));

        var found = Run.Program(
            "sh",
            _releases.Home,
            new() { ["HOME"] = _releases.Home },
            ["-c", $"{line.Trim()}; for file in ~/.bashrc ~/.bash_profile; do [ ! -f $file ] || . $file; done; composegen --version"]
        );

        Assert.That(found.Output, Is.EqualTo($"composegen {Release.Version}\n"), found.ToString);
    }

    [Test]
    public void On_the_path_there_is_nothing_to_write_but_another_composegen_is_named()
    {
        using var other = new ScratchWorkspace();
        var path = Programs.PathWith(other, "composegen", "#!/bin/sh\n");
        var mine = Path.GetDirectoryName(_releases.Program);

        var first = _releases.InstallIn("sh", new() { ["PATH"] = $"{mine}:{path}" });
        var second = _releases.InstallIn("sh", new() { ["PATH"] = $"{path}:{mine}" });

        Assert.That(first.Output, Does.Not.Contain("on your PATH"));
        Assert.That(second.Output, Does.Contain($"another composegen comes first on your PATH: {other.PathOf("composegen")}\n"));
    }

    [Test]
    public void It_becomes_a_plugin_of_docker_where_that_is_asked_for()
    {
        Assert.That(_releases.Install().ExitCode, Is.Zero);
        var link = new FileInfo(Path.Combine(_releases.Home, ".docker/cli-plugins/docker-composegen"));
        Assert.That(link.Exists, Is.False);

        var outcome = _releases.Install("--docker-plugin");
        link.Refresh();

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        Assert.That(link.LinkTarget, Is.EqualTo(_releases.Program));
        Assert.That(outcome.Output, Does.Contain($"linked {link.FullName}"));
        using var workspace = new ScratchWorkspace().With("which-project", "shop\n").With("projects/shop/project.yml", "service: {image: debian}\n");
        Assert.That(Docker("composegen", "--version").Output, Is.EqualTo($"composegen {Release.Version}\n"));
        Assert.That(Docker("composegen", "list").Output, Does.Match("shop +project.yml"));
        Assert.That(Docker("--context", "default", "composegen", "validate").Output, Does.StartWith("no errors"), "docker's own options are none of the tool's");
        Assert.That(Docker("__complete", "composegen", "up", "sh").Output, Does.StartWith("shop\n:4\n"));
        Assert.That(_releases.Install("--uninstall").ExitCode, Is.Zero);
        Assert.That(_releases.Installed, Is.Empty);

        Outcome Docker(params string[] arguments) =>
            Run.Program("docker", workspace.Root, new() { ["HOME"] = _releases.Home, ["DOCKER_CONFIG"] = Path.Combine(_releases.Home, ".docker") }, arguments);
    }

    [Test]
    public void Where_there_is_nothing_to_remove_it_says_so()
    {
        var outcome = _releases.Install("--uninstall");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain($"there is no composegen in {_releases.Home}/.local/bin"));
    }
}
