using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary><c>composegen run</c> on a terminal: the keyboard is the program's.</summary>
public class RunTerminalTests : EngineFixture
{
    // Asks as Jupyter does; a second Ctrl+C leaves without an answer.
    private const string Asking = """
        import os, signal, sys, time

        def leave(*_):
            os.write(1, b"left\n")
            os._exit(3)

        def ask(*_):
            signal.signal(signal.SIGINT, leave)
            os.write(1, b"shut down?\n")
            if sys.stdin.readline().strip() == "y":
                os.write(1, b"confirmed\n")
                os._exit(4)

        signal.signal(signal.SIGINT, ask)
        os.write(1, b"is-ready %d\n" % os.isatty(0))
        while True:
            time.sleep(0.1)

        """;

    [TestCase("\x03", "left", ExpectedResult = 3)]
    [TestCase("y\n", "confirmed", ExpectedResult = 4)]
    public int Control_c_and_then_the_answer_reach_the_program_once(string answer, string printed)
    {
        using var stack = new Stack("run-terminal")
            .WithProject("asks", """service: {image: "python:3.11-slim", command: [python, /project/asks.py], volumes: [".:/project"]}""")
            .With("projects/asks/asks.py", Asking);
        using var run = ForegroundRun.OnTerminal(stack.Root, Repository.Script, "run", "asks");

        var code = run.Expect("is-ready 1").PressControlC().Expect("shut down?").Type(answer).Expect(printed).ExitCode();

        Assert.That(stack.Containers, Is.Empty);
        return code;
    }

    [TestCase("\x03")]
    [TestCase("y\n")]
    public void The_samples_notebook_is_stopped_by_control_c_and_its_answer(string answer)
    {
        using var stack = new Stack("run-notebook")
            .WithCopyOf(Repository.PathOf("projects", "project_a"), "projects/project_a")
            .With("which-project", string.Empty)
            .With("which-project.lock", "version 1\nport project_a:project_a 8888 18888\n");
        using var run = ForegroundRun.OnTerminal(stack.Root, Repository.Script, "run", "project_a");
        run.Expect("project_a  http://127.0.0.1:18888");
        Http.AnswersEventually("http://127.0.0.1:18888/tree");

        // The question itself ends no line; what is said before it does.
        var code = run.PressControlC().Expect("is running at").Type(answer).ExitCode(seconds: 20);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero);
            Assert.That(stack.Containers, Is.Empty);
        }
    }

    // A person who is impatient while it builds or a dependency starts.
    [Test]
    public void Control_c_before_the_program_runs_ends_it_too()
    {
        using var stack = new Stack("run-terminal").WithDockerfile(
            "slow",
            "FROM debian:bookworm-slim\nRUN echo is-building && sleep 600\n"
        );
        using var run = ForegroundRun.OnTerminal(stack.Root, Repository.Script, "run", "slow");

        var code = run.Expect("is-building").PressControlC().ExitCode(seconds: 20);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(130));
            Assert.That(stack.Containers, Is.Empty);
        }
    }
}
