using System.Text.Json;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary><c>composegen status</c> of what really runs.</summary>
public class StatusTests : EngineFixture
{
    private const string Broken = "services: {web: {imag: nothing}}\n";

    private const string Shop = $$$"""
        services:
          web: {image: "python:3.11-slim", init: true, command: [python, -m, http.server, "80"], ports: ["18091:80"], depends_on: {job: {condition: service_completed_successfully}} }
          twice: {{{{Stack.Sleeper}}}, scale: 2}
          job: {image: "debian:bookworm-slim", command: ["true"]}

        """;

    [Test]
    public void Everything_that_is_selected_is_told_and_the_exit_code_says_whether_it_runs()
    {
        using var stack = new Stack("status")
            .WithProject("shop", Shop)
            .WithProject("sick", $$$"""service: {{{{Stack.Sleeper}}}, healthcheck: {test: [CMD, "false"], interval: 1s, retries: 1} }""" + "\n")
            .WithProject("ends", """service: {image: "debian:bookworm-slim", command: [sh, -c, "exit 3"]}""" + "\n");

        var before = stack.Tool("status");
        stack.Do("up", "-d");
        Eventually.IsTrue(() => Rows(stack)["sick"].GetProperty("health").GetString() == "unhealthy", () => "it is never unhealthy");
        var (all, shop) = (stack.Tool("status"), stack.Tool("status", "shop"));
        var rows = Rows(stack);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before.ExitCode, before.Output), Is.EqualTo((1, before.Output)));
            Assert.That(before.Output, Does.Contain("5 services: 5 not created\n"));
            Assert.That(all.ExitCode, Is.EqualTo(1), all.ToString());
            Assert.That(all.Output, Does.Match(@"(?m)^ *SERVICE +STATE +HEALTH +SINCE +URL$").And.Match(@"(?m)^ *shop:web +running +\S.* http://127.0.0.1:18091$"));
            Assert.That(all.Output, Does.Match(@"(?m)^ *shop:twice +running, 2 of 2 ").And.Match("(?m)^ *shop:job +done ").And.Match(@"(?m)^ *ends +exited \(3\) ").And.Match("(?m)^ *sick +running +unhealthy "));
            Assert.That(all.Output, Does.EndWith("5 services: 2 running, 1 done, 1 exited, 1 unhealthy\n"));
            Assert.That(all.Output + all.Error, Does.Not.Contain('\x1b').And.Not.Contain("not up to date"));
            Assert.That(shop.ExitCode, Is.Zero, shop.ToString());
            Assert.That(shop.Output, Does.EndWith("3 services: 2 running, 1 done\n").And.Not.Contain("sick"));
            Assert.That(rows["ends"].GetProperty("exit_code").GetInt32(), Is.EqualTo(3));
            Assert.That(rows["shop:web"].GetProperty("status").GetString(), Does.StartWith("Up "));
            Assert.That(rows["shop:web"].GetProperty("urls").EnumerateArray().Select(url => url.GetString()), Is.EqualTo(["http://127.0.0.1:18091"]));
        }
    }

    [Test]
    public void What_is_no_longer_selected_and_a_file_that_is_out_of_date_are_said()
    {
        using var stack = new Stack("status-orphans").WithProject("kept", $$$"""service: {{{{Stack.Sleeper}}} }""" + "\n").WithProject("left", $$$"""service: {{{{Stack.Sleeper}}} }""" + "\n");
        stack.Do("up", "-d");
        stack.With("which-project", "kept\n");

        var status = stack.Tool("status");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(status.ExitCode, Is.Zero, status.ToString());
            Assert.That(status.Output, Does.Match("(?m)^ *left +running, not selected ").And.EndWith("1 service: 1 running\n"));
            Assert.That(status.Error, Does.Contain("not selected any more: left; `composegen up`").And.Contain("docker-compose.yml is not up to date"));
        }
    }

    [Test]
    public void A_broken_descriptor_is_said_first_and_what_runs_is_told_all_the_same()
    {
        using var stack = new Stack("status-broken").WithProject("shop", Shop);
        stack.Do("up", "-d");
        stack.With("projects/shop/project.yml", Broken);

        var status = stack.Tool("status");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(status.ExitCode, Is.EqualTo(1));
            Assert.That(status.Error, Does.StartWith("projects/shop/project.yml:1:18: error CG0301"));
            Assert.That(status.Output, Does.Match(@"(?m)^ *shop:web +running +\S.* http://127.0.0.1:18091$").And.EndWith("3 services: 2 running, 1 exited\n"));
        }
    }

    [Test]
    public void A_terminal_gets_colour_and_no_line_that_is_wider_than_need_be()
    {
        using var stack = new Stack("status-terminal").WithProject("one", $$$"""service: {{{{Stack.Sleeper}}} }""" + "\n");
        stack.Do("up", "-d");
        using var run = ForegroundRun.OnTerminal(stack.Root, Repository.Script, "status");

        Assert.That(run.Expect("\x1b[32mrunning").Expect("1 service: 1 running").ExitCode(), Is.Zero);
    }

    [Test]
    public void Without_docker_the_exit_code_is_3()
    {
        using var stack = new Stack("status-without").WithProject("one", $$$"""service: {{{{Stack.Sleeper}}} }""" + "\n");

        foreach (var command in (string[])["status", "open", "logs", "ps"])
        {
            Assert.That(stack.ToolWith("DOCKER_HOST", "unix:///nowhere.sock", command).ExitCode, Is.EqualTo(3), command);
        }
    }

    private static Dictionary<string, JsonElement> Rows(Stack stack)
    {
        using var json = JsonDocument.Parse(stack.Tool("status", "-o", "json").Output);
        return json.RootElement.EnumerateArray().ToDictionary(row => row.GetProperty("service").GetString()!, row => row.Clone());
    }
}
