namespace ComposeGen.Tests.Docker;

public class SamePortTests : EngineFixture
{
    private const string Dockerfile = """
        FROM python:3.11-slim
        EXPOSE 8888
        CMD ["python", "-m", "http.server", "8888"]
        """;

    [Test]
    public void Two_projects_that_want_one_port_run_at_once()
    {
        using var stack = TwoProjects();
        stack.Do("up", "-d");
        var urls = stack.Urls().Values.Distinct().ToList();
        Assert.That(urls, Has.Count.EqualTo(2));
        urls.ForEach(Http.AnswersEventually);
    }

    [Test]
    public void Run_by_hand_the_second_of_them_finds_the_port_taken()
    {
        using var stack = TwoProjects();
        using var first = RunByHand(stack, "a");
        using var second = RunByHand(stack, "b");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Outcome.ExitCode, Is.Zero, first.Outcome.ToString);
            Assert.That(second.Outcome.ExitCode, Is.Not.Zero, second.Outcome.ToString);
            Assert.That(second.Outcome.Error, Does.Contain("port is already allocated"));
        }
    }

    private static Stack TwoProjects() => new Stack("ports").WithDockerfile("a", Dockerfile).WithDockerfile("b", Dockerfile);

    private static ForeignContainer RunByHand(Stack stack, string project)
    {
        // Labelled, so that it goes with the stack.
        var image = Engine.Docker(
            "build",
            "--quiet",
            "--label",
            $"{Engine.ProjectLabel}={stack.Name}",
            Path.Combine(stack.Root, "projects", project)
        );
        return new ForeignContainer(project, "--publish", "127.0.0.1:8888:8888", image);
    }
}
