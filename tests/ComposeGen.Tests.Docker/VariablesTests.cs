using System.Text.Json;

namespace ComposeGen.Tests.Docker;

/// <summary>
/// Variables of adopted projects, as <c>docker compose</c> itself reads them: the original in its folder, and its part of the
/// generated file in the workspace.
/// </summary>
public class VariablesTests : EngineFixture
{
    private const string Shell = "FROM_SHELL";

    // Every form, of variables that are set, set to nothing, not set, and set in the shell alone.
    private static readonly string[] Forms = ["$N", "${N}", "${N-d}", "${N:-d}", "${N+a}", "${N:+a}", "${N-${A:-d}}", "x${N:-$${N}$A}y"];
    private static readonly string[] Names = ["A", "EMPTY", "NONE", Shell, "REFERS", "QUOTED", "LITERAL", "LINES"];

    private const string Environment = """
        # what a project's .env may hold
        A=1
        export EMPTY =
        REFERS=${A}${NONE:-none} # and a comment
        QUOTED="a \"b\" \$A $A \\ # no comment"
        LITERAL='$A "x" #'
        LINES="one
        two"
        """;

    [Test]
    public void A_value_comes_to_what_it_came_to_in_its_project()
    {
        var items = Names.SelectMany(name =>
            Forms.Select((form, i) => $"\"{name}_{i}={form.Replace("N", name, StringComparison.Ordinal)}\"")
        );
        var taken = Names.Select(name => $"\"{name}\"");
        using var stack = new Stack("variables")
            .With("which-project", "a\n")
            .With("projects/a/.env", Environment)
            .With(
                "projects/a/compose.yaml",
                $"services: {{web: {{image: i, environment: [{string.Join(", ", [.. items, .. taken])}]}}}}\n"
            );
        stack.Do("generate");

        var original = Read(stack, "projects/a", "web");
        var generated = Read(stack, ".", "a");

        Assert.That(original, Has.Count.GreaterThan(Names.Length * Forms.Length));
        Assert.That(generated.Remove("A_WEB_HOST", out var host) ? host : null, Is.EqualTo("a"), "where the service itself is, which is added");
        Assert.That(generated, Is.EqualTo(original));
    }

    [Test]
    public void Two_projects_passwords_stay_apart()
    {
        const string Compose = "services: {web: {image: i, environment: {DB_PASSWORD: \"${DB_PASSWORD}\"}}}\n";
        using var stack = new Stack("passwords")
            .With("which-project", "*\n")
            .With("projects/a/compose.yaml", Compose)
            .With("projects/a/.env", "DB_PASSWORD=first\n")
            .With("projects/b/compose.yaml", Compose)
            .With("projects/b/.env", "DB_PASSWORD=second\n");
        stack.Do("generate");

        Assert.That(Read(stack, ".", "a")["DB_PASSWORD"], Is.EqualTo("first"));
        Assert.That(Read(stack, ".", "b")["DB_PASSWORD"], Is.EqualTo("second"));
        foreach (var file in (string[])["docker-compose.yml", "which-project.lock"])
        {
            Assert.That(File.ReadAllText(Path.Combine(stack.Root, file)), Does.Not.Contain("first").And.Not.Contain("second"));
        }
    }

    [Test]
    public void The_working_directory_is_the_projects_wherever_the_tool_is_called()
    {
        using var stack = new Stack("directory")
            .With("which-project", "a\n")
            .With("projects/a/compose.yaml", "services: {web: {image: debian:bookworm-slim, volumes: [\"${PWD}/data:/data\"]}}\n")
            .With("projects/a/data/file", "x");

        var up = Support.Run.Tool(Path.Combine(stack.Root, "projects", "a"), "up", "--", "--no-start");

        Assert.That(up.ExitCode, Is.Zero, up.ToString());
        Assert.That(
            Engine.Inspect(stack.Container("a"), "{{(index .Mounts 0).Source}}"),
            Is.EqualTo(Path.Combine(stack.Root, "projects", "a", "data"))
        );
    }

    [Test]
    public void What_has_to_be_set_stops_up_with_its_message()
    {
        using var stack = new Stack("demanded")
            .With("which-project", "a\n")
            .With("projects/a/compose.yaml", "services: {web: {image: i, environment: {X: \"${PASSWORD:?say which}\"}}}\n");

        var up = stack.Tool("up", "-d");
        var given = stack.ToolWith("A_PASSWORD", "x", "up", "--", "--dry-run");

        Assert.That(up.ExitCode, Is.Not.Zero);
        Assert.That(up.Error, Does.Contain("error CG0811: `PASSWORD` has to be set for a: say which"));
        Assert.That(given.Error, Does.Not.Contain("error CG0811"));
    }

    [Test]
    public void A_variable_of_a_port_sets_it_on_this_machine()
    {
        using var stack = new Stack("port-variable")
            .With("which-project", "*\n")
            .With("projects/a/compose.yaml", "services: {web: {image: i, ports: [\"${PORT:-18890}:80\"]}}\n")
            .With("projects/b/compose.yaml", "services: {web: {image: i, ports: [\"${B_HTTP:-18890}:80\"]}}\n");
        stack.Do("generate");

        Assert.That(Published(stack, "a", []), Is.EqualTo("18890"));
        Assert.That(Published(stack, "b", []), Is.EqualTo("18891"));
        Assert.That(Published(stack, "a", new() { ["PORT"] = "18999" }), Is.EqualTo("18999"));
        Assert.That(Published(stack, "a", new() { ["A_PORT"] = "18998", ["PORT"] = "18999" }), Is.EqualTo("18998"));
        var clash = stack.ToolWith("PORT", "18891", "up", "-d");
        Assert.That(clash.ExitCode, Is.EqualTo(1), clash.ToString());
        Assert.That(clash.Error, Does.Contain("CG0806").And.Contain("`PORT` says so"));
        var wrong = stack.ToolWith("PORT", "70000", "up", "-d");
        Assert.That(wrong.ExitCode, Is.EqualTo(1), wrong.ToString());
        Assert.That(wrong.Error, Does.Contain("CG0810").And.Contain("`PORT` says so"));
    }

    private static string Published(Stack stack, string service, Dictionary<string, string?> environment)
    {
        using var config = Config(stack, ".", environment);
        return config
            .RootElement.GetProperty("services")
            .GetProperty(service)
            .GetProperty("ports")[0]
            .GetProperty("published")
            .GetString()!;
    }

    private static Dictionary<string, string?> Read(Stack stack, string folder, string service)
    {
        using var config = Config(stack, folder, new() { [Shell] = "shell" });
        return config
            .RootElement.GetProperty("services")
            .GetProperty(service)
            .GetProperty("environment")
            .EnumerateObject()
            .ToDictionary(variable => variable.Name, variable => variable.Value.GetString());
    }

    private static JsonDocument Config(Stack stack, string folder, Dictionary<string, string?> environment)
    {
        var outcome = Support.Run.Program("docker", Path.Combine(stack.Root, folder), environment, "compose", "config", "--format", "json");
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        return JsonDocument.Parse(outcome.Output);
    }
}
