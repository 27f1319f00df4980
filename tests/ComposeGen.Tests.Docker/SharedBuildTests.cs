using System.Text.Json;
using System.Text.RegularExpressions;

namespace ComposeGen.Tests.Docker;

public partial class SharedBuildTests : EngineFixture
{
    // Every run of the step leaves another id; the stamp makes sure that it is no earlier test's.
    private const string Dockerfile = """
        FROM debian:bookworm-slim
        COPY stamp /
        RUN cat /proc/sys/kernel/random/uuid > /compiled
        """;

    [Test]
    public void Two_services_of_one_build_compile_once_and_run_one_image()
    {
        const string Executable = "build: ., init: true, command: [sleep, infinity]";
        using var stack = new Stack("build")
            .WithProject("shop", $"services: {{web: {{{Executable}}}, worker: {{{Executable}}}}}")
            .With("projects/shop/Dockerfile", Dockerfile)
            .With("projects/shop/stamp", Guid.NewGuid().ToString());
        var up = stack.ToolWith("BUILDKIT_PROGRESS", "plain", "up", "-d");
        Assert.That(up.ExitCode, Is.Zero, up.ToString);
        var steps = CompileStep().Matches(up.Output + up.Error).Select(step => step.Groups["number"].Value).Distinct().ToList();
        using var config = JsonDocument.Parse(stack.Compose("config", "--format", "json").Output);
        var worker = config.RootElement.GetProperty("services").GetProperty("shop-worker");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(steps, Has.Count.EqualTo(1), up.ToString);
            Assert.That(stack.Exec("shop-worker", "cat", "/compiled"), Is.EqualTo(stack.Exec("shop-web", "cat", "/compiled")));
            Assert.That(Image("shop-worker"), Is.EqualTo(Image("shop-web")));
            Assert.That(worker.GetProperty("pull_policy").GetString(), Is.EqualTo("never"));
            Assert.That(worker.GetProperty("image").GetString(), Is.EqualTo($"{stack.Name}-shop-web"));
        }

        string Image(string service) => Engine.Inspect(stack.Container(service), "{{.Image}}");
    }

    [GeneratedRegex(@"^#(?<number>\d+) \[.*\] RUN cat ", RegexOptions.Multiline)]
    private static partial Regex CompileStep();
}
