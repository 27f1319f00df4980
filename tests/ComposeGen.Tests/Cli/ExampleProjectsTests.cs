using ComposeGen.Cli;
using ComposeGen.Manifests.Specification;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>Whoever takes over what an editor shows has a project that the tool takes.</summary>
public class ExampleProjectsTests
{
    [Test]
    public async Task The_tool_takes_a_project_of_each_example()
    {
        var wrong = new List<string>();
        using var workspace = Workspace();
        foreach (var (place, text) in ExampleProjects.All())
        {
            var messages = await Problems(workspace, text);
            if (messages.Length > 0)
            {
                wrong.Add($"{place}: {text}\n{messages}");
            }
        }

        Assert.That(string.Join('\n', wrong), Is.Empty);
    }

    [Test]
    public void There_is_a_project_of_each_key() =>
        Assert.That(
            ExampleProjects.All().Select(project => project.Place.Split(' ')[0]).Distinct().Count(),
            Is.EqualTo(ComposeTable.Sections.Sum(section => section.Keys.Length) + 1),
            "with x-fixed of a port"
        );

    /// <summary>Or the test above would pass whatever the examples are.</summary>
    [Test]
    public async Task A_project_that_is_wrong_is_found()
    {
        using var workspace = Workspace();

        Assert.That(await Problems(workspace, """{"service": {"image": "busybox:1", "depends_on": ["nobody"]}}"""), Does.Contain("CG0406"));
    }

    private static ScratchWorkspace Workspace()
    {
        var workspace = new ScratchWorkspace().With("which-project", "shop\n").With("projects/common/compose.yaml", "services: {base: {image: 'busybox:1'}}\n");
        string[] files =
        [
            "Dockerfile",
            ".env",
            "web.env",
            "common.env",
            "web.labels",
            "team.labels",
            "nginx.conf",
            "password.txt",
            "credential-spec.json",
            "site/index.html",
            "src/main.py",
            "server/Dockerfile",
            "docker/web.Dockerfile",
            "apps/api/Dockerfile",
            "worker/Dockerfile",
        ];
        foreach (var file in files)
        {
            workspace.With($"projects/shop/{file}", file.EndsWith("Dockerfile", StringComparison.Ordinal) ? "FROM busybox:1 AS web\n" : string.Empty);
        }

        return workspace
            .With("projects/shop/common.override.yaml", "services: {base: {init: true}}\n")
            .With("projects/common/.env", string.Empty)
            .With("projects/assets/page.html", string.Empty);
    }

    private static async Task<string> Problems(ScratchWorkspace workspace, string project)
    {
        workspace.With("projects/shop/project.yml", project);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Program.Run(["validate", "--format", "plain", "-C", workspace.Root], new Terminal(output, error, HasColor: false));
        return code == 0 ? string.Empty : error.ToString();
    }
}
