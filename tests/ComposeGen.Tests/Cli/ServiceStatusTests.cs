using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Planning;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Cli;

/// <summary>What <c>composegen status</c> makes of what the engine says.</summary>
public class ServiceStatusTests
{
    [TestCase("running", "Up 3 minutes", "running", "", "3 minutes", true)]
    [TestCase("running", "Up 3 minutes (healthy)", "running", "healthy", "3 minutes", true)]
    [TestCase("running", "Up About an hour (health: starting)", "running", "starting", "About an hour", true)]
    [TestCase("running", "Up 2 days (unhealthy)", "running", "unhealthy", "2 days", false)]
    [TestCase("paused", "Up 2 days (Paused)", "paused", "", "2 days", false)]
    [TestCase("restarting", "Restarting (1) 5 seconds ago", "restarting", "", "5 seconds ago", false)]
    [TestCase("exited", "Exited (3) 2 hours ago", "exited (3)", "", "2 hours ago", false)]
    [TestCase("created", "Created", "created", "", "", false)]
    public void One_container_is_told_in_the_engines_words(string status, string words, string state, string health, string since, bool isFine)
    {
        var row = ServiceStatus.Of(Service("web"), [Container(status, words, exit: 3)], null);

        Assert.That((row.Shown, row.Health, row.Since, row.IsFine), Is.EqualTo((state, health, since, isFine)));
    }

    [Test]
    public void Of_several_containers_the_worst_counts_and_it_is_said_how_many_run()
    {
        var row = ServiceStatus.Of(Service("web"), [Container("running", "Up 1 hour"), Container("exited", "Exited (1) 1 minute ago", exit: 1), Container("running", "Up 1 hour")], null);

        Assert.That((row.Shown, row.Kind, row.IsFine), Is.EqualTo(("exited (1), 2 of 3", "exited", false)));
    }

    [TestCase("scale: 2", 2, "running, 2 of 2", true)]
    [TestCase("deploy: {replicas: 3}", 2, "running, 2 of 3", false)]
    [TestCase("scale: 0", 0, "none wanted", true)]
    [TestCase("profiles: [debug]", 0, "off by its profile", true)]
    [TestCase("scale: 1", 0, "not created", false)]
    public void What_the_descriptor_wants_is_compared(string key, int running, string state, bool isFine)
    {
        var plan = Plan($"services: {{web: {{image: i, {key}}}, other: {{image: i}}}}\n");
        var web = NamedService.Of(plan.All.Single(service => service.Name == "web"), isSelected: true);

        var row = ServiceStatus.Of(web, Enumerable.Repeat(Container("running", "Up 1 hour"), running), plan);

        Assert.That((row.Shown, row.IsFine), Is.EqualTo((state, isFine)));
    }

    [TestCase("service_completed_successfully", 0, "done", true)]
    [TestCase("service_completed_successfully", 1, "exited (1)", false)]
    [TestCase("service_started", 0, "exited (0)", false)]
    public void A_job_that_others_wait_for_is_there_to_end(string condition, int exit, string state, bool isFine)
    {
        var plan = Plan($"services: {{job: {{image: i}}, web: {{image: i, depends_on: {{job: {{condition: {condition}}}}}}}}}\n");
        var job = NamedService.Of(plan.All.Single(service => service.Name == "job"), isSelected: true);

        var row = ServiceStatus.Of(job, [Container("exited", $"Exited ({exit}) 1 hour ago", exit)], plan);

        Assert.That((row.State, row.IsFine), Is.EqualTo((state, isFine)));
    }

    [Test]
    public void The_summary_counts_each_service_once()
    {
        ServiceStatus[] rows =
        [
            .. Enumerable.Range(0, 6).Select(i => ServiceStatus.Of(Service($"s{i}"), [Container("running", i == 0 ? "Up 1 hour (healthy)" : "Up 1 hour")], null)),
            ServiceStatus.Of(Service("bad"), [Container("running", "Up 1 hour (unhealthy)")], null),
            ServiceStatus.Of(Service("old") with { IsSelected = false }, [Container("running", "Up 1 hour")], null),
        ];

        Assert.That(StatusCommand.Summary(rows), Is.EqualTo("7 services: 6 running, 1 unhealthy"));
        Assert.That(rows[^1].Shown, Is.EqualTo("running, not selected"));
    }

    [TestCase("shop-web", "shop:web", "shop", "shop:web", "shop-web")]
    [TestCase("course-week1", "course/week1", "course/week1", "course-week1")]
    [TestCase("course-week1-web", "course/week1:web", "course/week1", "course/week1:web", "course-week1-web")]
    [TestCase("gone-web", "gone-web", "gone-web")]
    public void A_key_tells_the_project_that_it_begins_with(string key, string label, params string[] names)
    {
        var service = NamedService.OfKey(key, ["shop", "course", "course/week1"], isSelected: true);

        Assert.That((service.Label, service.Names), Is.EqualTo((label, names)));
    }

    [Test]
    public void Where_a_container_answers_is_what_it_holds_by_its_link_where_there_is_one()
    {
        ServiceLink[] links = [new("http://127.0.0.1:8080", "127.0.0.1", 8080, 1), new("http://127.0.0.1:9000", "127.0.0.1", 9000, 1)];
        var container = Container("running", "Up 1 hour") with
        {
            Ports = [new(System.Net.IPAddress.Loopback, 8080, "tcp"), new(System.Net.IPAddress.Any, 7000, "udp"), new(System.Net.IPAddress.IPv6Any, 7000, "udp")],
        };

        Assert.That(ServiceLink.Held(links, [container]), Is.EqualTo(["http://127.0.0.1:8080", "0.0.0.0:7000/udp"]));
    }

    private static NamedService Service(string key) => NamedService.OfKey(key, [], isSelected: true);

    private static Container Container(string status, string words, int exit = 0) =>
        new("c", status, "p", "/w", [])
        {
            Id = "1",
            Service = "web",
            IsOneOff = false,
            ExitCode = exit,
            Words = words,
            IsUnhealthy = words.EndsWith("(unhealthy)", StringComparison.Ordinal),
        };

    private static Plan Plan(string descriptor)
    {
        using var workspace = new ScratchWorkspace().With("which-project", "shop\n").With("projects/shop/project.yml", descriptor);
        var bag = new DiagnosticBag();
        var generated = Pipeline.Run(new WorkspaceFiles(workspace.Root), bag);
        Assert.That(generated, Is.Not.Null, () => string.Join('\n', bag.Sorted().Select(problem => problem.Message)));
        return generated!.Plan;
    }
}
