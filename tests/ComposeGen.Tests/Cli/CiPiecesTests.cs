using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>What people put into their CI, run as the services do.</summary>
public class CiPiecesTests
{
    [Test]
    public void The_action_shows_a_mistake_beside_its_line()
    {
        using var workspace = Workspace("services: {web: {imag: x}}\n");

        var run = Action(workspace, strict: false);

        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Error, Does.Contain("::error file=sub/projects/shop/compose.yml,line=1,endLine=1,col=18,endColumn=22,title=CG0301::"));
    }

    [Test]
    public void The_action_is_satisfied_with_what_is_sound_and_with_warnings_only_where_it_may([Values] bool strict)
    {
        using var workspace = Workspace("services: {web: {image: 'busybox:1'}}\n");
        workspace.With("sub/which-project", "shop\nz*\n");
        Assert.That(Run.Tool(workspace.PathOf("sub"), "generate").ExitCode, Is.Zero);

        Assert.That(Action(workspace, strict).ExitCode, Is.EqualTo(strict ? 1 : 0));
    }

    [Test]
    public void The_hook_runs_from_the_top_of_the_repository_that_it_checks()
    {
        using var workspace = Workspace("services: {web: {image: 'busybox:1'}}\n");
        var hook = (YamlMapping)((YamlSequence)Yaml(".pre-commit-hooks.yaml")).Items[0];
        var entry = Text(hook["entry"]).Split(' ');

        var stale = Run.Program(Repository.PathOf(entry[0]), workspace.PathOf("sub"), entry[1..]);
        Assert.That(Run.Tool(workspace.PathOf("sub"), "generate").ExitCode, Is.Zero);
        var current = Run.Program(Repository.PathOf(entry[0]), workspace.PathOf("sub"), entry[1..]);

        Assert.That(stale.ExitCode, Is.EqualTo(1), stale.ToString());
        Assert.That(stale.Error, Does.Contain("error CG0704"));
        Assert.That(current.ExitCode, Is.Zero, current.ToString());
    }

    [TestCase("projects/shop/compose.yml", true)]
    [TestCase("which-project", true)]
    [TestCase("which-project.lock", true)]
    [TestCase("composegen.yml", true)]
    [TestCase("docker-compose.yml", true)]
    [TestCase("README.md", false)]
    public void The_hook_runs_for_the_files_that_matter(string file, bool isRun)
    {
        var hook = (YamlMapping)((YamlSequence)Yaml(".pre-commit-hooks.yaml")).Items[0];

        Assert.That(file, isRun ? Does.Match(Text(hook["files"])) : Does.Not.Match(Text(hook["files"])));
    }

    // The repository's folder is one above the workspace's.
    private static ScratchWorkspace Workspace(string compose)
    {
        var workspace = new ScratchWorkspace().With("sub/which-project", "shop\n").With("sub/projects/shop/compose.yml", compose);
        Directory.CreateDirectory(workspace.PathOf(".git"));
        return workspace;
    }

    private static Outcome Action(ScratchWorkspace workspace, bool strict)
    {
        var steps = (YamlSequence)((YamlMapping)((YamlMapping)Yaml("action.yml"))["runs"]!)["steps"]!;
        var step = steps.Items.Cast<YamlMapping>().Single(item => item.Contains("run"));
        var variables = ((YamlMapping)step["env"]!).Names.ToDictionary(
            name => name,
            name =>
                name switch
                {
                    "ACTION" => Repository.Root,
                    "DIRECTORY" => "sub",
                    "STRICT" => strict ? "--strict" : string.Empty,
                    _ => throw new InvalidOperationException($"{name} is new"),
                }
        );
        Assert.That(Text(step["shell"]), Is.EqualTo("bash"));
        return Run.Program("bash", workspace.Root, variables!, "--noprofile", "--norc", "-eo", "pipefail", "-c", Text(step["run"]));
    }

    private static YamlNode Yaml(string file)
    {
        var bag = new DiagnosticBag();
        var node = YamlReader.Read(new SourceText(file, File.ReadAllText(Repository.PathOf(file))), bag);
        Assert.That(bag.Sorted(), Is.Empty);
        return node!;
    }

    private static string Text(YamlNode? node) => ((YamlScalar)node!).Value;
}
