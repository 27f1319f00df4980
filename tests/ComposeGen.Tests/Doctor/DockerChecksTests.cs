using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Docker.Checks;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Doctor;

/// <summary>What doctor says of docker, its plugins and its engine, where a machine cannot be had that is so.</summary>
public class DockerChecksTests
{
    private static readonly MachineSystem Debian = MachineSystem.Read("ID=debian\nVERSION_ID=13\n");
    private static readonly EngineInfo Engine = new("28.5.2", "/var/lib/docker", string.Empty) { IsHere = true };
    private static readonly DockerAnswers Well = new("/usr/bin/docker") { Engine = Engine, Compose = new Version(2, 40, 3), Buildx = new Version(0, 29, 1) };
    private static readonly WorkspaceBuilds Plain = new(true, null);
    private static readonly WorkspaceBuilds Inline = new(true, ("dockerfile_inline", "course"));

    [Test]
    public void Where_docker_is_missing_it_is_installed_and_nothing_else_is_a_problem()
    {
        var checks = new DockerChecks(new DockerAnswers(null), Debian, "me");
        var context = checks.Context(new EnginePlace("unix:///var/run/docker.sock"), null);

        Assert.That(checks.Docker().Repairs.Single().Id, Is.EqualTo("install-docker"));
        Assert.That(
            new[] { checks.Engine(context), checks.Access(), checks.Compose([]), checks.Buildx(Plain) }.Select(finding => finding.State),
            Is.All.EqualTo(CheckState.Unknown)
        );
    }

    [TestCase("2.16.0", nameof(CheckState.Problem))]
    [TestCase("2.17.0", nameof(CheckState.Ok))]
    [TestCase("5.1.0", nameof(CheckState.Ok))]
    public void Compose_must_not_be_older_than_this(string version, string state) =>
        Assert.That(Checks(Well with { Compose = new Version(version) }).Compose([]).State.ToString(), Is.EqualTo(state));

    [Test]
    public void Compose_must_know_the_workspaces_keys()
    {
        var checks = Checks(Well with { Compose = new Version(2, 29, 7) });

        Assert.That(checks.Compose([("gpus", "shop:web", new Version(2, 30, 0))]).Said, Is.EqualTo("2.29.7 is too old: `gpus` of shop:web takes 2.30.0 or later"));
        Assert.That(checks.Compose([("attach", "shop:web", new Version(2, 20, 0))]).State, Is.EqualTo(CheckState.Ok));
    }

    [Test]
    public void A_release_that_has_no_newer_one_is_not_told_to_install_it_once_more()
    {
        var old = Well with { Compose = new Version(2, 16, 0) };

        Assert.That(Checks(old).Compose([]).Repairs, Is.Empty);
        Assert.That(new DockerChecks(old, MachineSystem.Read("ID=arch\n"), "me").Compose([]).Repairs, Is.Not.Empty);
    }

    // As docker/compose does: its own builder up to 5, no buildx below 0.17 from 2.40.2 on.
    [TestCase(null, "2.40.3", nameof(CheckState.Ok))]
    [TestCase(null, "5.0.0", nameof(CheckState.Warning))]
    [TestCase("0.13.1", "2.26.1", nameof(CheckState.Ok))]
    [TestCase("0.13.1", "2.40.1", nameof(CheckState.Ok))]
    [TestCase("0.13.1", "2.40.2", nameof(CheckState.Problem))]
    [TestCase("0.17.0", "2.40.2", nameof(CheckState.Ok))]
    [TestCase("0.13.1", "5.0.0", nameof(CheckState.Problem))]
    public void Buildx_must_be_what_this_Compose_wants(string? buildx, string compose, string state) =>
        Assert.That(
            Checks(Well with { Buildx = buildx is null ? null : new Version(buildx), Compose = new Version(compose) }).Buildx(Plain).State.ToString(),
            Is.EqualTo(state)
        );

    [Test]
    public void A_Dockerfile_inside_of_the_Compose_file_takes_buildx()
    {
        var checks = Checks(Well with { Buildx = null, Compose = new Version(5, 0, 0) });

        Assert.That(checks.Buildx(Inline).State, Is.EqualTo(CheckState.Problem));
        Assert.That(checks.Buildx(Inline).Said, Does.Contain("`dockerfile_inline` of course"));
        Assert.That(Checks(Well with { Buildx = new Version(0, 13, 1) }).Buildx(new WorkspaceBuilds(false, null)).State, Is.EqualTo(CheckState.Warning));
    }

    [TestCase("1.29.2", "install-compose")]
    [TestCase("2.40.3", "link-compose")]
    [TestCase(null, "install-compose")]
    public void What_is_there_of_Compose_decides_what_is_done(string? former, string repair)
    {
        var answers = Well with { Compose = null, FormerCompose = former is null ? null : ("/usr/bin/docker-compose", former) };

        Assert.That(Checks(answers).Compose([]).Repairs.Single().Id, Is.EqualTo(repair));
    }

    [Test]
    public void Who_may_not_speak_to_the_engine_is_told_what_joining_its_group_means()
    {
        var answers = Well with { Engine = null, Failure = Errors.NoAccess("permission denied", "join") };
        var access = Checks(answers).Access();

        Assert.That(access.State, Is.EqualTo(CheckState.Problem));
        Assert.That(access.Repairs.Select(repair => repair.Line(isRoot: false)), Is.EqualTo(OperatingSystem.IsLinux() ? ["sudo usermod -aG docker me"] : Array.Empty<string>()));
        Assert.That(access.Repairs.Select(repair => repair.Means), Is.All.Contains("as good as root"));
    }

    [Test]
    public void A_context_that_docker_does_not_know_is_a_problem() =>
        Assert.That(Checks(Well).Context(new EnginePlace(null), null).State, Is.EqualTo(CheckState.Problem));

    [Test]
    public void A_socket_that_is_not_there_is_a_problem_of_the_context_and_not_of_the_engine()
    {
        var checks = Checks(Well with { Engine = null, Failure = Errors.NoEngine("no", "start it") });
        var context = checks.Context(new EnginePlace("unix:///nowhere/docker.sock"), "DOCKER_HOST is that");

        Assert.That(context.Said, Does.Contain("no socket /nowhere/docker.sock"));
        Assert.That(checks.Engine(context).State, Is.EqualTo(CheckState.Unknown));
    }

    [TestCase(CheckNames.Docker, 3)]
    [TestCase(CheckNames.Engine, 3)]
    [TestCase(CheckNames.Access, 3)]
    [TestCase(CheckNames.Compose, 3)]
    [TestCase(CheckNames.Ports, 1)]
    [TestCase(CheckNames.Disk, 1)]
    public void The_exit_code_says_whether_it_is_Docker_that_is_missing(string id, int code) =>
        Assert.That(DoctorCommand.Code([Finding.Ok(CheckNames.Git, "there"), Finding.Problem(id, "wrong", null)]), Is.EqualTo(code));

    [Test]
    public void A_warning_stops_nothing() => Assert.That(DoctorCommand.Code([Finding.Warning(CheckNames.Registry, "offline", null)]), Is.Zero);

    [Test]
    public void Every_check_is_explained()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "troubleshooting.md")).Split("## `composegen doctor`")[1].Split("\n### ")[0];
        var rows = page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')[1]).ToList();

        Assert.That(rows.SelectMany(row => row.Split('`').Where((_, i) => i % 2 == 1)), Is.EquivalentTo(CheckNames.All.Select(check => check.Id)));
    }

    private static DockerChecks Checks(DockerAnswers answers) => new(answers, Debian, "me");
}
