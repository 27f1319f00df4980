using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>Ports that are busy on this machine move here alone: <c>up --remap</c>, until <c>ports unmap</c>.</summary>
public class MachinePortsTests : EngineFixture
{
    private const int Port = 18080;
    private const string Override = "docker-compose.override.yml";

    [Test]
    public void Remap_moves_what_a_process_holds_and_leaves_committed_files_alone()
    {
        using var stack = Web("remap");
        stack.Do("generate");
        var committed = Committed(stack);
        using var listener = Listen();

        var up = stack.Do("up", "-d", "--remap");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(up.Error, Does.Contain("note CG0813: on this machine web:web moves from host port 18080 to 18081"));
            Assert.That(up.Output, Does.Contain("http://127.0.0.1:18081\n"));
            Assert.That(Committed(stack), Is.EqualTo(committed));
        }

        Http.AnswersEventually("http://127.0.0.1:18081");
        Assert.That(stack.Compose("port", "web", "80").Output, Is.EqualTo("127.0.0.1:18081\n"), "a plain docker compose goes by it too");

        Assert.That(stack.Do("ports", "explain", "18081").Output, Does.Contain($"which-project.lock:3: port web:web 80 {Port}\n"));

        // Remembered, whether or not the port is still busy; and then taken back.
        listener.Stop();
        Assert.That(stack.Do("up", "-d").Output, Does.Contain("http://127.0.0.1:18081\n"));
        stack.Do("ports", "unmap");
        Assert.That(File.Exists(Path.Combine(stack.Root, Override)), Is.False);
        Assert.That(stack.Do("up", "-d").Output, Does.Contain("http://127.0.0.1:18080\n"));
        Http.AnswersEventually("http://127.0.0.1:18080");
    }

    [Test]
    public void An_override_file_of_ones_own_is_never_written_over()
    {
        using var stack = Web("mine").With(Override, "services: {web: {labels: {mine: yes}}}\n");
        using var listener = Listen();

        var up = stack.Tool("up", "-d", "--remap");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(up.ExitCode, Is.EqualTo(1), up.ToString);
            Assert.That(up.Error, Does.Contain("error CG0707"));
            Assert.That(File.ReadAllText(Path.Combine(stack.Root, Override)), Does.StartWith("services: {web: {labels"));
            Assert.That(stack.Containers, Is.Empty);
        }
    }

    [Test]
    public void What_was_moved_counts_for_run_too()
    {
        using var stack = Web("run");
        using var listener = Listen();
        stack.Do("up", "-d", "--remap");
        stack.Do("down");

        var run = stack.Do("run", "web", "--", "true");

        Assert.That(run.Error, Does.Contain("http://127.0.0.1:18081\n"));
    }

    [Test]
    public void A_port_that_is_taken_between_the_look_and_the_start_is_named_with_its_holder()
    {
        using var stack = Web("race").WithProject("job", $"service: {{{Stack.Sleeper}}}");
        using var folder = new ScratchWorkspace();
        using var racer = new Racer();
        // `docker compose up` begins when everything has been looked at.
        var path = Programs.PathWith(folder, "docker", racer.Script);

        var up = stack.ToolWith("PATH", path, "up", "-d");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(up.ExitCode, Is.EqualTo(1), up.ToString);
            Assert.That(up.Error, Does.Contain($"host port {Port} of web:web is held by container {Racer.Name}\n"));
            Assert.That(up.Error, Does.Contain("left running, as docker compose does: job;"));
            Assert.That(stack.Running, Has.Length.EqualTo(1));
        }
    }

    [Test]
    public void Explain_tells_who_has_a_port()
    {
        using var stack = Web("explain");
        stack.Do("generate");
        using var listener = Listen();

        var explained = stack.Do("ports", "explain", Port.ToString(CultureInfo.InvariantCulture)).Output;
        listener.Stop();
        stack.Do("up", "-d");
        var running = stack.Do("ports", "explain", Port.ToString(CultureInfo.InvariantCulture)).Output;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(explained, Does.Contain($"which-project.lock:3: port web:web 80 {Port}\n").And.Contain("publishes it\n"));
            Assert.That(explained, Does.Match($@"process +{Environment.ProcessId} .*, user {Environment.UserName}, tcp: .*dotnet"));
            Assert.That(
                running,
                Does.Contain($"{stack.Container("web")}, running, Compose project {stack.Name} in {stack.Root}, tcp\n")
            );
        }
    }

    [Test]
    public void An_address_that_this_machine_does_not_have_is_said_before_anything_starts()
    {
        // TEST-NET-1: nobody's (RFC 5737).
        using var stack = new Stack("address").WithProject("web", $"service: {{{Stack.Sleeper}, ports: [\"192.0.2.1:{Port}:80\"]}}");

        var up = stack.Tool("up", "-d");

        Assert.That(up.Error, Does.Contain("error CG0815: web:web is published on 192.0.2.1").And.Not.Contain("Creating"));
        Assert.That(stack.Containers, Is.Empty);
    }

    private static Stack Web(string name) =>
        new Stack(name).WithProject(
            "web",
            $"service:\n  image: python:3.11-slim\n  init: true\n  command: python -m http.server 80\n  ports: [\"{Port}:80\"]\n"
        );

    private static string Committed(Stack stack) =>
        string.Concat(((string[])["docker-compose.yml", "which-project.lock", "which-project"]).Select(file => File.ReadAllText(Path.Combine(stack.Root, file))));

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        return listener;
    }

    /// <summary>A <c>docker</c> that has a container of somebody else's take the port just before <c>compose up</c>.</summary>
    private sealed class Racer : IDisposable
    {
        public const string Name = $"{Stack.Prefix}racer";

        private static readonly string Docker = Run.Program("/bin/sh", "/", "-c", "command -v docker").Output.Trim();

        public string Script { get; } =
            $"""
                #!/bin/sh
                case " $* " in
                  *" up "*) {Docker} run --detach --init --name {Name} --publish 127.0.0.1:{Port}:80 debian:bookworm-slim sleep infinity >&2 ;;
                esac
                exec {Docker} "$@"

                """;

        public void Dispose() => _ = Engine.Try("rm", "--force", Name);
    }
}
