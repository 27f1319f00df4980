using ComposeGen.Cli;
using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Planning;
using ComposeGen.Rendering;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;
using CsCheck;

namespace ComposeGen.Tests.Planning;

public class SelectionTests
{
    private static readonly string[] Lines = ["a", "b", "c/*", "!c/two", "d:x", "a", "c/one", "d", "!d:y"];

    [Test]
    public void The_manifest_is_a_set()
    {
        using var workspace = Sample();
        var expected = Generate(workspace, Lines).ComposeFile;

        Gen.Shuffle(Lines).Sample(lines => Generate(workspace, [.. lines, .. lines[..2]]).ComposeFile == expected, iter: 50, threads: 1);
    }

    [Test]
    public void What_is_selected_changes_no_port()
    {
        using var workspace = Sample();
        var expected = Generate(workspace, ["**"]).LockFile;

        Gen.OneOf("a", "b", "c/one", "c/two", "d:x", "d:y")
            .Array[1, 6]
            .Sample(lines => Generate(workspace, lines).LockFile == expected, iter: 50, threads: 1);
    }

    [Test]
    public void The_order_in_which_the_file_system_lists_projects_changes_nothing()
    {
        using var scratch = Sample();
        scratch.With("which-project", "**");
        var workspace = WorkspaceLoader.Load(new WorkspaceFiles(scratch.Root), new DiagnosticBag())!;
        var expected = Text(workspace);

        Gen.Select(Gen.Shuffle(workspace.Projects.ToArray()), Gen.Shuffle(workspace.Selected.ToArray()))
            .Sample(
                (projects, selected) => Text(workspace with { Projects = [.. projects], Selected = [.. selected] }) == expected,
                iter: 100
            );

        static string Text(Workspace workspace)
        {
            var plan = Planner.Plan(workspace, new DiagnosticBag());
            return plan.Ports.Lock.ToText() + TemplateRenderer.Render(ComposeBuilder.Build(plan), new TemplateSet(workspace), new DiagnosticBag());
        }
    }

    [Test]
    public void A_chain_of_thousands_of_services_is_followed_to_its_end()
    {
        const int Length = 5_000;
        using var workspace = new ScratchWorkspace();
        var services = Enumerable
            .Range(0, Length)
            .Select(i => $"  s{i}: {{image: i{(i + 1 < Length ? $", depends_on: [s{i + 1}]" : string.Empty)}}}");
        workspace.With("projects/p/project.yml", $"services:\n{string.Join('\n', services)}\n");

        Assert.That(Generate(workspace, ["p:s0"]).Plan.Services.Count(), Is.EqualTo(Length));
    }

    private static ScratchWorkspace Sample() =>
        new ScratchWorkspace()
            .With("projects/a/project.yml", "service: {image: i, ports: [80]}\n")
            .With("projects/b/project.yml", "service: {image: i, ports: [\"8080:80\"]}\n")
            .With("projects/c/one/Dockerfile", "FROM scratch\nEXPOSE 80\n")
            .With("projects/c/two/Dockerfile", "FROM scratch\nEXPOSE 80\n")
            .With("projects/d/project.yml", "services: {x: {image: i, ports: [80]}, y: {image: i, ports: [80]}}\n");

    private static Generated Generate(ScratchWorkspace workspace, string[] lines)
    {
        workspace.With("which-project", string.Join('\n', lines));
        var bag = new DiagnosticBag();
        return Pipeline.Run(new WorkspaceFiles(workspace.Root), bag) ?? throw new AssertionException(bag.Sorted()[0].Message);
    }
}
