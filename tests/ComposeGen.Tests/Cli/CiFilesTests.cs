using System.Text.Json;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>
/// Files that build services read, in the eyes of validators made for them: those of this repository, and what
/// <c>docs/ci.md</c> gives to copy.
/// </summary>
public class CiFilesTests
{
    private static readonly Lazy<string> Folder = new(() => NodeFolder.Install("ci-validators", "whether files for build services are valid"));

    /// <summary>One workflow: the job, and below its steps those that write SARIF.</summary>
    private static string DocumentedWorkflow => string.Concat(DocPage.Snippets("ci.md", "yaml", "GitHub Actions"));

    private static string DocumentedJob => DocPage.Snippet("ci.md", "yaml", "GitLab CI");

    public static IEnumerable<string> Workflows()
    {
        var folder = Repository.PathOf(".github", "workflows");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.y*ml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal) : [];
    }

    [Test]
    public void The_action_is_one() => Assert.That(GitHub("action", Read("action.yml")), Is.Empty);

    [TestCase("using: composite", "using: composit")]
    [TestCase("shell: bash", "shel: bash")]
    [TestCase("description:", "descripton:")]
    public void A_broken_action_is_found(string right, string wrong) => Assert.That(GitHub("action", Broken(Read("action.yml"), right, wrong)), Is.Not.Empty);

    [Test]
    public void The_documented_workflow_is_one() => Assert.That(GitHub("workflow", DocumentedWorkflow), Is.Empty);

    [TestCase("runs-on:", "run-on:")]
    [TestCase("[push, pull_request]", "[push, pullrequest]")]
    [TestCase("- run: composegen", "- run: ${{ github.nothing }} composegen")]
    [TestCase("uses: actions/checkout@v5", "uses: actions/checkout@v5\n        run: echo")]
    public void A_broken_workflow_is_found(string right, string wrong) => Assert.That(GitHub("workflow", Broken(DocumentedWorkflow, right, wrong)), Is.Not.Empty);

    [Test]
    public void The_repositorys_workflows_are_valid()
    {
        foreach (var name in Workflows())
        {
            Assert.That(GitHub("workflow", Older(Read($".github/workflows/{name}"))), Is.Empty, name);
        }
    }

    /// <summary>The inputs that the page gives to the action, the action has.</summary>
    [Test]
    public void The_documented_workflow_gives_the_action_what_it_takes()
    {
        var inputs = YamlToJson.Read(Read("action.yml"))["inputs"]!.AsObject().Select(input => input.Key);
        var steps = YamlToJson.Read(DocumentedWorkflow)["jobs"]!["compose"]!["steps"]!.AsArray();
        var given = steps.Single(step => step!["uses"]?.GetValue<string>().Contains("/composegen@", StringComparison.Ordinal) == true)!["with"]!.AsObject();

        Assert.That(given.Select(input => input.Key), Is.EquivalentTo(inputs));
    }

    [Test]
    public void The_documented_job_for_GitLab_is_one()
    {
        var run = GitLab(DocumentedJob);

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("composegen"));
    }

    [TestCase("script:", "scrip:")]
    [TestCase("  image:", "  imag:")]
    [TestCase("when: always", "when: sometimes")]
    [TestCase("codequality:", "codequalty:")]
    public void A_broken_job_for_GitLab_is_found(string right, string wrong)
    {
        var run = GitLab(Broken(DocumentedJob, right, wrong));

        Assert.That(run.ExitCode, Is.Not.Zero, run.ToString());
    }

    /// <summary>Its lines, one after the other as GitLab's runner has them, with a small repository where the real one would be.</summary>
    [Test]
    public void The_documented_job_for_GitLab_says_what_is_wrong([Values] bool isBroken)
    {
        using var workspace = new ScratchWorkspace().With("which-project", "shop\n").With("projects/shop/compose.yml", "services: {web: {image: 'busybox:1'}}\n");
        Assert.That(Run.Tool(workspace.Root, "generate").ExitCode, Is.Zero);
        if (isBroken)
        {
            workspace.With("projects/shop/compose.yml", "services: {web: {imag: 'busybox:1'}}\n");
        }

        using var tool = new ToolRepository();
        var job = YamlToJson.Read(DocumentedJob)["composegen"]!;
        var script = string.Join('\n', job["script"]!.AsArray().Select(line => line!.GetValue<string>()))
            .Replace("https://gitlab.com/OWNER/composegen.git", $"file://{tool.Root}", StringComparison.Ordinal)
            .Replace("/opt/composegen", workspace.PathOf("opt"), StringComparison.Ordinal);

        var run = Run.Program("bash", workspace.Root, "-eo", "pipefail", "-c", script);

        var report = workspace.Read(job["artifacts"]!["reports"]!["codequality"]!.GetValue<string>());
        Assert.That(run.ExitCode, Is.EqualTo(isBroken ? 1 : 0), run.ToString());
        Assert.That(report, isBroken ? Does.Contain("CG0301") : Is.EqualTo("[]\n"));
        Assert.That(run.Error, isBroken ? Does.Contain("error CG0301") : Does.Not.Contain("error"), "the log is for people");
    }

    // What these validators do not know yet: a permission, and the variables of a repository.
    private static string Older(string workflow) =>
        workflow.Replace("      attestations: write\n", string.Empty, StringComparison.Ordinal).Replace("${{ vars.", "${{ secrets.", StringComparison.Ordinal);

    private static string[] GitHub(string kind, string text) =>
        JsonSerializer.Deserialize<string[][]>(NodeFolder.Run(Folder.Value, "github.mjs", JsonSerializer.Serialize(new[] { new { kind, text } })))!.Single();

    private static Outcome GitLab(string text)
    {
        using var scratch = new ScratchWorkspace().With(".gitlab-ci.yml", text).With("which-project", "\n");
        Git.Commit(scratch.Root);
        return Run.Program("node", scratch.Root, Path.Combine(Folder.Value, "node_modules", ".bin", "gitlab-ci-local"), "--list");
    }

    private static string Read(string file) => File.ReadAllText(Repository.PathOf(file));

    private static string Broken(string text, string right, string wrong)
    {
        Assert.That(text, Does.Contain(right));
        return text.Replace(right, wrong, StringComparison.Ordinal);
    }
}
