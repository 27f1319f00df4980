using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary><c>logs</c>, <c>ps</c> and <c>exec</c>: docker compose's own, by the names that projects have.</summary>
public class HandOverTests : EngineFixture
{
    private const string Shop = """
        services:
          web: {image: "debian:bookworm-slim", init: true, command: [sh, -c, "echo first of web; echo last of web; exec sleep infinity"]}
          ends: {image: "debian:bookworm-slim", command: [sh, -c, "echo of ends; exit 3"]}

        """;

    private const string Other = """service: {image: "debian:bookworm-slim", init: true, working_dir: /tmp, command: [sh, -c, "echo of other; exec sleep infinity"]}""" + "\n";

    private Stack _stack = null!;

    [OneTimeSetUp]
    public void Brings_it_up_and_breaks_its_descriptors()
    {
        _stack = new Stack("hand-over").WithProject("shop", Shop).WithProject("other", Other);
        _stack.Do("up", "-d");
        Eventually.IsTrue(() => _stack.Running.Length == 2, () => "`ends` does not end");
        // From here on, neither descriptors nor generated file are there to be asked.
        _stack.With("projects/shop/project.yml", "services: [\n");
        File.Delete(Path.Combine(_stack.Root, "docker-compose.yml"));
    }

    [OneTimeTearDown]
    public void Removes_it() => _stack?.Dispose();

    [Test]
    public void Logs_of_a_project_are_those_of_its_services()
    {
        var (shop, all, one) = (_stack.Do("logs", "shop"), _stack.Do("logs"), _stack.Do("logs", "-n", "1", "shop:web", "--", "--no-log-prefix"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shop.Output, Does.Contain("first of web").And.Contain("of ends").And.Not.Contain("of other"));
            Assert.That(all.Output, Does.Contain("last of web").And.Contain("of other"));
            Assert.That(one.Output, Is.EqualTo("last of web\n"));
            Assert.That(File.Exists(Path.Combine(_stack.Root, "docker-compose.yml")), Is.False);
        }
    }

    [Test]
    public void Logs_are_followed_until_control_c()
    {
        using var run = ForegroundRun.OnTerminal(_stack.Root, Repository.Script, "logs", "-f", "shop:web");

        Assert.That(run.Expect("last of web").PressControlC().ExitCode(), Is.EqualTo(130));
    }

    [Test]
    public void Ps_lists_the_containers()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_stack.Do("ps", "-q").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EquivalentTo(_stack.Running.Select(Full)));
            Assert.That(_stack.Do("ps", "-a", "-q").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EquivalentTo(_stack.Containers.Select(Full)));
            Assert.That(_stack.Do("ps", "other").Output, Does.Contain($"{_stack.Name}-other-1").And.Not.Contain("shop"));
            Assert.That(_stack.Do("ps", "shop", "--", "--services").Output, Is.EqualTo("shop-web\n"));
        }

        static string Full(string id) => Engine.Inspect(id, "{{.Id}}");
    }

    [Test]
    public void Another_workspaces_file_that_the_shell_names_does_not_count()
    {
        using var other = new ScratchWorkspace().With("other.yml", "services: {nothing: {image: i}}\n");

        Assert.That(_stack.ToolWith("COMPOSE_FILE", other.PathOf("other.yml"), "ps", "-q").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(_stack.Running.Length));
    }

    [Test]
    public void Exec_hands_everything_after_the_name_to_the_program_and_its_exit_code_back()
    {
        var run = _stack.Tool("exec", "-e", "A=1", "-e", "B=2 3", "-w", "/usr", "-u", "nobody", "other", "sh", "-c", "echo $A-$B-$(pwd)-$(id -un)-$*; exit 7", "sh", "-e", "--", "-x");

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((7, "1-2 3-/usr-nobody--e -- -x\n")), run.ToString());
    }

    [TestCase("exec", "other", "--", "pwd", ExpectedResult = "/tmp\n")]
    [TestCase("exec", "other", "pwd", ExpectedResult = "/tmp\n")]
    [TestCase("exec", "shop:web", "echo", "--", "x", ExpectedResult = "-- x\n")]
    public string A_separator_may_stand_before_the_command(params string[] arguments) => _stack.Do(arguments).Output;

    [Test]
    public void Without_a_command_there_is_a_shell_on_the_terminal()
    {
        using var run = ForegroundRun.OnTerminal(_stack.Root, Repository.Script, "exec", "other");

        run.Type("test -t 0 && echo \"is-${BASH_VERSION%%.*}-on-a-terminal\"\n").Expect("is-5-on-a-terminal").Type("exit 5\n");

        Assert.That(run.ExitCode(), Is.EqualTo(5));
    }

    [TestCase("`shop` has several services, and a command runs in one\n  hint: name one: `composegen exec shop:ends`, `composegen exec shop:web`", "exec", "shop", "true")]
    [TestCase("CG0851: shop:ends has ended: Exited (3)", "exec", "shop:ends", "true")]
    [TestCase("did you mean `other`?", "exec", "othr", "true")]
    [TestCase("did you mean `other`?", "logs", "othr")]
    [TestCase("did you mean `shop:web`?", "ps", "shop:wbe")]
    [TestCase("`exec` takes the name of a project", "exec")]
    public void What_cannot_be_meant_is_said(string message, params string[] arguments)
    {
        var outcome = _stack.Tool(arguments);

        Assert.That((outcome.ExitCode, outcome.Output), Is.EqualTo((1, string.Empty)));
        Assert.That(outcome.Error, Does.Contain(message));
    }
}
