namespace ComposeGen.Tests.Docker.Sharing;

/// <summary>What <c>deploy</c> says where there is no swarm; <see cref="ClusterTests"/> have one.</summary>
public class DeployTests : EngineFixture
{
    [Test]
    public void An_engine_in_no_swarm_is_told()
    {
        using var stack = new Stack("no-swarm").WithProject("one", $"service: {{{Stack.Sleeper}}}\n");

        foreach (var command in (string[][])[["deploy"], ["deploy", "--diff"], ["deploy", "--remove"], ["ports", "--stack"]])
        {
            var outcome = stack.Tool(command);
            Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString);
            Assert.That(outcome.Error, Does.Contain("error CG0930: the engine is no manager of a swarm").And.Contain("docker swarm init"));
        }
    }

    [Test]
    public void A_context_that_there_is_none_of_is_told()
    {
        using var stack = new Stack("no-context").WithProject("one", $"service: {{{Stack.Sleeper}}}\n");

        foreach (var command in (string[][])[["deploy", "--context", "nowhere"], ["up", "-d", "--context", "nowhere"]])
        {
            var outcome = stack.Tool(command);
            Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString);
            Assert.That(outcome.Error, Does.Contain("nowhere"));
        }
    }
}
