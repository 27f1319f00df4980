using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Start;

/// <summary><c>init</c> in folders as people have them.</summary>
public class InitTests
{
    private const string Compose = "services: {web: {image: debian, ports: [\"8080:80\"], volumes: [\"./site:/site\"]}}\n";

    [Test]
    public void An_empty_folder_gets_a_notebook_that_is_sound()
    {
        using var folder = new ScratchWorkspace();

        var outcome = InProcess.Tool(folder.Root, "init");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(folder.Read("which-project"), Does.EndWith("\nnotebook\n"));
        Assert.That(folder.Read(".gitignore"), Does.Contain("/.env\n").And.Contain("/docker-compose.override.yml\n").And.Contain("/composegen.local.yml\n"));
        Assert.That(InProcess.Tool(folder.Root, "validate", "--strict").Output, Does.StartWith("no errors: 1 of 1 project selected"));
    }

    [Test]
    public void A_folder_that_is_named_is_made()
    {
        using var folder = new ScratchWorkspace();

        var outcome = Run.Tool(folder.Root, "init", "new/course");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(File.Exists(folder.PathOf("new/course/which-project")));
    }

    [Test]
    public void Nothing_is_written_before_it_is_known_what_to_do()
    {
        using var folder = Repository();
        var before = Files(folder);

        var (shown, undecided) = (InProcess.Tool(folder.Root, "init", "--dry-run"), InProcess.Tool(folder.Root, "init"));

        Assert.That(shown.ExitCode, Is.Zero, shown.ToString());
        Assert.That(shown.Error, Does.Match(@"projects/api +from services/api \(Dockerfile\)").And.Match(@"projects/shop +from shop \(compose.yaml\)"));
        Assert.That(shown.Error, Does.Not.Contain("node_modules").And.Not.Contain("ignored"));
        Assert.That(undecided.ExitCode, Is.EqualTo(1));
        Assert.That(undecided.Error, Does.Contain("CG1003"));
        Assert.That(Files(folder), Is.EqualTo(before));
    }

    [Test]
    public void Linked_projects_run_where_they_are()
    {
        using var folder = Repository();
        var before = Files(folder);

        var outcome = InProcess.Tool(folder.Root, "init", "--link");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Error, Does.Contain("warning CG1004: analysis was left out"));
        Assert.That(Files(folder), Is.SupersetOf(before));
        var compose = InProcess.Tool(folder.Root, "generate", "--stdout").Output;
        Assert.That(compose, Does.Contain("./shop/site:/site").And.Contain("OVERRIDDEN").And.Contain("context: ./services/api").And.Contain("target: 9000"));
    }

    [Test]
    public void Moved_projects_are_moved_in_git_too()
    {
        using var folder = Repository();

        var outcome = InProcess.Tool(folder.Root, "init", "--move");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(folder.Read("which-project"), Does.EndWith("\nanalysis\napi\nshop\n"));
        var status = Git(folder, "status", "--porcelain").Output;
        Assert.That(status, Does.Contain("R  shop/compose.yaml -> projects/shop/compose.yaml"));
        Assert.That(File.Exists(folder.PathOf("projects/shop/untracked.txt")), "what git does not keep goes along");
        Assert.That(InProcess.Tool(folder.Root, "validate").ExitCode, Is.Zero);
    }

    [Test]
    public void What_is_in_projects_already_needs_no_decision()
    {
        using var folder = new ScratchWorkspace().With("projects/a/Dockerfile", "FROM debian\n").With("projects/g/b/compose.yaml", Compose).With(".gitignore", "x\n.env\n");

        var outcome = InProcess.Tool(folder.Root, "init");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(folder.Read("which-project"), Does.EndWith("\na\ng/b\n"));
        Assert.That(folder.Read(".gitignore").Split('\n').Count(line => line.EndsWith(".env", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public void Two_of_one_name_get_two_names()
    {
        using var folder = new ScratchWorkspace().With("x/api/Dockerfile", "FROM debian\n").With("y/api/Dockerfile", "FROM debian\n");

        InProcess.Tool(folder.Root, "init", "--link");

        Assert.That(folder.Read("which-project"), Does.EndWith("\nx-api\ny-api\n"));
    }

    [Test]
    public void A_folder_that_is_a_project_itself_is_told_to_go_one_up()
    {
        using var folder = new ScratchWorkspace().With("compose.yaml", Compose);

        var outcome = InProcess.Tool(folder.Root, "init");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain("CG1002").And.Contain("composegen init .."));
        Assert.That(Files(folder), Is.EqualTo((string[])["compose.yaml"]));
    }

    [Test]
    public void A_workspace_is_none_that_could_become_one()
    {
        using var folder = new ScratchWorkspace().With("which-project", "a\n").With("below/x", "");

        var (here, below) = (InProcess.Tool(folder.Root, "init"), InProcess.Tool(folder.PathOf("below"), "init"));

        Assert.That((here.ExitCode, below.ExitCode), Is.EqualTo((1, 1)));
        Assert.That(here.Error, Does.Contain("CG1001"));
        Assert.That(below.Error, Does.Contain($"{folder.Root} is a workspace already"));
    }

    private static ScratchWorkspace Repository()
    {
        var folder = new ScratchWorkspace()
            .With("services/api/Dockerfile", "FROM debian\nEXPOSE 9000\n")
            .With("shop/compose.yaml", Compose)
            .With("shop/compose.override.yaml", "services: {web: {environment: {OVERRIDDEN: \"1\"}}}\n")
            .With("shop/web/Dockerfile", "FROM debian\n")
            .With("analysis/requirements.txt", "numpy\n")
            .With("node_modules/x/Dockerfile", "FROM debian\n")
            .With("ignored/y/Dockerfile", "FROM debian\n")
            .With(".gitignore", "ignored/\nuntracked.txt\n");
        Git(folder, "init", "--quiet");
        Git(folder, "add", "--all");
        Git(folder, "-c", "user.name=n", "-c", "user.email=n@example.org", "commit", "--quiet", "--message=first");
        return folder.With("shop/untracked.txt", string.Empty);
    }

    private static Outcome Git(ScratchWorkspace folder, params string[] arguments) => Run.Program("git", folder.Root, arguments);

    private static string[] Files(ScratchWorkspace folder) =>
        [
            .. Directory
                .GetFiles(folder.Root, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder.Root, file))
                .Where(file => !file.StartsWith(".git/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
}
