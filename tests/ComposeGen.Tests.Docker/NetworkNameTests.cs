namespace ComposeGen.Tests.Docker;

/// <summary>
/// The engine asks a container's networks for a name in the order of their names: what a project's own network answers
/// has to come before what the shared one does, whatever the project is called.
/// </summary>
public class NetworkNameTests : EngineFixture
{
    // A name before "shared", one after it.
    private static readonly string[] Projects = ["app", "zoo"];

    [Test]
    public void A_projects_own_db_comes_before_the_project_that_is_called_db()
    {
        using var stack = new Stack("names")
            .WithProject("db", $"service: {{{Stack.Sleeper}}}")
            .WithProject("lone", $"service: {{{Stack.Sleeper}}}");
        foreach (var project in Projects)
        {
            stack.WithProject(project, $"services: {{db: {{{Stack.Sleeper}}}, web: {{{Stack.Sleeper}}}}}");
        }

        stack.Do("up", "-d");
        using (Assert.EnterMultipleScope())
        {
            foreach (var project in Projects)
            {
                Assert.That(stack.Addresses($"{project}-db"), Does.Contain(stack.Resolve($"{project}-web", "db")), project);
            }

            Assert.That(stack.Addresses("db"), Does.Contain(stack.Resolve("lone", "db")), "what has no db of its own");
        }
    }
}
