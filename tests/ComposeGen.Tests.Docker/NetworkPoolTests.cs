namespace ComposeGen.Tests.Docker;

/// <summary>Docker finds addresses for some thirty networks by itself; a workspace may have more projects than that.</summary>
public class NetworkPoolTests : EngineFixture
{
    private const int Projects = 32;

    [Test]
    public void More_networks_than_Dockers_pools_hold_come_up()
    {
        using var stack = new Stack("pools");
        for (var i = 0; i < Projects; i++)
        {
            stack.WithProject($"p{i}", $"services: {{x: {{{Stack.Sleeper}}}, y: {{{Stack.Sleeper}}}}}");
        }

        stack.Do("up", "--", "--no-start");
        var networks = Engine.List("network", stack.Name);
        var ranges = networks
            .Select(network => Engine.Docker("network", "inspect", "--format", "{{range .IPAM.Config}}{{.Subnet}}{{end}}", network))
            .ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(networks, Has.Length.EqualTo(Projects + 1), "each project's own and the shared one");
            Assert.That(ranges, Is.Unique);
            Assert.That(ranges, Is.All.Matches("^10\\.208\\.\\d+\\.0/24$"));
        }
    }
}
