using ComposeGen.Tests.Support;

// There is one engine, and its host ports are everybody's.
[assembly: NonParallelizable]

namespace ComposeGen.Tests.Docker;

[SetUpFixture]
internal sealed class Suite
{
    [OneTimeSetUp]
    public void Builds_the_tool_and_removes_what_a_killed_run_left()
    {
        var outcome = Run.Tool(Repository.Root, "--version");
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        foreach (var project in Engine.IsThere ? Engine.Projects(Stack.Prefix) : [])
        {
            Engine.Remove(project);
        }
    }
}
