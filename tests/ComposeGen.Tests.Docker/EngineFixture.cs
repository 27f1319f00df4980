namespace ComposeGen.Tests.Docker;

/// <summary>Tests that need an engine.</summary>
public abstract class EngineFixture
{
    [OneTimeSetUp]
    public void Requires_an_engine() => Engine.Require();
}
