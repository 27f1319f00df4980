namespace ComposeGen.Tests.Docker;

/// <summary>A GPU that is asked for where there is none. Needs an engine on this machine, which has none.</summary>
public class GpuTests : EngineFixture
{
    private const string Wanted = """
        services:
          short: { image: debian:bookworm-slim, init: true, command: [sleep, infinity], gpus: all }
          long:
            image: debian:bookworm-slim
            init: true
            command: [sleep, infinity]
            deploy:
              resources:
                limits: { memory: 64m }
                reservations: { devices: [{ driver: nvidia, count: 1, capabilities: [gpu] }] }
          runtime: { image: debian:bookworm-slim, init: true, command: [sleep, infinity], runtime: nvidia }
          none: { image: debian:bookworm-slim, init: true, command: [sleep, infinity] }

        """;

    [OneTimeSetUp]
    public void Requires_a_machine_without_one()
    {
        var mayHaveOne = File.Exists("/dev/nvidiactl") || Engine.Docker("info").Contains("nvidia", StringComparison.Ordinal);
        if (!OperatingSystem.IsLinux() || mayHaveOne)
        {
            Assert.Ignore("NOT TESTED: this machine may have a GPU");
        }
    }

    [Test]
    public void Up_says_so_starts_without_it_and_changes_no_file()
    {
        using var stack = new Stack("gpu").WithProject("learn", Wanted);

        var outcome = stack.Do("up", "-d");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stack.Running, Has.Length.EqualTo(4));
            Assert.That(outcome.Error, Does.Contain("projects/learn/project.yml:2:87: warning CG0808: learn:short asks for a GPU"));
            Assert.That(outcome.Error.Split("CG0808"), Has.Length.EqualTo(4));
            Assert.That(Engine.Inspect(stack.Container("learn-long"), "{{.HostConfig.Memory}}"), Is.EqualTo("67108864"));
            Assert.That(
                File.ReadAllText(Path.Combine(stack.Root, "docker-compose.yml")),
                Does.Contain("gpus: all").And.Contain("capabilities: [gpu]").And.Contain("runtime: nvidia")
            );
            Assert.That(stack.Tool("generate", "--check").ExitCode, Is.Zero);
        }
    }

    [Test]
    public void Run_says_so_and_runs_without_it()
    {
        using var stack = new Stack("gpu").WithProject("learn", Wanted);

        var outcome = stack.Do("run", "learn:short", "--", "echo", "learnt");

        Assert.That(outcome.Output, Is.EqualTo("learnt\n"));
        Assert.That(outcome.Error, Does.Contain("warning CG0808: learn:short asks for a GPU").And.Not.Contain("learn:long"));
    }
}
