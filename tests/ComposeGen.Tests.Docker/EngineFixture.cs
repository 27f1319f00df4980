namespace ComposeGen.Tests.Docker;

/// <summary>Tests that need an engine.</summary>
public abstract class EngineFixture
{
    // What a run left that was killed. Once, before the first test that starts anything.
    private static readonly Lazy<bool> Swept = new(() =>
    {
        foreach (var project in Engine.Projects(Stack.Prefix))
        {
            Engine.Remove(project);
        }

        return true;
    });

    [OneTimeSetUp]
    public void Requires_an_engine()
    {
        Engine.Require();
        _ = Swept.Value;
    }
}
