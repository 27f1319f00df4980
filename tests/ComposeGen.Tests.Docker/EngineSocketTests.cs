using System.Net.Sockets;
using System.Text.Json;
using ComposeGen.Docker;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>Which engine is asked by its socket and not through the program <c>docker</c>, and that both tell the same.</summary>
public class EngineSocketTests : EngineFixture
{
    private static readonly string Socket = Engine.Docker("context", "inspect", "--format", "{{.Endpoints.docker.Host}}");

    [TestCase("DOCKER_HOST", true, TestName = "A_host_that_is_a_socket")]
    [TestCase("DOCKER_CONTEXT", true, TestName = "A_context_that_is_named")]
    [TestCase("context use", true, TestName = "The_context_in_use")]
    [TestCase("DOCKER_HOST tcp", false, TestName = "A_host_that_is_elsewhere")]
    [TestCase("DOCKER_CONTEXT tcp", false, TestName = "A_context_that_is_elsewhere")]
    [TestCase("broken context", false, TestName = "A_context_that_there_is_none_of")]
    public void The_engine_is_asked_by_its_socket_where_it_is_here(string place, bool isBySocket)
    {
        using var programs = new ScratchWorkspace();
        using var stack = new Stack("socket").WithProject("web", $"service: {{{Stack.Sleeper}}}");
        var asked = programs.PathOf("asked");
        var path = Programs.PathWith(programs, "docker", $"#!/bin/sh\necho \"$1\" >> '{asked}'\nexit 9\n");
        var settings = programs.PathOf("settings");
        Context(settings, "here", Socket);
        Context(settings, "there", Programs.EngineElsewhere);
        if (place == "context use")
        {
            Engine.Docker("--config", settings, "context", "use", "here");
        }

        var environment = new Dictionary<string, string?>
        {
            ["PATH"] = path,
            ["DOCKER_CONFIG"] = settings,
            ["DOCKER_HOST"] = place switch
            {
                "DOCKER_HOST" => Socket,
                "DOCKER_HOST tcp" => Programs.EngineElsewhere,
                _ => null,
            },
            ["DOCKER_CONTEXT"] = place switch
            {
                // It counts less than a host.
                "DOCKER_CONTEXT" => "here",
                "DOCKER_HOST" or "DOCKER_CONTEXT tcp" => "there",
                "broken context" => "nowhere",
                _ => null,
            },
        };
        Run.Program(Repository.Script, stack.Root, environment, "up", "-d");

        Assert.That(File.ReadAllLines(asked)[0], Is.EqualTo(isBySocket ? "compose" : "ps"));
    }

    [Test]
    public async Task The_engine_and_docker_tell_the_same_of_a_container()
    {
        using var stack = new Stack("told-twice").WithProject(
            "web",
            $"service: {{{Stack.Sleeper}, ports: [80, 81/udp, \"29500-29502:90-92\", {{target: 99, published: 29510, host_ip: \"::1\"}}], healthcheck: {{test: [CMD, \"false\"], interval: 100ms, retries: 1}}}}"
        );
        stack.Do("up", "-d");
        Eventually.IsTrue(() => Engine.Inspect(stack.Container("web"), "{{.State.Health.Status}}") == "unhealthy", () => "it stays healthy");

        using var byEngine = JsonDocument.Parse((await EngineSocket.TryGet("/containers/json?all=true", TimeSpan.FromSeconds(30), default))!);
        using var byProgram = JsonDocument.Parse(Engine.Docker("ps", "--no-trunc", "--filter", $"name={stack.Container("web")}", "--format", ContainerForms.Listing));
        var told = byEngine.RootElement.EnumerateArray().Select(ContainerForms.OfEngine).Select(pair => pair.Running).Single(container => container?.Project == stack.Name)!;
        var printed = ContainerForms.Listed(byProgram.RootElement).Running!;

        Assert.That(told.Ports, Is.EquivalentTo(printed.Ports).And.Length.EqualTo(6));
        Assert.That(told with { Ports = [] }, Is.EqualTo(printed with { Ports = [] }));
        Assert.That((told.Service, told.IsUnhealthy, told.IsOneOff), Is.EqualTo(("web", true, false)));
    }

    [Test]
    public void One_that_does_not_answer_is_waited_for_no_longer_than_said()
    {
        using var programs = new ScratchWorkspace();
        using var stack = new Stack("mute").WithProject("web", $"service: {{{Stack.Sleeper}}}");
        var path = programs.PathOf("mute.sock");
        using var mute = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        mute.Bind(new UnixDomainSocketEndPoint(path));
        mute.Listen();

        var outcome = Run.Program(
            Repository.Script,
            stack.Root,
            new Dictionary<string, string?> { ["DOCKER_HOST"] = $"unix://{path}", ["COMPOSEGEN_DOCKER_TIMEOUT"] = "0.2" },
            "up"
        );

        Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString);
        Assert.That(outcome.Error, Does.Contain("error CG0821: `docker version` did not answer within 0.2 second"));
    }

    private static void Context(string settings, string name, string host) =>
        Engine.Docker("--config", settings, "context", "create", name, "--docker", $"host={host}");
}
