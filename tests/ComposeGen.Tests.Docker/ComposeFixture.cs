namespace ComposeGen.Tests.Docker;

/// <summary>Tests that need <c>docker compose</c> to read files with, and no engine: they may run beside others.</summary>
[Category("ComposeAlone")]
public abstract class ComposeFixture
{
    [OneTimeSetUp]
    public void Requires_docker_compose()
    {
        if (!Engine.HasClient)
        {
            Assert.Ignore("NOT TESTED, for want of docker compose: what it reads in the files that are generated");
        }
    }
}
