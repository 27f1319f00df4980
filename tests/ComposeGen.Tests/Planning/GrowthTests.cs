using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Planning;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Planning;

/// <summary>Ten times as much takes ten times the steps, and not a hundred times. Steps are counted, since a machine's seconds vary.</summary>
public class GrowthTests
{
    private const int Small = 300;
    private const int Large = 3_000;

    // Ten, and something for what a search walks over once more.
    private const double Most = 12;

    [Test]
    public void Many_wishes_for_one_port_do_not_each_walk_over_all_that_were_given() =>
        Assert.That(Steps(Large) / Steps(Small), Is.LessThan(Most));

    [Test]
    public void A_chain_of_dependencies_is_followed_once()
    {
        Assert.That(Chain(Large) / Chain(Small), Is.LessThan(Most));

        static double Chain(int length)
        {
            using var workspace = new ScratchWorkspace()
                .With("which-project", "p\n")
                .With(
                    "projects/p/project.yml",
                    $"services:\n  s0: {{image: i}}\n{string.Concat(Numbers(1, length).Select(i => $"  s{i}: {{image: i, depends_on: [s{i - 1}]}}\n"))}"
                );
            var bag = new DiagnosticBag();
            return Planner.Plan(WorkspaceLoader.Load(new WorkspaceFiles(workspace.Root), bag)!, bag).Dependencies.Steps;
        }
    }

    [Test]
    public void What_many_names_may_have_meant_is_looked_for_within_bounds()
    {
        var names = new KnownNames(Numbers(0, 10_000).Select(i => $"project{i.ToString(CultureInfo.InvariantCulture)}"));
        var meant = Numbers(0, 10_000).Select(i => names.Nearest($"projcet{i.ToString(CultureInfo.InvariantCulture)}")).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(meant[..3], Is.EqualTo(new[] { "project0", "project1", "project2" }));
            Assert.That(names.Comparisons, Is.EqualTo(KnownNames.MostComparisons));
        }
    }

    // Each mistake by itself would be within the bounds.
    [TestCase("which-project", "which-project", "projcet{0}\n")]
    [TestCase("projects/p/project.yml", "projects/p/project.yml", "  s{0}: {{image: i, depends_on: [project{0}x]}}\n")]
    [TestCase("projects/p/project.yml", "projects/p/project.yml", "  s{0}: {{image: i, depends_on: [\"projcet{0}:s\"]}}\n")]
    public void The_bounds_are_those_of_a_whole_file(string file, string reported, string line)
    {
        const int Names = 1_000;
        using var workspace = new ScratchWorkspace().With("which-project", "**\n");
        foreach (var i in Numbers(0, Names))
        {
            workspace.With($"projects/project{i}/project.yml", "services: {s: {image: i}}\n");
        }

        var services = string.Concat(Numbers(0, Names).Select(i => $"  project{i}: {{image: i}}\n"));
        var lines = string.Concat(Numbers(0, Names).Select(i => string.Format(CultureInfo.InvariantCulture, line, i)));
        workspace.With(file, file == "which-project" ? lines : $"services:\n{services}{lines}");
        var bag = new DiagnosticBag();
        if (WorkspaceLoader.Load(new WorkspaceFiles(workspace.Root), bag) is { } loaded)
        {
            Planner.Plan(loaded, bag);
        }

        var hints = bag.Sorted().Where(problem => problem.Severity == Severity.Error && problem.Span?.File == reported).Select(problem => problem.Hint).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(hints, Has.Count.EqualTo(Names));
            Assert.That(hints[0], Does.StartWith("did you mean"));
            Assert.That(hints[^1], Does.Not.StartWith("did you mean"));
        }
    }

    private static double Steps(int needs)
    {
        var ports = new HostPorts(PortSettings.Default);
        foreach (var _ in Numbers(0, needs))
        {
            ports.Take(ports.FindFree(8080, 1)!.Value, 1);
        }

        return ports.Steps;
    }

    private static IEnumerable<int> Numbers(int first, int count) => Enumerable.Range(first, count);
}
