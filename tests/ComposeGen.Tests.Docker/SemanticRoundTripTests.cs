using System.Text.Json.Nodes;
using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Planning;
using ComposeGen.Tests.Docker.Semantics;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Docker;

/// <summary>
/// An adopted Compose file means the same in the generated one: what <c>docker compose config</c> makes of the original
/// equals what it makes of that project's part, but for what is changed on purpose, which <see cref="GeneratedPart"/> and
/// <see cref="OriginalPart"/> list. It holds for every golden workspace.
/// </summary>
public class SemanticRoundTripTests : ComposeFixture
{
    private const string Expected = "expected/docker-compose.yml";

    // Keys of project.yml that are no Compose file's.
    private static readonly string[] OwnKeys = ["service", "members", "exclude", "shared"];

    private static string Golden => Repository.PathOf("tests", "ComposeGen.Tests", "Golden");

    private static IEnumerable<TestCaseData> Cases() =>
        from folder in Directory.GetDirectories(Golden).Order(StringComparer.Ordinal)
        where File.Exists(Path.Combine(folder, Expected))
        let plan = Plan(folder)
        from project in plan?.Services.Select(service => service.Project.Path).Distinct() ?? ["?"]
        where plan is null || IsComposeFile(folder, plan, project)
        select new TestCaseData(Path.GetFileName(folder), project).SetArgDisplayNames(Path.GetFileName(folder), project);

    [Test]
    public void There_are_adopted_compose_files() => Assert.That(Cases().Count(), Is.GreaterThan(10));

    [TestCaseSource(nameof(Cases))]
    public void A_compose_file_means_the_same_in_the_generated_one(string name, string path)
    {
        using var workspace = Copy(name);
        var differences = Differences(workspace, Plan(Path.Combine(Golden, name))!, path);
        Assert.That(differences, Is.EqualTo(KnownDifferences.Of(name, path)), () => $"{path}\n  {string.Join("\n  ", differences)}\n");
    }

    [TestCase("postgres:16", "postgres:17", "services.db.image: original \"postgres:16\", generated \"postgres:17\"")]
    [TestCase("[db, postgres]", "[db]", "services.db.networks.default.aliases: original [\"db\",\"postgres\"], generated [\"db\"]")]
    [TestCase("target: 80", "target: 81", "services.web.ports[0].target: original 80, generated 81")]
    [TestCase("context: ./", "context: ./x", "/projects/old\", generated \"WORKSPACE/xprojects/old\"")]
    [TestCase("depends_on: [old-db]", "cap_add: [A]", "services.web.cap_add: original nothing, generated [\"A\"]")]
    public void What_means_something_else_is_found(string given, string instead, string difference)
    {
        const string Case = "compose-file-as-it-is";
        using var workspace = Copy(Case);
        workspace.With("docker-compose.yml", workspace.Read("docker-compose.yml").Replace(given, instead, StringComparison.Ordinal));
        Assert.That(Differences(workspace, Plan(Path.Combine(Golden, Case))!, "old"), Has.Some.Contains(difference));
    }

    private static List<string> Differences(ScratchWorkspace workspace, Plan plan, string path)
    {
        Assert.That(plan, Is.Not.Null, "there is an expected file, and yet the workspace holds an error");
        AddEnvironment(workspace, plan);
        var project = plan.Workspace.Projects.Single(project => project.Path == path);
        var config = new ComposeConfig(workspace.Root, project.Folder);
        var original = config.In(
            project.Folder,
            project.Kind == ProjectKind.ComposeFile ? null : "project.yml",
            ComposeConfig.ProjectOf(project)
        );
        var generated = config.In(string.Empty, "docker-compose.yml", ComposeConfig.Project);
        AssertComplete(plan, project, original, generated);
        var names = new PartNames(plan, project, original);
        return
        [
            .. JsonDifference
                .Between(OriginalPart.Of(original, names), GeneratedPart.Of(generated, names))
                .Select(difference => difference.Replace(workspace.Root, "WORKSPACE", StringComparison.Ordinal)),
        ];
    }

    // The tool's own names for things; what is compared is the file that it is expected to write.
    private static Plan? Plan(string folder) => Pipeline.Run(new WorkspaceFiles(folder), new DiagnosticBag())?.Plan;

    private static ScratchWorkspace Copy(string name)
    {
        var workspace = new ScratchWorkspace().WithCopyOf(Path.Combine(Golden, name));
        foreach (var file in Directory.GetFiles(workspace.PathOf("expected")).Where(file => Path.GetFileName(file) != "messages.txt"))
        {
            File.Copy(file, workspace.PathOf(Path.GetFileName(file)), overwrite: true);
        }

        return workspace;
    }

    // As `generate` does: what the projects' own `.env` files say is never in the expected files.
    private static void AddEnvironment(ScratchWorkspace workspace, Plan plan)
    {
        if (WorkspaceEnvironment.Text(new WorkspaceFiles(workspace.Root), plan, new DiagnosticBag()) is { } text)
        {
            workspace.With(".env", text);
        }
    }

    private static bool IsComposeFile(string folder, Plan plan, string path)
    {
        var project = plan.Workspace.Projects.Single(project => project.Path == path);
        return project.Kind switch
        {
            ProjectKind.ComposeFile => true,
            ProjectKind.Descriptor => new WorkspaceFiles(folder).Read(project.File, new DiagnosticBag()) is { } source
                && project.File.EndsWith("/project.yml", StringComparison.Ordinal)
                && YamlReader.Read(source, new DiagnosticBag()) is YamlMapping root
                && !OwnKeys.Any(root.Contains)
                && project.Descriptor.Services.All(service => service.Python is null)
                && !project.Descriptor.Services.SelectMany(service => service.References).Any(reference => reference.Name.Contains(':')),
            _ => false,
        };
    }

    private static void AssertComplete(Plan plan, Project project, JsonObject original, JsonObject generated)
    {
        var running = plan.Services.Where(service => service.Project.Path == project.Path).ToList();
        var isWhole = plan.Workspace.Selected.Count(service => service.Project.Path == project.Path) == project.Descriptor.Services.Length;
        var given = original["services"]!.AsObject().Select(service => service.Key).ToHashSet(StringComparer.Ordinal);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(running.Select(service => service.Name), isWhole ? Is.EquivalentTo(given) : Is.SubsetOf(given));
            Assert.That(
                running.Select(service => service.Key),
                Is.SubsetOf(generated["services"]!.AsObject().Select(service => service.Key))
            );
        }
    }
}
