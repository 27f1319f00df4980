using ComposeGen.Cli;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Shells;

/// <summary>What is offered at the cursor.</summary>
public class CompletionTests
{
    private ScratchWorkspace _workspace = null!;

    [OneTimeSetUp]
    public void Begin() =>
        _workspace = new ScratchWorkspace()
            .With("which-project", "shop\n")
            .With("which-project.lock", "port shop:web 80 8080\nport gone:web 80 8081\n")
            .With("projects/shop/project.yml", "services: {web: {image: debian}, worker: {image: debian}}\n")
            .With("projects/shelf/Dockerfile", "FROM debian\n")
            .With("projects/course/week1/requirements.txt", "")
            .With("projects/course/week2/requirements.txt", "")
            .With("projects/broken/project.yml", "services: {a: {imag: x}, b: {image: debian}}\n");

    [OneTimeTearDown]
    public void End() => _workspace.Dispose();

    [TestCase("u", "up", "unpack", ":4")]
    [TestCase("up sh", "shelf", "shop", ":4")]
    [TestCase("up shop sh", "shelf", ":4")]
    [TestCase("up shop:w", "shop:web", "shop:worker", ":4")]
    [TestCase("up cou", "course/week1", "course/week2", ":4")]
    [TestCase("up -d shop:wo", "shop:worker", ":4")]
    [TestCase("run shop ", ":4")]
    [TestCase("run broken:b", "broken:b", ":4")]
    [TestCase("ports e", "explain", ":4")]
    [TestCase("ports explain 808", "8080", "8081", ":4")]
    [TestCase("ports move g", "gone", ":4")]
    [TestCase("generate --c", "--check", ":4")]
    [TestCase("generate --format s", "sarif", ":4")]
    [TestCase("ports -o j", "json", ":4")]
    [TestCase("ports -o json shel", "shelf", ":4")]
    [TestCase("schema p", "project.yml", ":4")]
    [TestCase("new n", "notebook", ":4")]
    [TestCase("completion f", "fish", ":4")]
    [TestCase("explain CG0103", "CG0103", ":4")]
    [TestCase("pack -o ", ":0")]
    [TestCase("unpack ", ":0")]
    [TestCase("-C ", ":16")]
    [TestCase("init ", ":16")]
    [TestCase("nonsense ", ":4")]
    public void At(string typed, params string[] offered)
    {
        var lines = Answer(_workspace.Root, typed);

        Assert.That(lines.Select(line => line.Split('\t')[0]), Is.EqualTo(offered));
    }

    [Test]
    public void A_folder_of_projects_goes_on_after_its_slash()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "")
            .With("projects/course/x/Dockerfile", "")
            .With("projects/course2/x/Dockerfile", "");

        Assert.That(Answer(workspace.Root, "up c"), Is.EqualTo((string[])["course/", "course2/", ":6"]));
    }

    [Test]
    public void Every_command_is_offered_with_what_it_does()
    {
        var lines = Answer(_workspace.Root, "help ");

        Assert.That(
            lines[..^1],
            Is.EqualTo(Commands.All.Where(command => !command.Name.Contains(' ', StringComparison.Ordinal)).Select(command => $"{command.Name}\t{CommandHelp.Of(command).Does}"))
        );
    }

    [Test]
    public void Outside_of_a_workspace_there_are_no_projects_and_no_complaints()
    {
        using var empty = new ScratchWorkspace();

        Assert.That(Answer(empty.Root, "up "), Is.EqualTo((string[])[":4"]));
    }

    private static string[] Answer(string root, string typed)
    {
        using var output = new StringWriter();
        string[] words = [.. typed.Split(' ')];
        string[] place = words[0] == "-C" ? [] : ["-C", root];
        var code = Program.Run(["__complete", .. place, .. words], new Terminal(output, output, HasColor: false)).GetAwaiter().GetResult();
        Assert.That(code, Is.Zero);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
