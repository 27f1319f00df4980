using ComposeGen.Tests.Docker.Packaging;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>
/// What the README tells a new user, done on a Debian with nothing installed, in their shell: from the install script to a notebook
/// that was run. Takes minutes and packages: those of <c>./test --long</c>.
/// </summary>
[Category(Suite.Bare)]
public class NewUserTests
{
    // What pip would fetch is in this image already; only its name is another than a notebook asks for.
    private const string Image = "python:3.11-slim";
    private const string Wanted = "python:3.13-slim";

    [TestCase("bash", "/root/.bashrc")]
    [TestCase("zsh", "/root/.zshrc")]
    [TestCase("fish", null)]
    public void From_nothing_to_a_notebook_that_was_run(string shell, string? settings)
    {
        using var releases = new Releases();
        using var images = new ScratchWorkspace();
        using var machine = new BareDebian("trixie");
        machine.Put(releases.Folder, "/opt/releases");
        machine.Put(Repository.PathOf("install.sh"), "/opt/install.sh");
        Do("apt-get update -q && apt-get install -q -y --no-install-recommends curl " + shell);

        var install = Do($"SHELL=/bin/{shell} COMPOSEGEN_RELEASES=file:///opt/releases sh /opt/install.sh");
        var toldLine = install.Output.Split('\n').Single(line => line.StartsWith("  ", StringComparison.Ordinal)).Trim();
        Type(toldLine);
        var doctor = Type("composegen doctor --fix --yes");
        Assert.That(doctor.ExitCode, Is.Zero, doctor.ToString);
        // There is no registry there to have it from.
        Assert.That(Run.Program("docker", "/", "save", "--output", images.PathOf("image.tar"), Image).ExitCode, Is.Zero);
        machine.Put(images.PathOf("image.tar"), "/opt/image.tar");
        Do($"docker load --input /opt/image.tar && docker tag {Image} {Wanted}");

        var init = Type("composegen init course");
        Assert.That(init.ExitCode, Is.Zero, init.ToString);
        var up = Type("cd course; composegen up -d --wait");
        Assert.That(up.ExitCode, Is.Zero, () => $"{up}\n{machine.Do("sh", "-c", "docker logs course-notebook-1; docker inspect --format '{{json .State}}' course-notebook-1")}");
        var link = Type("cd course; composegen open --print");

        Assert.That(link.Output, Does.Match(@"^http://127\.0\.0\.1:8888/\?token=[0-9a-f]+\n$"), link.ToString);
        Assert.That(Do($"curl --fail --silent --show-error '{link.Output.Trim().Replace("/?", "/api/contents?", StringComparison.Ordinal)}'").Output, Does.Contain("first.ipynb"));
        Assert.That(Type("cd course; composegen status").Output, Does.Match(@"notebook +running"));
        var ran = Type("cd course; composegen exec notebook jupyter nbconvert --to notebook --execute --stdout first.ipynb");
        Assert.That(ran.Output, Does.Contain("image/png"), ran.ToString);
        Assert.That(Type("cd course; composegen down").ExitCode, Is.Zero);
        Assert.That(Do("docker ps --all --quiet").Output, Is.Empty);

        Outcome Do(string command)
        {
            var outcome = machine.Do("sh", "-c", command);
            Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
            return outcome;
        }

        // As in a terminal, with what the shell's settings say.
        Outcome Type(string line) =>
            settings is null ? machine.Do(shell, "-c", line)
            : shell == "bash" ? machine.Do(shell, "-c", $"[ ! -f {settings} ] || . {settings}; {line}")
            : machine.Do(shell, "-i", "-c", line);
    }
}
