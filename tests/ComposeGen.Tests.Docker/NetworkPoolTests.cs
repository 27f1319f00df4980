namespace ComposeGen.Tests.Docker;

/// <summary>Docker finds addresses for some thirty networks by itself; a workspace may have more projects than that.</summary>
public class NetworkPoolTests : EngineFixture
{
    // The least that get subnets.
    private const int Few = 25;

    [Test]
    public void Sixty_projects_with_a_network_each_run_at_once()
    {
        const int Projects = 60;
        using var stack = Many("pools", Projects);
        stack.Do("up", "-d");
        var ranges = Engine
            .List("network", stack.Name)
            .Select(network => Engine.Docker("network", "inspect", "--format", "{{range .IPAM.Config}}{{.Subnet}}{{end}}", network))
            .ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stack.Running, Has.Length.EqualTo(Projects));
            Assert.That(ranges, Has.Count.EqualTo(Projects));
            Assert.That(ranges, Is.Unique);
            Assert.That(ranges, Is.All.Matches("^10\\.208\\.\\d+\\.0/24$"));
        }
    }

    [Test]
    public void A_range_that_is_in_use_here_is_said_before_anything_starts_and_remap_goes_round_it()
    {
        const string Foreign = $"{Stack.Prefix}foreign";
        using var stack = Many("overlap", Few);
        Engine.Docker("network", "create", "--subnet", "10.208.3.0/24", Foreign);
        try
        {
            // Nothing needs to run for the networks to be made.
            var refused = stack.Tool("up", "--", "--no-start");
            Assert.That(refused.Error, Does.Match($"error CG0816: subnet 10\\.208\\.3\\.0/24 of network p\\d+ overlaps 10\\.208\\.3\\.0/24, which Docker's network {Foreign} has"));
            Assert.That(Engine.List("network", stack.Name), Is.Empty);

            var locked = File.ReadAllText(Path.Combine(stack.Root, "which-project.lock"));
            stack.Do("up", "--remap", "--", "--no-start");

            Assert.That(Engine.List("network", stack.Name), Has.Length.EqualTo(Few));
            Assert.That(File.ReadAllText(Path.Combine(stack.Root, "which-project.lock")), Is.EqualTo(locked));
        }
        finally
        {
            Engine.Remove(stack.Name);
            Engine.Docker("network", "rm", Foreign);
        }
    }

    private static Stack Many(string name, int projects)
    {
        var stack = new Stack(name);
        for (var i = 0; i < projects; i++)
        {
            stack.WithProject($"p{i}", $"{{shared: false, service: {{{Stack.Sleeper}}}}}");
        }

        return stack;
    }
}
