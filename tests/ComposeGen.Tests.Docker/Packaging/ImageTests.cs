using System.Text.Json;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Packaging;

/// <summary>The image for CI: nothing but the program, run as anybody.</summary>
[Category(Release.Category)]
[Platform("Linux")]
public class ImageTests : EngineFixture
{
    private const string Name = "composegen-packaging-test";

    private static string Image => $"{Name}:{Release.Version}";

    [OneTimeSetUp]
    public void Builds_it()
    {
        _ = Release.Folder;
        _ = Release.Make("image", "sums", "--image", Name);
    }

    [OneTimeTearDown]
    public void Removes_it() => Engine.Try("image", "rm", "--force", Image);

    [TestCase("0:0")]
    [TestCase("12345:54321")]
    public void It_checks_a_workspace_as_any_user_without_a_home_or_a_place_for_temporary_files(string user)
    {
        using var workspace = ReleaseTests.Sample();
        Assert.That(Run.Tool(workspace.Root, "generate").ExitCode, Is.Zero);

        var validate = Container(workspace, user, "validate");
        var current = Container(workspace, user, "generate", "--check");
        workspace.With("projects/web/project.yml", "service: {image: j, ports: [80]}\n");
        var stale = Container(workspace, user, "generate", "--check", "--format", "plain");

        Assert.That((validate.ExitCode, validate.Output), Is.EqualTo((0, "no errors: 1 of 1 project selected, 1 service\n")), validate.ToString);
        Assert.That(current.ExitCode, Is.Zero, current.ToString);
        Assert.That(stale.ExitCode, Is.EqualTo(1), stale.ToString);
        Assert.That(stale.Error, Does.Contain("error CG0704"));
    }

    [Test]
    public void What_it_generates_belongs_to_the_user_that_it_runs_as()
    {
        using var workspace = ReleaseTests.Sample();
        var (user, group) = (Run.Program("id", "/", "-u").Output.Trim(), Run.Program("id", "/", "-g").Output.Trim());

        var outcome = Container(workspace, $"{user}:{group}", "generate");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        Assert.That(Run.Tool(workspace.Root, "generate", "--check").ExitCode, Is.Zero);
        var owner = Run.Program("find", workspace.Root, ".", "-name", "docker-compose.yml", "-user", user, "-group", group);
        Assert.That(owner.Output, Is.EqualTo("./docker-compose.yml\n"));
    }

    [Test]
    public void It_holds_the_program_and_its_licences_alone()
    {
        using var scratch = new ScratchWorkspace();
        var container = Engine.Docker("container", "create", Image);
        try
        {
            Engine.Docker("container", "export", "--output", scratch.PathOf("all.tar"), container);
        }
        finally
        {
            Engine.Docker("container", "rm", container);
        }

        // What the engine itself mounts or adds is empty.
        var files = Run.Program("tar", scratch.Root, "-tvf", "all.tar").Output.Split('\n').Where(line => line.StartsWith('-')).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var named = files.Where(fields => fields[2] != "0").Select(fields => fields[5]);
        Assert.That(named, Is.EquivalentTo(new[] { "composegen", "LICENSE", "THIRD-PARTY-NOTICES" }));
    }

    [Test]
    public void It_is_labelled()
    {
        using var labels = JsonDocument.Parse(Engine.Docker("image", "inspect", "--format", "{{json .Config.Labels}}", Image));

        string Label(string name) => labels.RootElement.GetProperty($"org.opencontainers.image.{name}").GetString()!;
        Assert.That(Label("title"), Is.EqualTo("ComposeGen"));
        Assert.That(Label("version"), Is.EqualTo(Release.Version));
        Assert.That(Label("licenses"), Is.EqualTo("MIT"));
        Assert.That(Label("description"), Is.Not.Empty);
        Assert.That(Label("source"), Does.StartWith("https://github.com/"));
        Assert.That(Label("revision"), Is.EqualTo(Run.Program("git", Repository.Root, "rev-parse", "HEAD").Output.Trim()));
        Assert.That(Label("created"), Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"));
    }

    [Test]
    public void The_file_that_is_kept_of_it_is_the_image()
    {
        var id = Engine.Docker("image", "inspect", "--format", "{{.Id}}", Image);
        Engine.Docker("image", "rm", "--force", Image);

        var file = Directory.GetFiles(Release.Folder, "*-image-*.tar.gz").Single();
        Engine.Docker("image", "load", "--input", file);

        Assert.That(Engine.Docker("image", "inspect", "--format", "{{.Id}}", Image), Is.EqualTo(id));
    }

    private static Outcome Container(ScratchWorkspace workspace, string user, params string[] arguments)
    {
        // Others than the one whose workspace it is have to be let in.
        Run.Program("chmod", workspace.Root, "-R", "a+rX", "..");
        return Engine.Try(["run", "--rm", "--read-only", "--network", "none", "--user", user, "--volume", $"{workspace.Root}:/workspace", Image, .. arguments]);
    }
}
