using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary><c>composegen run</c>: one project in the foreground, without touching what runs already.</summary>
public class RunTests : EngineFixture
{
    private const string Dockerfile = "FROM debian:bookworm-slim\nCMD [\"cat\", \"/built\"]\nRUN echo from-the-image >/built\n";

    [Test]
    public void It_builds_and_ends_with_the_programs_output_and_exit_code()
    {
        using var stack = new Stack("run").WithDockerfile("tool", Dockerfile);

        var own = stack.Tool("run", "tool");
        var given = stack.Tool("run", "tool", "--", "sh", "-c", "echo out; echo err >&2; exit 7");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((own.ExitCode, own.Output), Is.EqualTo((0, "from-the-image\n")), own.ToString);
            Assert.That((given.ExitCode, given.Output), Is.EqualTo((7, "out\n")), given.ToString);
            Assert.That(given.Error, Does.Contain("err\n"));
            Assert.That(File.Exists(Path.Combine(stack.Root, "docker-compose.yml")), Is.False);
        }
    }

    [Test]
    public void It_reads_standard_input_and_mounts_the_projects_folder()
    {
        using var stack = new Stack("run").WithDockerfile("tool", Dockerfile).With("projects/tool/note", "a note\n");

        var outcome = stack.Tool("run", "tool", "--", "sh", "-c", "cat; cat /workspace/tool/note");

        Assert.That(outcome.Output, Is.EqualTo("a note\n"), outcome.ToString);
    }

    [Test]
    public void A_member_is_run_by_its_path()
    {
        using var stack = new Stack("run")
            .WithProject("many", "members: [\"*\"]\n")
            .With("projects/many/one/Dockerfile", Dockerfile)
            .With("projects/many/two/Dockerfile", Dockerfile);

        Assert.That(stack.Do("run", "many/one").Output, Is.EqualTo("from-the-image\n"));
        Assert.That(stack.Tool("run", "many").Error, Does.Contain("`composegen run many/one`, `composegen run many/two`"));
    }

    // Not selected, which-project is wrong, and another project lacks a variable: none of it is this project's business.
    [Test]
    public void It_needs_nothing_of_the_other_projects()
    {
        using var stack = new Stack("run")
            .WithProject("other", $"service: {{{Stack.Sleeper}, environment: {{A: \"${{NOT_THERE:?}}\"}}}}")
            .With("projects/tool/Dockerfile", Dockerfile);
        stack.With("which-project", "other\nno-such-project\n!tool\n");

        Assert.That(stack.Do("run", "tool").Output, Is.EqualTo("from-the-image\n"));
    }

    [Test]
    public async Task It_answers_on_its_own_port_while_others_are_up()
    {
        using var stack = WithShop().WithProject("other", $"service: {{{Serving("other", 18122)}}}");
        stack.Do("up", "-d", "--wait", "other");
        var before = State(stack);
        var urls = stack.Urls();
        using (var run = ForegroundRun.InPipes(stack.Root, Repository.Script, "run", "shop"))
        {
            run.Expect($"shop:web  {urls["shop:web"]}");
            Http.AnswersEventually(urls["shop:web"]);
            Assert.That(await Http.Get(urls["shop:web"]), Does.Contain("shop"));
            Assert.That(await Http.Get(urls["other:other"]), Does.Contain("other"));
            run.Signal("INT");
            Assert.That(run.ExitCode(), Is.EqualTo(130));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(State(stack), Is.EqualTo(before).And.Length.EqualTo(1), "the container of `other` alone, as it was");
            Assert.That(Engine.List("network", stack.Name), Has.Length.EqualTo(1));
            Assert.That(stack.Volumes, Has.Length.EqualTo(1), "volumes stay");
        }
    }

    [Test]
    public void What_it_depends_on_is_reached_by_name_and_gone_afterwards()
    {
        using var stack = WithShop();

        var outcome = stack.Do("run", "shop", "--", "python", "-c", "import socket; print(socket.gethostbyname('db') != '')");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Output, Is.EqualTo("True\n"));
            Assert.That(stack.Containers, Is.Empty);
            Assert.That(Engine.List("network", stack.Name), Is.Empty);
            Assert.That(stack.Volumes, Has.Length.EqualTo(1));
        }
    }

    [Test]
    public void A_dependency_that_is_up_is_used_as_it_is_and_stays()
    {
        using var stack = WithShop();
        stack.Do("up", "-d", "shop:other");
        var before = State(stack);
        // Its image would come out different now.
        stack.With("projects/shop/Dockerfile", Dockerfile + "RUN echo changed >/built\n");

        stack.Do("run", "shop", "--", "true");

        Assert.That(State(stack), Is.EqualTo(before).And.Length.EqualTo(2));
    }

    [Test]
    public void What_another_run_has_come_to_need_stays()
    {
        string[] wait = ["--", "sh", "-c", "echo is-there; sleep 600"];
        using var stack = WithShop();
        using var first = ForegroundRun.InPipes(stack.Root, [Repository.Script, "run", "shop:web", .. wait]);
        first.Expect("is-there");
        using var second = ForegroundRun.InPipes(stack.Root, [Repository.Script, "run", "shop:other", .. wait]);
        second.Expect("is-there");

        first.Signal("TERM").ExitCode();

        Assert.That(Engine.Inspect(stack.Container("shop-db"), "{{.State.Running}}"), Is.EqualTo("true"));
        second.Signal("TERM").ExitCode();
    }

    [Test]
    public void A_service_that_runs_already_is_not_run_twice()
    {
        using var stack = new Stack("run").WithProject("web", $"service: {{{Stack.Sleeper}, ports: [\"18123:80\"]}}");
        stack.Do("up", "-d");

        var outcome = stack.Tool("run", "web");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString);
            Assert.That(
                outcome.Error,
                Does.Contain($"error CG0807: web:web runs already, as container {stack.Container("web")}\n")
                    .And.Contain($"docker compose -p {stack.Name} stop web")
            );
            Assert.That(stack.Running, Has.Length.EqualTo(1));
        }
    }

    [Test]
    public void Neither_run_nor_up_takes_the_port_of_a_run_that_goes_on()
    {
        using var stack = new Stack("run").WithProject("web", $"service: {{{Stack.Sleeper}, ports: [\"18123:80\"]}}");
        using var run = ForegroundRun.InPipes(stack.Root, Repository.Script, "run", "web", "--", "sh", "-c", "echo is-there; sleep 600");
        run.Expect("is-there");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stack.Tool("run", "web").Error, Does.Contain("stop it: docker stop "));
            Assert.That(stack.Tool("up", "-d").Error, Does.Contain("error CG0804").And.Contain("stop it: docker stop "));
            Assert.That(stack.Running, Has.Length.EqualTo(1));
        }

        run.Signal("TERM").ExitCode();
    }

    [TestCase("INT", ExpectedResult = 130)]
    [TestCase("TERM", ExpectedResult = 130)]
    [TestCase("HUP", ExpectedResult = 129)]
    public int Whatever_signal_ends_it_nothing_is_left(string signal)
    {
        using var stack = WithShop();
        string[] command = ["run", "shop", "--", "sh", "-c", "trap 'exit 0' TERM; echo is-there; while :; do sleep 0.2; done"];
        using var run = ForegroundRun.InPipes(stack.Root, [Repository.Script, .. command]);

        var code = run.Expect("is-there").Signal(signal).ExitCode();

        Assert.That(stack.Containers, Is.Empty);
        return code;
    }

    private static string Serving(string content, int port) =>
        $"image: \"python:3.11-slim\", init: true, ports: [\"{port}:80\"], "
        + $"command: [sh, -c, \"mkdir -p /s/{content}; cd /s; python -m http.server 80\"]";

    private static string Shop =>
        $$"""
            services:
              web: { {{Serving("shop", 18121)}}, depends_on: [db] }
              other: { {{Stack.Sleeper}}, depends_on: [db] }
              db: { build: ., init: true, command: [sleep, infinity], volumes: ["data:/data"] }
            volumes: { data: {} }
            """;

    private static Stack WithShop() => new Stack("run").WithProject("shop", Shop).With("projects/shop/Dockerfile", Dockerfile);

    // Which container, since when.
    private static string[] State(Stack stack) =>
        [.. stack.Containers.Select(id => Engine.Inspect(id, "{{.Name}} {{.Id}} {{.Image}} {{.State.StartedAt}}"))];
}
