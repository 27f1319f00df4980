using ComposeGen.Tests.Support;
using NUnit.Framework.Constraints;

namespace ComposeGen.Tests.Docker;

/// <summary>What is said where the engine is in trouble, or refuses.</summary>
public class EngineInTroubleTests : EngineFixture
{
    [Test]
    public void A_socket_that_this_user_may_not_use()
    {
        RequireRoot();
        using var programs = new ScratchWorkspace();
        using var stack = new Stack("no-access").WithProject("web", $"service: {{{Stack.Sleeper}}}");
        var path = Programs.PathWith(
            programs,
            "docker",
            $"#!/bin/sh\nexport HOME=/nonexistent DOCKER_CONTEXT=\nexec setpriv --reuid=65534 --regid=65534 --clear-groups '{Programs.PathTo("docker")}' \"$@\"\n"
        );

        var outcome = Run.Program(
            Repository.Script,
            stack.Root,
            new Dictionary<string, string?> { ["PATH"] = path, ["DOCKER_CONTEXT"] = "of-docker-alone" },
            "up"
        );

        AssertEnds(outcome, 3, Does.Contain("error CG0833: this user may not speak to the Docker engine: permission denied while").And.Contain("hint: sudo usermod -aG docker $USER"));
    }

    [Test]
    public void A_disk_that_is_full()
    {
        RequireRoot();
        using var engine = new SecondEngine(megabytes: 64);
        using var workspace = new ScratchWorkspace()
            .With("which-project", "big\n")
            .With("projects/big/Dockerfile", "FROM scratch\nCOPY blob /blob\n");
        using (var blob = File.Create(workspace.PathOf("projects/big/blob")))
        {
            blob.SetLength(100_000_000);
        }

        var outcome = Tool(workspace, engine, [], "up", "-d");

        AssertEnds(
            outcome,
            1,
            Does.Match("(error|warning) CG0830: the disk where Docker keeps images and volumes, .*, has \\d+ MB left")
                .And.Contain("`docker system prune`")
                .And.Contain("error CG0826: the image of big could not be built, from projects/big/Dockerfile")
        );
    }

    [Test]
    public void One_that_dies_when_up_has_begun()
    {
        RequireRoot();
        using var engine = new SecondEngine(megabytes: 64);
        using var programs = new ScratchWorkspace();
        using var workspace = new ScratchWorkspace()
            .With("which-project", "web\n")
            .With("projects/web/project.yml", $"service: {{{Stack.Sleeper}}}\n");
        var path = Programs.PathWith(
            programs,
            "docker",
            $"#!/bin/sh\ncase \"$*\" in *' up '*) kill -9 {engine.ProcessId};; esac\nexec '{Programs.PathTo("docker")}' \"$@\"\n"
        );

        var outcome = Tool(workspace, engine, new() { ["PATH"] = path }, "up", "-d");

        AssertEnds(outcome, 3, Does.Contain("error CG0825: the engine stopped while `up` ran").And.Contain("`composegen up` then goes on where it was").And.Not.Contain("CG0827"));
    }

    [Test]
    public void An_image_that_cannot_be_had()
    {
        using var stack = new Stack("no-image")
            .WithProject("fine", $"service: {{{Stack.Sleeper}}}")
            .WithProject("typo", "service: {image: \"127.0.0.1:9/no/such:1\"}");

        var outcome = stack.Tool("up", "-d");

        AssertEnds(
            outcome,
            1,
            Does.Contain("projects/typo/project.yml:1:1: error CG0827: image 127.0.0.1:9/no/such:1 of typo is not on this machine, and could not be pulled")
                .And.Contain("docker pull 127.0.0.1:9/no/such:1")
                .And.Not.Contain("of fine")
        );
    }

    [Test]
    public void A_base_image_that_cannot_be_had()
    {
        using var stack = new Stack("no-base").WithDockerfile("app", "# the base\nFROM 127.0.0.1:9/no/such:1\nRUN true\n");

        var outcome = stack.Tool("up", "-d");

        AssertEnds(
            outcome,
            1,
            Does.Contain("projects/app/Dockerfile:2:1: error CG0835: the image of app could not be built: 127.0.0.1:9/no/such:1, which it starts from,")
                .And.Contain("connection refused")
                .And.Contain("2 | FROM 127.0.0.1:9/no/such:1\n    | ^^^^^^^^^^^^^^^^^^^^^^^^^^")
        );
    }

    [Test]
    public void Of_builds_that_were_stopped_the_one_that_failed_is_named()
    {
        using var stack = new Stack("broken-builds")
            .WithDockerfile("slow", "FROM debian:bookworm-slim\nRUN sleep 600\n")
            .WithDockerfile("broken", "FROM debian:bookworm-slim\nRUN echo hello\nRUN exit 7\n");

        var outcome = stack.Tool("up", "-d");

        AssertEnds(
            outcome,
            1,
            Does.Contain("projects/broken/Dockerfile:3:1: error CG0826: the image of broken could not be built, from projects/broken/Dockerfile: `RUN exit 7`: ")
                .And.Contain("exit code: 7")
                .And.Not.Contain("of slow could")
                .And.Not.Contain("slow has no image")
        );
    }

    [Test]
    public void A_service_that_is_unhealthy()
    {
        using var stack = new Stack("unhealthy").WithProject(
            "sick",
            $"service: {{{Stack.Sleeper}, healthcheck: {{test: [CMD, \"false\"], interval: 100ms, retries: 1}}}}"
        );

        var outcome = stack.Tool("up", "--wait");

        AssertEnds(outcome, 1, Does.Contain("error CG0829: sick runs, but its health check fails").And.Contain($"docker compose -p {stack.Name} logs sick"));
    }

    private static void AssertEnds(Outcome outcome, int code, IResolveConstraint said)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(code), outcome.ToString);
            Assert.That(outcome.Error, said);
        }
    }

    private static Outcome Tool(ScratchWorkspace workspace, SecondEngine engine, Dictionary<string, string?> environment, params string[] arguments) =>
        Run.Program(Repository.Script, workspace.Root, new Dictionary<string, string?>(environment) { ["DOCKER_HOST"] = engine.Host }, arguments);

    private static void RequireRoot()
    {
        if (!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux())
        {
            Assert.Ignore("NOT TESTED: takes root on Linux");
        }
    }
}
