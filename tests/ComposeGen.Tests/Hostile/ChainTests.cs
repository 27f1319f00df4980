using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Hostile;

/// <summary>What draws in what draws in something else ends in a message, however long the chain and however often it forks.</summary>
public class ChainTests
{
    private const int Long = 5000;

    [Test]
    public void Services_that_extend_each_other_without_end() =>
        Assert.That(Codes(Services(i => $"{{extends: s{i + 1}}}")), Does.Contain("CG0360"));

    [Test]
    public void A_chain_of_a_hundred_is_read() =>
        Assert.That(
            Codes("services:\n" + string.Concat(Enumerable.Range(0, 99).Select(i => $"  s{i}: {{extends: s{i + 1}}}\n")) + "  s99: {image: x}\n"),
            Is.Empty
        );

    [Test]
    public void Services_that_each_add_to_what_they_extend() =>
        Assert.That(
            Codes(
                "services:\n  s0: {image: x}\n"
                    + string.Concat(Enumerable.Range(1, Long).Select(i => $"  s{i}: {{extends: s{i - 1}, environment: {{V{i}: x}}}}\n"))
            ),
            Does.Contain("CG0361")
        );

    [Test]
    public void Files_that_include_each_other_without_end()
    {
        using var workspace = Workspace("include: [i0.yml]\n");
        for (var i = 0; i < 200; i++)
        {
            workspace.With($"projects/a/i{i}.yml", $"include: [i{i + 1}.yml]\n");
        }

        workspace.With("projects/a/i200.yml", "services: {a: {image: x}}\n");

        Assert.That(Codes(workspace), Does.Contain("CG0360"));
    }

    [Test]
    public void Files_that_each_include_the_next_twice()
    {
        using var workspace = Workspace("include: [i0.yml]\n");
        for (var i = 0; i < 40; i++)
        {
            workspace.With($"projects/a/i{i}.yml", $"include: [i{i + 1}.yml, ./i{i + 1}.yml]\n");
        }

        // A list that is joined doubles with every file.
        workspace.With("projects/a/i40.yml", "services: {a: {image: x, security_opt: [seccomp=unconfined]}}\n");

        Assert.That(Codes(workspace), Does.Contain("CG0361"));
    }

    [Test]
    public void A_file_that_includes_thousands() =>
        Assert.That(Codes($"include:\n{string.Concat(Enumerable.Repeat("  - i.yml\n", Long))}", ("i.yml", "services: {a: {image: x}}\n")), Does.Contain("CG0362"));

    private static string Services(Func<int, string> service) =>
        "services:\n" + string.Concat(Enumerable.Range(0, Long).Select(i => $"  s{i}: {service(i)}\n")) + $"  s{Long}: {{image: x}}\n";

    private static ScratchWorkspace Workspace(string compose) =>
        new ScratchWorkspace().With("which-project", "a\n").With("projects/a/compose.yml", compose);

    private static List<string> Codes(string compose, params (string File, string Text)[] others)
    {
        using var workspace = Workspace(compose);
        foreach (var (file, text) in others)
        {
            workspace.With($"projects/a/{file}", text);
        }

        return Codes(workspace);
    }

    private static List<string> Codes(ScratchWorkspace workspace)
    {
        var bag = new DiagnosticBag();
        Pipeline.Run(new WorkspaceFiles(workspace.Root), bag);
        return [.. bag.Sorted().Where(diagnostic => diagnostic.Severity == Severity.Error).Select(diagnostic => diagnostic.Code).Distinct()];
    }
}
