using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>What doctor finds, and offers, where Docker is missing, wholly or in part. Needs no engine.</summary>
public class DoctorWithoutEngineTests
{
    private const string Plugins = "*compose*version*) echo 2.40.3;; buildx*) echo 'github.com/docker/buildx v0.29.1 abc';;";

    [Test]
    public void Without_docker_all_that_is_said_is_how_to_get_it()
    {
        using var programs = new ScratchWorkspace();
        var outcome = With(Programs.PathOfOnly(programs, "sh", "dirname", "find", "head", "readlink"), "doctor");

        Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString);
        Assert.That(outcome.Output, Does.Contain("problem: docker: no program `docker` was found on the PATH").And.Contain("1 problem, "));
        Assert.That(outcome.Output, Does.Match("(?m)^workspace +- "));
    }

    [Test]
    public void An_engine_that_is_not_started_is_to_be_started()
    {
        using var programs = new ScratchWorkspace();
        var outcome = With(
            Script(programs, $"case \"$*\" in {Plugins} *) echo 'Cannot connect to the Docker daemon' >&2; exit 1;; esac"),
            "doctor"
        );

        Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString);
        Assert.That(outcome.Output, Does.Contain("problem: engine: the Docker engine does not answer: Cannot connect to the Docker daemon").And.Contain("  mend: "));
    }

    // As docker up to 26 does: it answers, but has nothing to say of the engine, and says why among the rest.
    [TestCase("Cannot connect to the Docker daemon", "problem: engine: the Docker engine does not answer: Cannot connect to the Docker daemon")]
    [TestCase("permission denied while trying to connect", "problem: access: this user may not speak to the Docker engine: permission denied")]
    public void An_engine_of_which_docker_tells_nothing_does_not_answer(string why, string said)
    {
        using var programs = new ScratchWorkspace();
        var outcome = With(
            Script(programs, $"case \"$*\" in {Plugins} *) echo '{{\"ServerVersion\":\"\",\"ServerErrors\":[\"{why}\"]}}';; esac"),
            "doctor"
        );

        Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString);
        Assert.That(outcome.Output, Does.Contain(said), outcome.ToString);
    }

    [Test]
    public void A_DOCKER_HOST_that_leads_nowhere_is_named()
    {
        using var programs = new ScratchWorkspace();
        var outcome = With(
            Script(programs, $"case \"$*\" in {Plugins} *) echo 'Cannot connect' >&2; exit 1;; esac"),
            new Dictionary<string, string?> { ["DOCKER_HOST"] = "unix:///nonexistent.sock" },
            "doctor"
        );

        Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString);
        Assert.That(outcome.Output, Does.Contain("problem: context: DOCKER_HOST is unix:///nonexistent.sock, and there is no socket /nonexistent.sock").And.Contain("1 problem, "));
    }

    [Test]
    public void A_context_that_there_is_none_of_is_named()
    {
        using var programs = new ScratchWorkspace();
        var outcome = With(
            Script(programs, $"case \"$*\" in {Plugins} *) echo 'context not found' >&2; exit 1;; esac"),
            new Dictionary<string, string?> { ["DOCKER_HOST"] = null, ["DOCKER_CONFIG"] = programs.Root },
            "doctor",
            "--context",
            "nowhere"
        );

        Assert.That(outcome.Output, Does.Contain("problem: context: docker's context is nowhere, and docker knows none of that name"), outcome.ToString);
    }

    [Test]
    public void Compose_2_that_is_no_plugin_is_linked()
    {
        using var programs = new ScratchWorkspace();
        using var settings = new ScratchWorkspace();
        programs.With("docker-compose", "#!/bin/sh\necho 2.40.3\n");
        Run.Program("chmod", programs.Root, "+x", "docker-compose");
        var link = settings.PathOf("cli-plugins/docker-compose");
        // Docker knows the plugin once it is where it looks.
        var path = Script(programs, $"case \"$*\" in compose*) [ -x '{link}' ] && exec '{link}'; exit 1;; *) echo down >&2; exit 1;; esac");
        var environment = new Dictionary<string, string?> { ["DOCKER_CONFIG"] = settings.Root };

        var refused = With(path, environment, "doctor", "--fix");
        Assert.That(File.Exists(link), Is.False);
        var mended = With(path, environment, "doctor", "--fix", "--yes");

        Assert.That(refused.ExitCode, Is.EqualTo(1), refused.ToString);
        Assert.That(refused.Error, Does.Contain($"ln -sf {programs.PathOf("docker-compose")} {link}").And.Contain("not run: there is no terminal to ask on"));
        Assert.That(mended.Error, Does.Contain($"$ ln -sf {programs.PathOf("docker-compose")} {link}").And.Contain("compose: mended"), mended.ToString);
        Assert.That(mended.Output, Does.Match("(?m)^compose +ok +2.40.3"));
    }

    [TestCase("n\n", false)]
    [TestCase("\n", false)]
    [TestCase("y\n", true)]
    public void On_a_terminal_it_asks(string answer, bool isDone)
    {
        using var programs = new ScratchWorkspace();
        using var settings = new ScratchWorkspace();
        programs.With("docker-compose", "#!/bin/sh\necho 2.40.3\n");
        Run.Program("chmod", programs.Root, "+x", "docker-compose");
        var path = Script(programs, "exit 1");
        string[] variables = [$"PATH={path}", $"DOCKER_CONFIG={settings.Root}", $"DOCKER_HOST={Programs.EngineElsewhere}"];
        using var run = ForegroundRun.OnTerminal(settings.Root, ["env", .. variables, Repository.Script, "doctor", "--fix"]);

        run.Expect("  ln -sf ").Type(answer).ExitCode();

        Assert.That(Path.Exists(settings.PathOf("cli-plugins/docker-compose")), Is.EqualTo(isDone));
    }

    [TestCase("compose*) echo 2.16.0;;", "problem: compose: 2.16.0 is too old: 2.17 or later is needed")]
    [TestCase("compose*) exit 1;;", "problem: compose: docker has no plugin `docker compose`")]
    [TestCase("compose*) echo 2.40.3;; buildx*) echo 'github.com/docker/buildx v0.13.1 abc';;", "problem: buildx: 0.13.1 is too old: Compose 2.40.3 builds nothing with less than 0.17")]
    public void A_plugin_that_does_not_do_is_named(string answers, string said)
    {
        using var programs = new ScratchWorkspace();
        var outcome = With(Script(programs, $"case \"$*\" in {answers} *) echo down >&2; exit 1;; esac"), "doctor");

        Assert.That(outcome.Output, Does.Contain(said), outcome.ToString);
    }

    [Test]
    public void To_agree_without_having_anything_mended_is_a_mistake()
    {
        using var programs = new ScratchWorkspace();
        var outcome = With(Script(programs, "exit 1"), "doctor", "--yes");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString);
        Assert.That(outcome.Error, Does.Contain("hint: composegen doctor --fix --yes"));
    }

    [Test]
    public void What_is_missing_names_the_doctor()
    {
        using var programs = new ScratchWorkspace();
        using var workspace = new ScratchWorkspace().With("which-project", "web\n").With("projects/web/project.yml", $"service: {{{Stack.Sleeper}}}\n");
        var outcome = Run.Program(
            Repository.Script,
            workspace.Root,
            new Dictionary<string, string?> { ["PATH"] = Programs.PathOfOnly(programs, "sh", "dirname", "find", "head", "readlink") },
            "up"
        );

        Assert.That(outcome.Error, Does.Contain("error CG0801").And.Contain("`composegen doctor`"), outcome.ToString);
    }

    private static string Script(ScratchWorkspace programs, string script) => Programs.PathWith(programs, "docker", $"#!/bin/sh\n{script}\n");

    private static Outcome With(string path, params string[] arguments) => With(path, [], arguments);

    private static Outcome With(string path, Dictionary<string, string?> environment, params string[] arguments)
    {
        using var nowhere = new ScratchWorkspace();
        return Run.Program(
            Repository.Script,
            nowhere.Root,
            new Dictionary<string, string?>(environment) { ["PATH"] = path, ["DOCKER_HOST"] = environment.GetValueOrDefault("DOCKER_HOST", Programs.EngineElsewhere) },
            arguments
        );
    }
}
