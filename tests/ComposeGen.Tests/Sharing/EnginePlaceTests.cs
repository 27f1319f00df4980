using ComposeGen.Docker;
using ComposeGen.Planning;

namespace ComposeGen.Tests.Sharing;

/// <summary>Which machine an engine is on, by what docker calls its place.</summary>
public class EnginePlaceTests
{
    [TestCase("unix:///var/run/docker.sock", null, null)]
    [TestCase("npipe:////./pipe/docker_engine", null, null)]
    [TestCase("tcp://127.0.0.1:2375", null, null)]
    [TestCase("tcp://localhost:2375", null, null)]
    [TestCase("ssh://me@localhost", null, null)]
    [TestCase("tcp://192.0.2.7:2376", "192.0.2.7", "192.0.2.7")]
    [TestCase("tcp://[2001:db8::7]:2376", "[2001:db8::7]", "[2001:db8::7]")]
    [TestCase("ssh://me@lab.example", "lab.example", "me@lab.example")]
    [TestCase("ssh://lab.example:2222", "lab.example", "-p 2222 lab.example")]
    [TestCase(null, null, null)]
    [TestCase("nonsense", null, null)]
    public void The_machine_and_how_to_log_in_there(string? endpoint, string? machine, string? login)
    {
        var place = new EnginePlace(endpoint);

        Assert.That(place.Machine, Is.EqualTo(machine));
        Assert.That(place.Login, Is.EqualTo(login));
    }

    [TestCase("0.0.0.0", ExpectedResult = "http://lab.example:8080")]
    [TestCase("::", ExpectedResult = "http://lab.example:8080")]
    [TestCase("127.0.0.1", ExpectedResult = "http://127.0.0.1:8080")]
    [TestCase("192.0.2.7", ExpectedResult = "http://192.0.2.7:8080")]
    public string A_port_on_every_address_is_reached_by_the_machines_name(string hostIp) => PortUrl.On("lab.example", null, "tcp", 80, hostIp, 8080);
}
