using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>What <c>up</c>, <c>run</c> and <c>down</c> say where Docker is missing, wholly or in part. Needs no engine.</summary>
public class NoDockerTests
{
    private const string WithoutPlugin = """
        #!/bin/sh
        [ "$1" = version ] && echo 28.5.2 && exit
        echo "unknown shorthand flag: 'd' in -d" >&2
        exit 125

        """;

    [Test]
    public void Without_docker_they_say_how_to_get_it([Values("up", "run", "down")] string command)
    {
        using var programs = new ScratchWorkspace();
        // What the script composegen itself runs.
        AssertNoDocker(
            command,
            new() { ["PATH"] = Programs.PathOfOnly(programs, "sh", "dirname", "find", "head") },
            "error CG0801: Docker is not installed",
            "hint: "
        );
    }

    [Test]
    public void Without_an_engine_that_answers_they_say_so([Values("up", "run", "down")] string command)
    {
        if (!Engine.HasClient)
        {
            Assert.Ignore("NOT TESTED: there is no program `docker` with its plugin `docker compose`");
        }

        const string Nowhere = "unix:///nonexistent.sock";
        AssertNoDocker(
            command,
            new() { ["DOCKER_HOST"] = Nowhere },
            "error CG0803: the Docker engine does not answer",
            $"hint: DOCKER_HOST is {Nowhere}"
        );
    }

    [Test]
    public void Without_the_compose_plugin_they_say_so([Values("up", "run", "down")] string command)
    {
        using var programs = new ScratchWorkspace();
        AssertNoDocker(
            command,
            new() { ["PATH"] = Programs.PathWith(programs, "docker", WithoutPlugin), ["DOCKER_HOST"] = Programs.EngineElsewhere },
            "error CG0802: Docker is here, but not its plugin `docker compose`",
            "hint: "
        );
    }

    private static void AssertNoDocker(string command, Dictionary<string, string?> environment, params string[] messages)
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "web\n")
            .With("projects/web/project.yml", $"service: {{{Stack.Sleeper}}}\n");
        var outcome = Run.Program(Repository.Script, workspace.Root, environment, command == "run" ? [command, "web"] : [command]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString);
            Assert.That(
                messages,
                Is.All.Matches<string>(message => outcome.Error.Contains(message, StringComparison.Ordinal)),
                outcome.ToString
            );
            Assert.That(File.Exists(workspace.PathOf("docker-compose.yml")), Is.EqualTo(command == "up"));
        }
    }
}
