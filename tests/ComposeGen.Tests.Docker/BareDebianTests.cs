namespace ComposeGen.Tests.Docker;

/// <summary>Doctor mends a machine on which nothing is installed. Takes minutes and packages: those of <c>./test --long</c>.</summary>
[Category(Suite.Bare)]
public class BareDebianTests
{
    private const string Tool = "/opt/composegen/composegen";

    [TestCase("trixie")]
    [TestCase("bookworm")]
    public void A_bare_Debian_has_docker_compose_afterwards(string suite)
    {
        if (!Environment.IsPrivilegedProcess || !Programs.Has("apt-get"))
        {
            Assert.Ignore("NOT TESTED: takes root on Debian or Ubuntu");
        }

        using var machine = new BareDebian(suite);
        var before = machine.Do(Tool, "doctor", "-C", "/");
        var shown = machine.Do(Tool, "doctor", "-C", "/", "--fix");
        Assert.That((before.ExitCode, shown.ExitCode, machine.Do("docker", "version").ExitCode), Is.EqualTo((3, 1, 127)), shown.ToString);

        var mended = machine.Do(Tool, "doctor", "-C", "/", "--fix", "--yes");

        Assert.That(mended.ExitCode, Is.Zero, mended.ToString);
        Assert.That(mended.Error, Does.Contain("$ apt-get install -y docker.io").And.Contain("docker: mended").And.Contain("engine: mended"));
        Assert.That(machine.Do("docker", "compose", "version", "--short").Output, Does.StartWith("2."));
        // An image of nothing: no registry is reached from there.
        var image = machine.Do("sh", "-c", "tar -c -C / etc/debian_version | docker import - nothing:1");
        Assert.That(image.ExitCode, Is.Zero, image.ToString);
        machine.Do("sh", "-c", "mkdir -p /workspace/projects/web && printf 'service: {image: \"nothing:1\", network_mode: none, command: [/none]}\\n' >/workspace/projects/web/project.yml");
        var up = machine.Do(Tool, "-C", "/workspace", "up", "-d");

        // The engine tries, and finds no such program in it: more than Compose alone could say.
        Assert.That(up.Error, Does.Contain("/none"), up.ToString);
    }
}
