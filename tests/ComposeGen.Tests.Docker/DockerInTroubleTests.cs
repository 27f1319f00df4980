using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>What is said where the program <c>docker</c> itself is in trouble. Needs no engine: a script plays it.</summary>
public class DockerInTroubleTests
{
    // Runs until it is killed, with no child that would outlive it.
    private const string Hang = "exec tail -f /dev/null";

    private const string WithoutPlugin = "case $1 in version) echo 28.5.2;; *) echo \"docker: 'compose' is not a docker command.\" >&2; exit 1;; esac";

    [TestCase(Hang, "error CG0821", "did not answer within 1 second", TestName = "One_that_hangs")]
    [TestCase("kill -SEGV $$", "error CG0822", "crashed, with signal 11", TestName = "One_that_crashes")]
    [TestCase("echo hello", "error CG0823", "no answer of Docker's: hello", TestName = "One_that_prints_garbage")]
    [TestCase(WithoutPlugin, "error CG0802", "`docker compose`", TestName = "One_without_the_plugin")]
    public void It_is_said_in_a_message(string script, string code, string text) => AssertSaid(With(script, "down", isAlone: true), code, text);

    [Test]
    public void One_that_vanishes([Values("up", "down")] string command) =>
        AssertSaid(
            With("case $1 in ps) rm \"$0\";; *) echo 2.40.3;; esac", command, isAlone: true),
            "error CG0820",
            "the program `docker` was there and is gone"
        );

    [TestCase("1.29.2", "error CG0834", "the old program `docker-compose` 1.29.2, which does not do")]
    [TestCase("2.40.3", "error CG0802", "ln -s")]
    public void Compose_that_is_there_but_not_as_a_plugin(string version, string code, string text)
    {
        using var former = new ScratchWorkspace();
        var path = Programs.PathWith(former, "docker-compose", $"#!/bin/sh\necho {version}\n");
        AssertSaid(With(WithoutPlugin, "up", further: path.Split(':')[0]), code, text);
    }

    [Test]
    public void Ports_are_shown_all_the_same([Values(Hang, "kill -SEGV $$", "echo hello")] string script)
    {
        var outcome = With(script, "ports");
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        Assert.That(outcome.Output, Does.Contain("web"));
    }

    [TestCase("abc")]
    [TestCase("0")]
    [TestCase("-1")]
    public void A_timeout_that_is_no_number_of_seconds_is_said_to_be_none(string seconds)
    {
        var outcome = With("echo hello", "down", seconds);
        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString);
        Assert.That(outcome.Error, Does.Contain($"error CG0824: COMPOSEGEN_DOCKER_TIMEOUT is `{seconds}`"));
    }

    [TestCase("2.29.7", true)]
    [TestCase("v2.30.0-desktop.1", false)]
    public void A_plugin_that_is_too_old_for_a_key_is_told_with_the_version_that_it_takes(string version, bool isTold)
    {
        var outcome = With(
            $"""
            case "$*" in
              "compose version"*) echo {version};;
              version*) echo 28.5.2;;
              info*) echo '{"{}"}';;
              compose*) exit 15;;
            esac
            """,
            "up"
        );
        Assert.That(outcome.ExitCode, Is.EqualTo(isTold ? 3 : 15), outcome.ToString);
        Assert.That(
            outcome.Error,
            isTold
                ? Does.Contain("projects/web/project.yml:3:3: error CG0831: `post_start` of web takes Docker Compose 2.30.0 or later, and this machine has 2.29.7")
                : Does.Not.Contain("CG0831")
        );
    }

    private static void AssertSaid(Outcome outcome, string code, string text)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString);
            Assert.That(outcome.Error, Does.Contain(code).And.Contain(text).And.Not.Contain("defect of composegen").And.Not.Contain("   at "));
        }
    }

    private static Outcome With(string script, string command, string seconds = "1", bool isAlone = false, string? further = null)
    {
        using var programs = new ScratchWorkspace();
        using var workspace = new ScratchWorkspace()
            .With("which-project", "web\n")
            .With("projects/web/project.yml", "service:\n  image: debian:bookworm-slim\n  post_start: [{command: \"true\"}]\n  ports: [80]\n");
        var path = Programs.PathWith(programs, "docker", $"#!/bin/sh\n{script}\n");
        if (isAlone)
        {
            // None of docker's own must be found once the script is gone.
            path = Programs.PathOfOnly(programs, "sh", "dirname", "find", "head", "rm", "tail");
        }

        if (further is not null)
        {
            path = $"{further}:{path}";
        }

        return Run.Program(
            Repository.Script,
            workspace.Root,
            new Dictionary<string, string?> { ["PATH"] = path, ["DOCKER_HOST"] = Programs.EngineElsewhere, ["COMPOSEGEN_DOCKER_TIMEOUT"] = seconds },
            command
        );
    }
}
