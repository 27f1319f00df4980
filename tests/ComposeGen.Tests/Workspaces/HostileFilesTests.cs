using System.Globalization;
using ComposeGen.Cli;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Workspaces;

/// <summary>What a stranger's repository may hold ends in a message, reads nothing outside of it, and shows no secret.</summary>
public class HostileFilesTests
{
    private const string Sound = "services: {web: {image: i}}\n";

    private const string Compose = "projects/a/compose.yml";

    private ScratchWorkspace _workspace = null!;

    [SetUp]
    public void MakeWorkspace() => _workspace = new ScratchWorkspace().With("which-project", "a\n").With(Compose, Sound);

    [TearDown]
    public void RemoveWorkspace() => _workspace.Dispose();

    [TestCase("which-project")]
    [TestCase("composegen.yml")]
    [TestCase(Compose)]
    [TestCase("projects/a/.env")]
    public void A_link_out_of_the_workspace_is_not_read(string file)
    {
        var outside = Path.Combine(Path.GetDirectoryName(_workspace.Root)!, "secret");
        File.WriteAllText(outside, "a: [do not show this\n");
        File.Delete(_workspace.PathOf(file));
        File.CreateSymbolicLink(_workspace.PathOf(file), outside);
        if (file.EndsWith(".env", StringComparison.Ordinal))
        {
            _workspace.With(Compose, "services: {web: {image: i, command: \"${A}\"}}\n");
        }

        var (code, text) = Run("generate");

        Assert.That(code, Is.EqualTo(1), text);
        Assert.That(text, Does.Contain($"error CG0230: {file} is, or lies behind, a link to ").And.Not.Contain("do not show this"));
    }

    [Test]
    public void A_link_within_the_workspace_is_followed()
    {
        _workspace.With("shared/compose.yml", Sound);
        File.Delete(_workspace.PathOf(Compose));
        File.CreateSymbolicLink(_workspace.PathOf(Compose), "../../shared/compose.yml");

        Assert.That(Run("validate").Code, Is.Zero);
    }

    [Test]
    public void Projects_behind_a_link_out_of_the_workspace_are_not_read()
    {
        var outside = Path.Combine(Path.GetDirectoryName(_workspace.Root)!, "others");
        Directory.Move(_workspace.PathOf("projects"), outside);
        Directory.CreateSymbolicLink(_workspace.PathOf("projects"), outside);

        Assert.That(Run("validate").Text, Does.Contain("error CG0230: projects is, or lies behind, a link to "));
    }

    [Test]
    [Platform("Linux")]
    public void A_pipe_is_no_file_and_nothing_waits_for_it()
    {
        File.Delete(_workspace.PathOf(Compose));
        Assert.That(Support.Run.Program("mkfifo", _workspace.Root, Compose).ExitCode, Is.Zero);

        Assert.That(Run("validate").Text, Does.Contain($"error CG0213: {Compose} is not a file"));
    }

    [Test]
    public void A_million_mistakes_are_not_all_shown()
    {
        _workspace.With(Compose, Sound + string.Concat(Enumerable.Range(0, 5000).Select(i => string.Create(CultureInfo.InvariantCulture, $"key{i}: 1\n"))));

        var lines = Run("validate").Text.Split('\n');

        Assert.That(lines.Count(line => line.Contains("error CG0301", StringComparison.Ordinal)), Is.EqualTo(1000));
        Assert.That(lines, Has.Some.Contains("note CG0223"));
    }

    [TestCase(100_000, "CG0335")]
    [TestCase(20, null)]
    public void Defaults_of_defaults_end_somewhere(int depth, string? code)
    {
        var text = string.Concat(Enumerable.Repeat("${A:-", depth)) + "x" + new string('}', depth);
        _workspace.With(Compose, $"services: {{web: {{image: i, command: \"{text}\"}}}}\n");

        Assert.That(Run("validate").Text, code is null ? Does.Contain("no errors") : Does.Contain(code));
    }

    [Test]
    public void Variables_of_a_Dockerfile_that_are_made_of_each_other_fill_no_memory()
    {
        File.Delete(_workspace.PathOf(Compose));
        var doubling = string.Concat(Enumerable.Range(1, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"ARG A{i}=$A{i - 1}$A{i - 1}\n")));
        _workspace.With("projects/a/Dockerfile", $"FROM x\nARG A0=80\n{doubling}EXPOSE $A60\n");

        Assert.That(Run("validate").Text, Does.Contain("warning CG0311"));
    }

    [Test]
    public void No_line_of_an_environment_file_is_shown()
    {
        _workspace.With(Compose, "services: {web: {image: i, command: \"${A}\"}}\n").With("projects/a/.env", "A=1\nthis is my password\nB='hunter2\n");

        var (_, text) = Run("generate");

        Assert.That(text, Does.Contain("projects/a/.env:3:").And.Not.Contain("password").And.Not.Contain("hunter2"));
    }

    private (int Code, string Text) Run(string command)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var code = Program.Run([command, "-C", _workspace.Root], new Terminal(output, output, HasColor: false)).GetAwaiter().GetResult();
        return (code, output.ToString());
    }
}
