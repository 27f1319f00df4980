using ComposeGen.Processes;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Hostile;

/// <summary>A workspace that comes with its <c>.git</c> brings settings in which programs can be named. None of them runs.</summary>
public class StrangersRepositoryTests
{
    [Test]
    public void A_program_that_the_repository_names_is_not_run()
    {
        using var workspace = new ScratchWorkspace().With("which-project.lock", "version 1\nend\n").With(".gitattributes", "*.lock diff=x\n");
        var mark = workspace.PathOf("it-ran");
        Git(workspace.Root, "init", "--quiet");
        Git(workspace.Root, "add", "--all");
        Git(workspace.Root, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message=first");
        Git(workspace.Root, "config", "core.fsmonitor", $"touch '{mark}'; false");
        Git(workspace.Root, "config", "diff.x.textconv", $"touch '{mark}'; cat");
        // The settings do what they are there for where nobody sees to it.
        Run.Program("git", workspace.Root, "check-ignore", "--quiet", "a");
        Assert.That(File.Exists(mark), "git runs the program by itself");
        File.Delete(mark);
        var git = new Git(workspace.Root);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(git.Ignores("a"), Is.False);
            Assert.That(git.Show("HEAD", "which-project.lock"), Is.EqualTo("version 1\nend\n"));
            Assert.That(git.Renames("projects", ["projects/a"], ["projects/b"]), Is.Empty);
            Assert.That(git.MergeSides(), Is.Empty);
            Assert.That(git.Roots(), Has.Length.EqualTo(1));
        }

        Assert.That(File.Exists(mark), Is.False);
    }

    [Test]
    public void A_folder_that_looks_like_a_repository_is_none()
    {
        using var workspace = new ScratchWorkspace();
        Git(workspace.Root, "init", "--quiet", "--bare");
        Assert.That(Run.Program("git", workspace.Root, "rev-parse", "--git-dir").ExitCode, Is.Zero, "git takes it for one by itself");

        Assert.That(new Git(workspace.Root).IsRepository, Is.False);
    }

    private static void Git(string folder, params string[] arguments) =>
        Assert.That(Run.Program("git", folder, arguments).ExitCode, Is.Zero, string.Join(' ', arguments));
}
