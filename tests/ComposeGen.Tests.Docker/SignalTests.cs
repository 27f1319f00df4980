using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>Signals end <c>composegen up</c> just as they end <c>docker compose up</c>, and leave nothing running.</summary>
public class SignalTests : EngineFixture
{
    // docker compose reads the keyboard itself where it shows its menu; otherwise the terminal makes Ctrl+C a signal to both programs.
    [TestCase("true", ExpectedResult = 0)]
    [TestCase("false", ExpectedResult = 130)]
    public int One_control_c_on_a_terminal_stops_gracefully(string menu) =>
        EndsAsDockerComposeDoes(WithMenu(ForegroundRun.OnTerminal, menu), run => run.PressControlC());

    // docker compose 2.40 by itself, too, is deaf to the second key in about one run of ten, however late it is pressed.
    [Test]
    [Retry(6)]
    public void A_second_control_c_on_a_terminal_kills()
    {
        using var stack = Serving("echo still-here");
        using var run = ForegroundRun.OnTerminal(stack.Root, Repository.Script, "up");
        var code = run.Expect("is-ready").PressControlC().Expect("again to force").PressControlC().ExitCode(seconds: 5);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(130));
            Assert.That(State(stack), Is.EqualTo("exited 137"));
        }
    }

    [TestCase("INT", ExpectedResult = 130)]
    [TestCase("TERM", ExpectedResult = 130)]
    public int A_signal_without_a_terminal_stops_gracefully(string signal) =>
        EndsAsDockerComposeDoes(ForegroundRun.InPipes, run => run.Signal(signal));

    [Test]
    public void A_build_that_is_stopped_did_not_fail()
    {
        using var stack = new Stack("stopped-build").WithDockerfile("slow", "FROM debian:bookworm-slim\nRUN echo is-building && sleep 60\n");
        using var run = ForegroundRun.InPipes(stack.Root, Repository.Script, "up");

        var code = run.Expect("RUN echo is-building").Signal("INT").ExitCode();

        Assert.That(code, Is.Not.Zero);
        Assert.That(run.Printed, Does.Not.Contain("CG08"));
    }

    // `timeout` and others signal a whole group: docker hears of it at once, and of each signal that is passed on. After the first
    // one docker is for a moment without a handler, here for a longer one.
    [Test]
    public void A_signal_to_the_whole_group_is_not_passed_on_at_once()
    {
        using var stack = Serving("exit 0");
        using var programs = new ScratchWorkspace();
        var path = Programs.PathWith(
            programs,
            "docker",
            $$"""
            #!/bin/sh
            case "$*" in *" up "*) ;; *) exec {{Programs.PathTo("docker")}} "$@" ;; esac
            trap 'trap - INT; sleep 0.05; trap : INT; echo gracefully; exit 130' INT
            echo is-ready
            while :; do sleep 600; done
            """
        );
        using var run = ForegroundRun.InGroup(stack.Root, "env", $"PATH={path}", Repository.Script, "up");

        var code = run.Expect("is-ready").SignalGroup("INT").Expect("gracefully").ExitCode();

        Assert.That(code, Is.EqualTo(130));
    }

    [TestCase("INT", ExpectedResult = 130)]
    [TestCase("TERM", ExpectedResult = 130)]
    public int A_signal_to_the_whole_group_stops_gracefully(string signal) =>
        EndsAsDockerComposeDoes(ForegroundRun.InGroup, run => run.SignalGroup(signal));

    [TestCase("HUP", "running 0", ExpectedResult = 129)]
    // Ignored, so that it takes the other one to end it.
    [TestCase("nohup", "exited 0", ExpectedResult = 130)]
    public int A_hang_up_ends_the_clients_alone_and_under_nohup_nothing(string how, string container)
    {
        using var stack = Serving("exit 0");
        string[] start = how == "nohup" ? ["nohup"] : [];
        using var run = ForegroundRun.InPipes(stack.Root, [.. start, Repository.Script, "up"]);
        run.Expect("is-ready").Signal("HUP");
        if (how == "nohup")
        {
            run.Signal("INT");
        }

        var code = run.ExitCode();
        Assert.That(State(stack), Is.EqualTo(container));
        return code;
    }

    private delegate ForegroundRun Starter(string folder, params string[] command);

    private static Starter WithMenu(Starter start, string menu) =>
        (folder, command) => start(folder, ["env", $"COMPOSE_MENU={menu}", .. command]);

    private static int EndsAsDockerComposeDoes(Starter start, Action<ForegroundRun> stop)
    {
        const string Gracefully = "exited 0";
        using var stack = Serving("exit 0");
        var own = EndOf(Repository.Script, "up");
        Assert.That(State(stack), Is.EqualTo(Gracefully));
        var plain = EndOf("docker", "compose", "up");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(State(stack), Is.EqualTo(Gracefully));
            Assert.That(own, Is.EqualTo(plain));
        }
        return own;

        int EndOf(params string[] command)
        {
            using var run = start(stack.Root, command);
            stop(run.Expect("is-ready"));
            return run.ExitCode();
        }
    }

    // A container that says when it is ready, and does this when it is told to stop.
    private static Stack Serving(string onTerm) =>
        new Stack("signal").WithProject(
            "web",
            $"""
            service:
              image: debian:bookworm-slim
              stop_grace_period: 10m
              command: [sh, -c, "trap '{onTerm}' TERM; echo is-ready; while :; do sleep 0.2; done"]
            """
        );

    private static string State(Stack stack) => Engine.Inspect(stack.Container("web"), "{{.State.Status}} {{.State.ExitCode}}");
}
