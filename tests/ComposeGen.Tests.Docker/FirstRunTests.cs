using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>What a person sees at a terminal the first time.</summary>
public class FirstRunTests : EngineFixture
{
    [Test]
    public void A_first_up_tells_what_next_and_no_other_does()
    {
        using var cache = new ScratchWorkspace();
        using var stack = new Stack("first").WithProject("web", $"service: {{{Stack.Sleeper}}}\n");

        var (first, second) = (Up(), Up());

        Assert.That(first, Does.Contain("What next (this is told once):").And.Contain("composegen status").And.Contain("composegen down"));
        Assert.That(second, Does.Not.Contain("What next"));
        Assert.That(stack.Running, Has.Length.EqualTo(1));

        string Up()
        {
            using var run = ForegroundRun.OnTerminal(stack.Root, "env", $"{OwnCache.Variable}={cache.Root}", Repository.Script, "up", "--detach");
            Assert.That(run.ExitCode(), Is.Zero, run.Printed);
            return run.Printed;
        }
    }

    [TestCase("m", "moved services/api to projects/api", "projects/api/Dockerfile")]
    [TestCase("l", "wrote projects/api/project.yml", "services/api/Dockerfile")]
    [TestCase("n", "next: composegen new", "services/api/Dockerfile")]
    public void Init_asks_before_it_moves_or_links(string answer, string printed, string file)
    {
        using var folder = new ScratchWorkspace().With("services/api/Dockerfile", "FROM debian\n");
        using var run = ForegroundRun.OnTerminal(folder.Root, Repository.Script, "init");
        // The question is no whole line, and so not seen before it is answered.
        var code = run.Expect(".gitignore     gains").Type($"{answer}\n").ExitCode();

        Assert.That(code, Is.Zero, run.Printed);
        Assert.That(run.Printed, Does.Contain(printed));
        Assert.That(File.Exists(folder.PathOf(file)));
        Assert.That(File.Exists(folder.PathOf("which-project")));
    }
}
