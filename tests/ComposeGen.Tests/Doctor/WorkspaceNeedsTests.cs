using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Docker.Checks;
using ComposeGen.Manifests;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Doctor;

/// <summary>What doctor takes from a workspace: its images, its builds, its mounts and its ports.</summary>
public class WorkspaceNeedsTests
{
    [TestCase("redis:7", "docker.io")]
    [TestCase("library/redis", "docker.io")]
    [TestCase("registry.example.org/team/app:1", "registry.example.org")]
    [TestCase("localhost/app", "localhost")]
    [TestCase("127.0.0.1:5000/app", "127.0.0.1:5000")]
    [TestCase("team/app.web", "docker.io")]
    public void An_image_says_its_registry(string image, string registry) => Assert.That(RegistryCheck.Of(image), Is.EqualTo(registry));

    [Test]
    public void What_is_pulled_and_what_builds_start_from_are_images()
    {
        const string Compose = """
            services:
              db: {image: "redis:${TAG-7}"}
              web: {build: ./web}
              site: {build: {context: ./web, dockerfile: Other}}
              course: {build: {context: ., dockerfile_inline: "FROM python:3.11\nRUN echo $$HOME"}}
              worker: {image: app-web, pull_policy: never}
              late: {image: "${UNKNOWN}"}
            """;
        var images = WorkspaceImages.Of(
            Services(Compose),
            text => text.Contains("UNKNOWN", StringComparison.Ordinal) ? null : text.Replace("${TAG-7}", "7", StringComparison.Ordinal),
            file =>
                file switch
                {
                    "./web/Dockerfile" => "ARG VERSION=1.24\nFROM golang:$VERSION AS build\nFROM build AS tests\nFROM scratch\nCOPY --from=build /a /a\n",
                    "./web/Other" => "FROM --platform=linux/amd64 nginx\nFROM ${GIVEN_BY_NOBODY}\n",
                    _ => null,
                }
        );

        Assert.That(images, Is.EqualTo(new[] { "golang:1.24", "nginx", "python:3.11", "redis:7" }));
    }

    [TestCase("services: {a: {image: x}}", false, null)]
    [TestCase("services: {a: {build: .}}", true, null)]
    [TestCase("services: {a: {build: {context: ., secrets: [s]}}}", true, "secrets")]
    [TestCase("services: {a: {build: {dockerfile_inline: FROM x}}}", true, "dockerfile_inline")]
    public void What_the_former_builder_cannot_build_is_seen(string compose, bool isAny, string? key)
    {
        var builds = WorkspaceBuilds.Of(Services(compose));

        Assert.That((builds.IsAny, builds.NeedsBuildKit?.Key), Is.EqualTo((isAny, key)));
    }

    [Test]
    public void Mounts_are_known_with_their_labels()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "web\n")
            .With("projects/web/project.yml", "service: {image: x, volumes: [\"./site:/site\", \"./data:/data:ro,z\", \"named:/named\"]}\nvolumes: {named: {}}\n");
        var mounts = Of(workspace).Mounts;

        Assert.That(
            mounts.Select(mount => (mount.Path, mount.Service, mount.IsLabelled)),
            Is.EqualTo(new[] { (workspace.PathOf("projects/web/site"), "web", false), (workspace.PathOf("projects/web/data"), "web", true) })
        );
    }

    [Test]
    public void A_Mac_has_two_ports_itself()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "web\n")
            .With("projects/web/project.yml", "service: {image: x, ports: [{target: 80, published: 5000, x-fixed: true}]}\n");
        var doctors = Of(workspace);

        Assert.That(doctors.AirPlay(isMac: true).State, Is.EqualTo(CheckState.Warning));
        Assert.That(doctors.AirPlay(isMac: true).Said, Does.Contain("web demands host port 5000"));
        Assert.That(doctors.AirPlay(isMac: false).State, Is.EqualTo(CheckState.NotApplicable));
    }

    [Test]
    public void Files_that_are_stale_are_written_anew_and_a_persons_own_are_in_the_way()
    {
        using var workspace = new ScratchWorkspace().With("which-project", "web\n").With("projects/web/project.yml", "service: {image: x}\n");
        Assert.That(Of(workspace).Generated().State, Is.EqualTo(CheckState.Warning));

        workspace.With("docker-compose.yml", "services: {mine: {image: y}}\n");
        Assert.That(Of(workspace).Generated().State, Is.EqualTo(CheckState.Problem));
    }

    [Test]
    public void What_is_wrong_in_a_workspace_is_for_validate_to_say()
    {
        using var workspace = new ScratchWorkspace().With("which-project", "wbe\n").With("projects/web/project.yml", "service: {image: x}\n");
        var finding = Of(workspace).Workspace();

        Assert.That((finding.State, finding.Mend), Is.EqualTo((CheckState.Problem, "composegen validate")));
    }

    [Test]
    public void Without_a_workspace_it_does_not_apply()
    {
        using var folder = new ScratchWorkspace();
        var doctors = Of(folder);

        Assert.That(
            new[] { doctors.Workspace(), doctors.Generated(), doctors.Without(CheckNames.Mounts) }.Select(finding => finding.State),
            Is.All.EqualTo(CheckState.NotApplicable)
        );
    }

    private static DoctorWorkspace Of(ScratchWorkspace workspace) => DoctorWorkspace.Of(new DoctorOptions { Directory = workspace.Root });

    private static YamlMapping Services(string text) =>
        (YamlMapping)((YamlMapping)YamlReader.Read(new SourceText("docker-compose.yml", text), new DiagnosticBag())!)["services"]!;
}
