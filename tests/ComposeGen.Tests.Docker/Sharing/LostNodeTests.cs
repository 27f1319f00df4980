namespace ComposeGen.Tests.Docker.Sharing;

/// <summary>A node of a swarm is gone from one moment to the next; so it has a swarm of its own.</summary>
[Category(Suite.Cluster)]
public class LostNodeTests : EngineFixture
{
    [Test]
    public void What_a_lost_node_ran_is_back_on_the_other()
    {
        using var cluster = new Cluster();
        using var stack = ClusterTests.Site("4");
        var deployed = cluster.Tool(stack.Root, "deploy", "--registry", Cluster.Registry, "--context", Cluster.Context);
        Assert.That(deployed.ExitCode, Is.Zero, deployed.ToString);
        Assert.That(Running(cluster.Worker), Is.EqualTo(2));

        cluster.Worker.Kill();

        Eventually.IsTrue(() => Running(cluster.Manager) == 4, () => cluster.On(cluster.Manager, "stack", "ps", stack.Name), seconds: 120);

        int Running(SecondEngine node) => cluster.Lines(node, "ps", "--quiet", "--filter", $"label=com.docker.swarm.service.name={stack.Name}_site-web").Length;
    }
}
