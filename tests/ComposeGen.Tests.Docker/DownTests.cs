using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

public class DownTests : EngineFixture
{
    private static readonly string[] BrokenFiles =
    [
        "which-project",
        "projects/web/project.yml",
        "docker-compose.yml",
        "which-project.lock",
        "composegen.yml",
        ".env",
    ];

    [Test]
    public void Down_keeps_nothing_but_the_volumes_and_with_v_not_those()
    {
        using var stack = Running();
        stack.Do("down");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stack.Containers, Is.Empty);
            Assert.That(Engine.List("network", stack.Name), Is.Empty);
            Assert.That(stack.Volumes, Has.Length.EqualTo(1));
        }

        stack.Do("up", "-d");
        stack.Do("down", "-v");
        Assert.That(Engine.List("volume", stack.Name), Is.Empty);
    }

    [Test]
    public void Volumes_go_with_v_even_where_nothing_runs_any_more()
    {
        using var stack = Running();
        stack.Do("down");
        stack.Do("down", "-v");
        Assert.That(Engine.List("volume", stack.Name), Is.Empty);
    }

    [TestCaseSource(nameof(BrokenFiles))]
    public void Down_works_though_a_file_is_broken(string file)
    {
        using var stack = Running().With(file, "services: [\0\n\t: ${");
        AssertGone(stack);
    }

    [Test]
    public void Down_works_though_everything_is_broken_at_once()
    {
        using var stack = Running();
        stack.Do("generate");
        foreach (var file in BrokenFiles.Append("composegen.local.yml").Except(["which-project", "docker-compose.yml"]))
        {
            stack.With(file, "services: [\0\n\t: ${");
        }

        // No manifest, a link in a circle, and a file where the projects' folder was.
        File.Delete(Path.Combine(stack.Root, "which-project"));
        File.Delete(Path.Combine(stack.Root, "docker-compose.yml"));
        File.CreateSymbolicLink(Path.Combine(stack.Root, "docker-compose.yml"), "docker-compose.yml");
        Directory.Delete(Path.Combine(stack.Root, "projects"), recursive: true);
        stack.With("projects", string.Empty);
        AssertGone(stack);
    }

    [TestCase("COMPOSE_PROJECT_NAME", "elsewhere")]
    [TestCase("COMPOSE_FILE", "/nowhere.yml")]
    public void The_environment_chooses_neither_project_nor_file(string variable, string value)
    {
        using var stack = Running();
        stack.ToolWith(variable, value, "down");
        Assert.That(stack.Containers, Is.Empty);
    }

    [Test]
    public void Down_reaches_what_the_files_no_longer_name()
    {
        using var stack = Running().With("docker-compose.yml", string.Empty);
        Directory.Delete(Path.Combine(stack.Root, "projects"), recursive: true);
        AssertGone(stack);
    }

    [Test]
    public void While_docker_compose_runs_another_run_may_write()
    {
        using var stack = Running();
        using var up = ForegroundRun.InPipes(stack.Root, Repository.Script, "up");
        up.Expect("Attaching to");

        using var generate = Run.Start(Repository.Script, stack.Root, [], "generate");

        Assert.That(generate.StandardError.ReadLine(), Is.Null, "it need not say for whom it waits");
        stack.Do("down");
        up.ExitCode();
    }

    private static Stack Running()
    {
        var stack = new Stack("down").WithProject(
            "web",
            $$"""
            services:
              app: { {{Stack.Sleeper}}, volumes: ["data:/data"] }
              db: { {{Stack.Sleeper}} }
            volumes: { data: {} }
            """
        );
        stack.Do("up", "-d");
        return stack;
    }

    private static void AssertGone(Stack stack)
    {
        stack.Do("down");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stack.Containers, Is.Empty);
            Assert.That(Engine.List("network", stack.Name), Is.Empty);
        }
    }
}
