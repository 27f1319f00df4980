using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ComposeGen.Tests.Docker;

public class PortHeldTests : EngineFixture
{
    private const int Port = 18080;

    [Test]
    public void A_running_container_is_named_and_nothing_starts()
    {
        using var stack = Wanting();
        using var foreign = Holding();
        AssertRefused(stack, $"container {foreign.Name}\n", $"stop it: docker stop {foreign.Name}");
    }

    [Test]
    public void A_stopped_container_is_named_since_it_will_want_its_port_back()
    {
        using var stack = Wanting();
        using var foreign = Holding();
        Engine.Docker("stop", foreign.Name);
        AssertRefused(stack, $"container {foreign.Name}, which is stopped", $"remove it: docker rm {foreign.Name}");
    }

    [Test]
    public void A_container_of_another_compose_project_is_named_with_its_folder()
    {
        using var stack = Wanting();
        using var other = Wanting("held-too").WithProject("another", $"service: {{{Stack.Sleeper}, ports: [8000]}}");
        other.Do("up", "-d");
        AssertRefused(
            stack,
            $"container {other.Container("web")} of Compose project {other.Name} in {other.Root}",
            $"stop it: docker compose -p {other.Name} down"
        );
    }

    [TestCase("127.0.0.1")]
    [TestCase("0.0.0.0")]
    [TestCase("::")]
    [TestCase("::1")]
    public void A_process_is_named_and_nothing_starts(string address)
    {
        using var stack = Wanting();
        using var listener = Listen(IPAddress.Parse(address));
        var id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        AssertRefused(stack, $"process {id} (", $"stop it: kill {id}");
    }

    [Test]
    public void What_holds_the_port_on_another_address_is_no_conflict()
    {
        using var stack = Wanting();
        using var foreign = Holding("127.0.0.2");
        stack.Do("up", "-d");
        Assert.That(stack.Running, Has.Length.EqualTo(2));
    }

    // Two projects, of which only one's port is held: the other must not start either.
    private static Stack Wanting(string name = "held") =>
        new Stack(name)
            .WithProject("free", $"service: {{{Stack.Sleeper}}}")
            .WithProject("web", $"service: {{{Stack.Sleeper},\n  ports: [\"{Port}:80\"]}}");

    private static ForeignContainer Holding(string address = "127.0.0.1") =>
        new("holder", "--publish", $"{address}:{Port}:80", "debian:bookworm-slim", "sleep", "infinity");

    private static TcpListener Listen(IPAddress address)
    {
        var listener = new TcpListener(address, Port);
        try
        {
            listener.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            Assert.Ignore($"NOT TESTED: this machine has no {address}");
        }

        return listener;
    }

    private static void AssertRefused(Stack stack, string holder, string remedy)
    {
        var outcome = stack.Tool("up", "-d");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString);
            Assert.That(
                outcome.Error,
                Does.Contain("projects/web/project.yml:2:11: error CG0804")
                    .And.Contain($"host port {Port} of web:web is held by {holder}")
                    .And.Contain(remedy)
            );
            Assert.That(stack.Containers, Is.Empty);
        }
    }
}
