namespace ComposeGen.Tests.Docker;

/// <summary>One project whose image cannot be built, one that needs it, and one that has nothing to do with it.</summary>
public class KeepGoingTests : EngineFixture
{
    [Test]
    public void The_rest_starts_and_who_is_left_out_is_named_with_the_reason()
    {
        using var stack = Three("keep-going");
        var outcome = stack.Tool("up", "-d", "--keep-going");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString);
            Assert.That(
                outcome.Error,
                Does.Contain("error CG0826: the image of broken could not be built, from projects/broken/Dockerfile")
                    .And.Contain("error CG0832: needing was left out: it needs broken")
                    .And.Contain("left out: broken, needing\n")
            );
            Assert.That(stack.Running, Has.Length.EqualTo(1));
            Assert.That(Engine.Inspect(stack.Container("fine"), "{{.State.Running}}"), Is.EqualTo("true"));
        }
    }

    [Test]
    public void Without_it_nothing_starts_and_the_broken_build_is_named()
    {
        using var stack = Three("broken-build");
        var outcome = stack.Tool("up", "-d");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.ExitCode, Is.Not.Zero.And.Not.EqualTo(3), outcome.ToString);
            Assert.That(outcome.Error, Does.Contain("error CG0826: the image of broken could not be built").And.Contain(" build broken;"));
            Assert.That(stack.Containers, Is.Empty);
        }
    }

    [Test]
    public void A_program_that_ends_is_named_with_its_exit_code()
    {
        using var stack = new Stack("ends")
            .WithProject("bad", "service: {image: debian:bookworm-slim, command: [sh, -c, exit 7]}")
            .WithProject("fine", $"service: {{{Stack.Sleeper}}}");
        var outcome = stack.Tool("up", "--wait");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString);
            Assert.That(
                outcome.Error,
                Does.Contain("error CG0828: bad ended with exit code 7").And.Contain($"docker compose -p {stack.Name} logs bad").And.Not.Contain("fine ended")
            );
        }
    }

    private static Stack Three(string name) =>
        new Stack(name)
            .WithDockerfile("broken", "FROM debian:bookworm-slim\nRUN false\n")
            .WithProject("fine", $"service: {{{Stack.Sleeper}}}")
            .WithProject("needing", $"service: {{{Stack.Sleeper}, depends_on: [broken:broken]}}");
}
