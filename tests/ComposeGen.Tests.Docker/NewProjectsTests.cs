namespace ComposeGen.Tests.Docker;

/// <summary>What <c>new</c> makes is built, runs and answers as it is.</summary>
public class NewProjectsTests : EngineFixture
{
    [Test]
    public void Every_kind_is_built_runs_and_answers()
    {
        using var stack = new Stack("new").With("which-project", string.Empty).With("composegen.yml", "python: \"3.11\"\n");
        foreach (var (kind, name) in (ReadOnlySpan<(string, string)>)[("notebook", "lab"), ("python", "program"), ("compose", "pages"), ("service", "greeter"), ("executable", "tools/report")])
        {
            stack.Do("new", kind, name);
        }

        stack.Do("up", "--detach", "--wait");

        Assert.That(stack.Do("status").Output, Does.Contain("6 services: 6 running"));
        Assert.That(Page("program"), Is.EqualTo("program works\n"));
        Assert.That(Page("greeter"), Is.EqualTo("greeter works\n"));
        Assert.That(Page("pages:web"), Does.Contain("<h1>pages</h1>"));
        Assert.That(Page("pages:api"), Does.Contain("\"now\""));
        Assert.That(stack.Do("logs", "tools/report").Output, Does.Contain("report works"));
        Assert.That(stack.Do("exec", "lab", "jupyter", "nbconvert", "--to", "notebook", "--execute", "--stdout", "first.ipynb").Output, Does.Contain("image/png"));
        stack.Do("disable", "program");
        stack.Do("up", "--detach");
        Assert.That(stack.Do("ps", "--", "--services").Output, Does.Not.Contain("program").And.Contain("greeter"));

        string Page(string name) => Http.Get(stack.Do("open", name, "--print").Output.Trim()).GetAwaiter().GetResult();
    }
}
