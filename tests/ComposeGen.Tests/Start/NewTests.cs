using System.Text.Json;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Start;

/// <summary>Projects from templates, built in or a team's own.</summary>
public class NewTests
{
    private ScratchWorkspace _workspace = null!;

    [SetUp]
    public void Begin() => _workspace = new ScratchWorkspace().With("which-project", "# ours\n");

    [TearDown]
    public void End() => _workspace.Dispose();

    [TestCase("notebook", "course/week1", "course/week1")]
    [TestCase("python", "it's me", "it's me")]
    [TestCase("compose", "shop", "shop")]
    [TestCase("service", "été", "été")]
    [TestCase("executable", "tools/report", "tools")]
    public void Each_kind_makes_a_project_that_is_sound_and_selected(string kind, string name, string selected)
    {
        var made = InProcess.Tool(_workspace.Root, "new", kind, name);

        Assert.That(made.ExitCode, Is.Zero, made.ToString());
        Assert.That(_workspace.Read("which-project"), Is.EqualTo($"# ours\n{selected}\n"));
        var checkedIt = InProcess.Tool(_workspace.Root, "validate", "--strict");
        Assert.That(checkedIt.ExitCode, Is.Zero, checkedIt.ToString());
        Assert.That(InProcess.Tool(_workspace.Root, "generate", "--stdout").Output, Does.Contain("services:"));
    }

    [Test]
    public void A_notebook_is_one_and_says_where_it_lives()
    {
        InProcess.Tool(_workspace.Root, "new", "notebook", "course/week1");

        using var notebook = JsonDocument.Parse(_workspace.Read("projects/course/week1/first.ipynb"));
        Assert.That(notebook.RootElement.GetProperty("nbformat").GetInt32(), Is.EqualTo(4));
        Assert.That(notebook.RootElement.GetProperty("cells")[0].GetProperty("source")[0].GetString(), Is.EqualTo("# week1\n"));
        Assert.That(notebook.RootElement.GetProperty("cells")[0].GetProperty("source")[2].GetString(), Does.Contain("`projects/course/week1`"));
    }

    [Test]
    public void A_project_yml_names_the_schema_beside_it_for_editors()
    {
        InProcess.Tool(_workspace.Root, "new", "service", "group/shop");

        var first = _workspace.Read("projects/group/shop/project.yml").Split('\n')[0];
        var schema = first.Split("$schema=")[1];
        Assert.That(schema, Is.EqualTo("../../../schemas/project.schema.json"));
        Assert.That(
            File.ReadAllText(Path.Combine(_workspace.PathOf("projects/group/shop"), schema)),
            Is.EqualTo(InProcess.Tool(_workspace.Root, "schema", "project.yml").Output)
        );
    }

    [Test]
    public void An_executable_joins_the_project_that_takes_it_in()
    {
        _workspace.With("projects/store/project.yml", "members: [\"apps/*\"]\n").With("projects/store/apps/web/Dockerfile", "FROM debian\n");

        var outside = InProcess.Tool(_workspace.Root, "new", "executable", "store/report");
        var inside = InProcess.Tool(_workspace.Root, "new", "executable", "store/apps/report");

        Assert.That(outside.ExitCode, Is.EqualTo(1));
        Assert.That(outside.Error, Does.Contain("CG1012").And.Contain("""write `members: ["*"]`"""));
        Assert.That(inside.ExitCode, Is.Zero, inside.ToString());
        Assert.That(_workspace.Read("projects/store/project.yml"), Is.EqualTo("members: [\"apps/*\"]\n"));
        Assert.That(InProcess.Tool(_workspace.Root, "list").Output, Does.Match("store +member apps/report"));
    }

    [TestCase("notebook", "shop/page", "CG1010")]
    [TestCase("notebook", "shop", "CG1009")]
    [TestCase("notebook", "../shop", "CG1008")]
    [TestCase("notebook", ".hidden", "CG1008")]
    [TestCase("notebook", "a*b", "CG1008")]
    [TestCase("notebok", "x", "CG1007")]
    [TestCase("executable", "report", "CG1011")]
    public void What_cannot_be_made_is_told_and_nothing_is_written(string kind, string name, string code)
    {
        _workspace.With("projects/shop/project.yml", "service: {image: debian}\n");

        var outcome = InProcess.Tool(_workspace.Root, "new", kind, name);

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain($"error {code}"));
        Assert.That(Directory.GetFileSystemEntries(_workspace.Root, "*", SearchOption.AllDirectories), Has.Length.EqualTo(4));
    }

    [Test]
    public void A_team_has_templates_of_its_own()
    {
        _workspace
            .With("compose.templates/new/r/about.txt", "our R\n")
            .With("compose.templates/new/r/Dockerfile.sbn", "FROM r-base\nLABEL project={{ project }} folder=\"{{ folder }}\"\n")
            .With("compose.templates/new/r/data/raw {{.txt", "{{ as it is }}\n")
            .With("compose.templates/new/python/Dockerfile", "FROM ours\n");

        var kinds = InProcess.Tool(_workspace.Root, "new");
        InProcess.Tool(_workspace.Root, "new", "r", "stats");
        InProcess.Tool(_workspace.Root, "new", "python", "program");

        Assert.That(kinds.Output, Does.Match("r +our R\n").And.Match("notebook +"));
        Assert.That(_workspace.Read("projects/stats/Dockerfile"), Is.EqualTo("FROM r-base\nLABEL project=stats folder=\"projects/stats\"\n"));
        Assert.That(_workspace.Read("projects/stats/data/raw {{.txt"), Is.EqualTo("{{ as it is }}\n"));
        Assert.That(Directory.GetFiles(_workspace.PathOf("projects/program")), Has.Length.EqualTo(1), "the team's takes the place of the built-in one");
        Assert.That(InProcess.Tool(_workspace.Root, "validate").ExitCode, Is.Zero, "what projects are made of is no template of the Compose file");
    }

    [Test]
    public void A_template_that_is_wrong_is_shown_where_it_is()
    {
        _workspace.With("compose.templates/new/r/Dockerfile.sbn", "FROM r-base\nLABEL a={{ nam }}\n");

        var outcome = InProcess.Tool(_workspace.Root, "new", "r", "stats");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain("compose.templates/new/r/Dockerfile.sbn:2:12: error CG0601"));
        Assert.That(Directory.Exists(_workspace.PathOf("projects/stats")), Is.False);
    }

    [Test]
    public void Where_it_was_left_out_before_it_is_made_and_said_to_be_left_out()
    {
        _workspace.With("which-project", "!lab/*\n");

        var outcome = InProcess.Tool(_workspace.Root, "new", "service", "lab/x");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Error, Does.Contain("which-project:1:1: warning CG1006"));
    }
}
