using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>What <c>up</c> hands to <c>docker compose</c>, and the exit code that comes back.</summary>
public class ComposeOptionsTests : EngineFixture
{
    private const string FailsAtOnce = """service: {image: debian:bookworm-slim, command: [sh, -c, "echo did-run; exit 3"]}""";

    [TestCase("-d")]
    [TestCase("--wait")]
    public void The_exit_code_is_docker_composes_own(string option)
    {
        using var stack = new Stack("options").WithProject("job", FailsAtOnce);
        var own = stack.Tool("up", option);
        var plain = stack.Compose("up", option);
        Assert.That(own.ExitCode, Is.EqualTo(plain.ExitCode).And.EqualTo(option == "-d" ? 0 : 1), own.ToString);
    }

    [Test]
    public void What_follows_two_dashes_is_docker_composes()
    {
        using var stack = new Stack("options").WithProject("job", FailsAtOnce);
        var outcome = stack.Tool("up", "--", "--no-log-prefix", "--exit-code-from", "job");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString);
            Assert.That(outcome.Output.Split('\n'), Does.Contain("did-run"), outcome.ToString);
        }
    }

    [Test]
    public void A_build_can_be_left_out()
    {
        using var stack = new Stack("options").WithDockerfile("job", "FROM debian:bookworm-slim\nRUN false\n");
        Assert.That(stack.Tool("up", "-d", "--", "--no-build").Error, Does.Contain("No such image"));
    }

    [Test]
    public void A_file_called_docker_in_the_workspace_is_not_run()
    {
        using var stack = new Stack("options")
            .WithProject("job", $"service: {{{Stack.Sleeper}}}")
            .With("docker", "#!/bin/sh\ntouch was-run\n");
        Run.Program("chmod", stack.Root, "+x", "docker");
        stack.Do("up", "-d");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Services(stack), Is.EqualTo((string[])["job"]));
            Assert.That(File.Exists(Path.Combine(stack.Root, "was-run")), Is.False);
        }
    }

    [Test]
    public void A_project_named_starts_with_what_it_needs_and_nothing_else()
    {
        using var stack = new Stack("options")
            .WithProject("shop", $"services: {{web: {{{Stack.Sleeper}, depends_on: [\"store:db\"]}}, db: {{{Stack.Sleeper}}}}}")
            .WithProject("store", $"services: {{db: {{{Stack.Sleeper}}}, other: {{{Stack.Sleeper}}}}}")
            .WithProject("unasked", $"service: {{{Stack.Sleeper}}}");
        stack.Do("up", "-d", "shop");
        Assert.That(Services(stack), Is.EqualTo((string[])["shop-db", "shop-web", "store-db"]));
    }

    [Test]
    public void A_service_that_is_no_longer_selected_is_removed_by_the_next_up()
    {
        using var stack = new Stack("options")
            .WithProject("shop", $"service: {{{Stack.Sleeper}}}")
            .WithProject("store", $"service: {{{Stack.Sleeper}}}");
        stack.Do("up", "-d");
        stack.With("which-project", "store\n").Do("up", "-d");
        Assert.That(Services(stack), Is.EqualTo((string[])["store"]));
    }

    [TestCase("COMPOSE_PROJECT_NAME", "elsewhere")]
    [TestCase("COMPOSE_FILE", "/nowhere.yml")]
    public void The_environment_chooses_neither_project_nor_file(string variable, string value)
    {
        using var stack = new Stack("options").WithProject("job", $"service: {{{Stack.Sleeper}}}");
        stack.ToolWith(variable, value, "up", "-d");
        Assert.That(Services(stack), Is.EqualTo((string[])["job"]));
    }

    private static IEnumerable<string> Services(Stack stack) =>
        stack
            .Running.Select(id => Engine.Inspect(id, """{{index .Config.Labels "com.docker.compose.service"}}"""))
            .Order(StringComparer.Ordinal);
}
