using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>Git repositories of a test's own.</summary>
internal static class Git
{
    /// <summary>Makes a repository of a folder, with all that is in it.</summary>
    public static void Commit(string folder)
    {
        Do(folder, "init", "--quiet");
        Do(folder, "add", "--all");
        Do(folder, "-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false", "commit", "--quiet", "--no-verify", "--message", "all");
    }

    public static void Do(string folder, params string[] arguments)
    {
        var run = Run.Program("git", folder, arguments);
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
    }
}
