using ComposeGen.Tests.Support;

// There is one engine, and its host ports are everybody's.
[assembly: NonParallelizable]

namespace ComposeGen.Tests.Docker;

[SetUpFixture]
internal sealed class Suite
{
    /// <summary>The category of tests that take a swarm of two more engines: those of <c>./test --long</c>.</summary>
    public const string Cluster = "Cluster";

    /// <summary>The category of tests that install Docker on a machine without: those of <c>./test --long</c> too.</summary>
    public const string Bare = "BareDebian";

    [OneTimeSetUp]
    public void Builds_the_tool()
    {
        var outcome = Run.Tool(Repository.Root, "--version");
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
    }
}
