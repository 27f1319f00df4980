using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>The hook, run by pre-commit itself.</summary>
public class PreCommitTests
{
    // The code with which tests/pre-commit says that it cannot have the program.
    private const int NotThere = 69;

    private static string Manifest => Repository.PathOf(".pre-commit-hooks.yaml");

    [Test]
    public void The_hooks_are_described_as_they_have_to_be()
    {
        using var scratch = new ScratchWorkspace().With("broken.yaml", File.ReadAllText(Manifest).Replace("language:", "langage:", StringComparison.Ordinal));

        var sound = PreCommit(scratch, "validate-manifest", Manifest);
        var broken = PreCommit(scratch, "validate-manifest", scratch.PathOf("broken.yaml"));

        Assert.That(sound.ExitCode, Is.Zero, sound.ToString());
        Assert.That(broken.ExitCode, Is.EqualTo(1), broken.ToString());
        Assert.That(broken.Output, Does.Contain("Missing required key: language"));
    }

    [Test]
    public void The_documented_configuration_runs_it()
    {
        using var tool = new ToolRepository();
        Git.Do(tool.Root, "tag", "v0.1.0");
        using var workspace = Workspace(
            DocPage.Snippet("ci.md", "yaml", "pre-commit").Replace("https://github.com/OWNER/composegen", tool.Root, StringComparison.Ordinal)
        );

        var sound = PreCommit(workspace, "run", "--all-files");
        workspace.With("projects/shop/compose.yml", "services: {web: {imag: 'busybox:1'}}\n");
        var broken = PreCommit(workspace, "run", "--all-files");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(PreCommit(workspace, "validate-config").ExitCode, Is.Zero);
            Assert.That(sound.ExitCode, Is.Zero, sound.ToString());
            Assert.That(sound.Output, Does.Contain("composegen").And.Contain("Passed").And.Not.Contain("WARNING"), "it ran, and was not passed over");
            Assert.That(broken.ExitCode, Is.EqualTo(1), broken.ToString());
            Assert.That(broken.Output, Does.Contain("projects/shop/compose.yml(1,18): error CG0301: "));
        }
    }

    [Test]
    public void It_can_be_tried_without_a_configuration()
    {
        using var tool = new ToolRepository();
        using var workspace = Workspace(string.Empty);

        var run = PreCommit(workspace, "try-repo", tool.Root, "composegen", "--all-files");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("Passed"));
    }

    // What has been generated and committed, as a team's is.
    private static ScratchWorkspace Workspace(string configuration)
    {
        var workspace = new ScratchWorkspace().With("which-project", "shop\n").With("projects/shop/compose.yml", "services: {web: {image: 'busybox:1'}}\n");
        workspace.With(".gitignore", "/home\n").With(".pre-commit-config.yaml", configuration);
        Assert.That(Run.Tool(workspace.Root, "generate").ExitCode, Is.Zero);
        Git.Commit(workspace.Root);
        return workspace;
    }

    private static Outcome PreCommit(ScratchWorkspace scratch, params string[] arguments)
    {
        var run = Run.Program(Repository.PathOf("tests", "pre-commit"), scratch.Root, new Dictionary<string, string?> { ["PRE_COMMIT_HOME"] = scratch.PathOf("home") }, arguments);
        if (run.ExitCode == NotThere)
        {
            Assert.Ignore($"NOT TESTED, for want of pre-commit: whether the hook runs. {run.Error}");
        }

        return run;
    }
}
