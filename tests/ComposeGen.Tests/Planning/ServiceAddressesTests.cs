using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Planning;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Planning;

/// <summary>Which variables tell a service where others are; the golden workspace <c>addresses</c> has their values.</summary>
public class ServiceAddressesTests
{
    [Test]
    public void A_project_of_one_service_that_is_called_like_its_folder_gives_the_name_alone()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "**")
            .With("projects/course/1st-week/project.yml", "service: {image: i}")
            .With("projects/2nd/project.yml", "services: {web: {image: i}}")
            .With("projects/paperless/compose.yaml", "services: {paperless: {image: i}}");

        Assert.That(
            Hosts(workspace),
            Is.EqualTo(
                new[]
                {
                    "2nd:web _2ND_WEB_HOST=2nd",
                    "course/1st-week:1st-week COURSE_1ST_WEEK_HOST=course-1st-week",
                    "paperless:paperless PAPERLESS_PAPERLESS_HOST=paperless",
                }
            )
        );
    }

    [Test]
    public void Two_services_that_would_have_one_name_are_told_apart()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*")
            .With("projects/a/project.yml", "services: {b-c: {image: i}}")
            .With("projects/a-b/project.yml", "services: {c: {image: i}, d: {image: i}}");

        Assert.That(
            Hosts(workspace),
            Is.EqualTo(new[] { "a-b:c A_B__C_HOST=a-b-c", "a-b:d A_B_D_HOST=a-b-d", "a:b-c A__B_C_HOST=a" })
        );
    }

    [Test]
    public void One_whose_variables_would_have_names_of_hundreds_of_letters_has_none()
    {
        var deep = string.Join('/', Enumerable.Repeat("folder", 300));
        using var workspace = new ScratchWorkspace()
            .With("which-project", "**")
            .With($"projects/{deep}/project.yml", "services: {web: {image: i}}")
            .With("projects/shop/project.yml", "services: {web: {image: i}}");

        Assert.That(Hosts(workspace), Is.EqualTo(new[] { "shop:web SHOP_WEB_HOST=shop" }));
    }

    [Test]
    public void What_one_is_called_does_not_depend_on_who_runs()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "a")
            .With("projects/a/project.yml", "services: {b-c: {image: i}}")
            .With("projects/a-b/project.yml", "services: {c: {image: i}, d: {image: i}}");

        Assert.That(Hosts(workspace), Is.EqualTo(new[] { "a:b-c A__B_C_HOST=a" }));
    }

    // The public URL of `web` would be the URL of `web-public`, and the URL of port 443 that of `web-443`.
    [TestCase("web-public", "SHOP__WEB_PUBLIC")]
    [TestCase("web-443", "SHOP__WEB_443")]
    [TestCase("web-443-public", "SHOP__WEB_443_PUBLIC")]
    [TestCase("web-8080", "SHOP_WEB_8080")]
    [TestCase("web-publicly", "SHOP_WEB_PUBLICLY")]
    public void A_service_that_is_called_like_an_address_of_another_is_told_apart(string other, string prefix)
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*")
            .With(
                "projects/shop/project.yml",
                $"services: {{web: {{image: i, ports: [80, 443]}}, {other}: {{image: i, ports: [80], depends_on: [web]}}}}"
            );

        var names = Variables(workspace, $"shop:{other}").Keys.ToList();

        Assert.That(names, Has.Member($"{prefix}_HOST").And.Member($"{prefix}_URL").And.Member($"{prefix}_PUBLIC_URL"));
        Assert.That(names, Has.Member("SHOP_WEB_PUBLIC_URL").And.Member("SHOP_WEB_443_URL").And.Member("SHOP_WEB_443_PUBLIC_URL"));
    }

    [Test]
    public void Where_names_still_meet_nobody_is_told()
    {
        // Too long for host names, which therefore differ in their hashes.
        var name = string.Join('-', Enumerable.Repeat("long", 14));
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*")
            .With("projects/other/project.yml", "service: {image: i}")
            .With($"projects/{name}-x/project.yml", "service: {image: i}")
            .With($"projects/{name}_x/project.yml", "service: {image: i}");
        var bag = new DiagnosticBag();

        Assert.That(Hosts(workspace, bag), Is.EqualTo(new[] { "other:other OTHER_HOST=other" }));
        Assert.That(bag.Sorted().Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "CG0414", "CG0414" }));
    }

    [Test]
    public void The_addresses_are_those_of_the_plan_and_not_of_the_lock()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*")
            .With("projects/shop/project.yml", "service: {image: i, ports: [80]}")
            .With("projects/front/project.yml", "service: {image: i, depends_on: [\"shop:shop\"]}");
        var plan = Plan(workspace);
        var moved = plan with
        {
            All = [.. plan.All.Select(service => service with { Ports = [.. service.Ports.Select(port => port with { Host = 9999 })] })],
        };

        Assert.That(Variables(plan, "front:front")["SHOP_PUBLIC_URL"], Is.EqualTo("http://127.0.0.1:8080"));
        Assert.That(Variables(moved, "front:front")["SHOP_PUBLIC_URL"], Is.EqualTo("http://127.0.0.1:9999"));
        Assert.That(Variables(moved, "shop:shop")["SHOP_PUBLIC_URL"], Is.EqualTo("http://127.0.0.1:9999"));
    }

    [Test]
    public void Only_what_a_service_calls_is_told_to_it()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*")
            .With(
                "projects/a/project.yml",
                """
                services:
                  far: {image: i}
                  near: {image: i, depends_on: [far]}
                  linked: {image: i}
                  files: {image: i}
                  web: {image: i, depends_on: [near], links: ["linked:alias"], volumes_from: [files]}
                """
            );

        Assert.That(Variables(workspace, "a:web").Keys, Is.EqualTo(new[] { "A_LINKED_HOST", "A_NEAR_HOST", "A_WEB_HOST" }));
    }

    [TestCase("80", "http://a")]
    [TestCase("443", "https://a")]
    [TestCase("{target: 443, app_protocol: http}", "http://a:443")]
    [TestCase("\"${P:-80}\"", "http://a:${A_P:-${P:-80}}")]
    [TestCase("6379", "redis://a:6379")]
    [TestCase("\"53/udp\"", "udp://a:53")]
    public void The_port_is_left_out_where_the_scheme_means_it(string port, string expected)
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*")
            .With("projects/a/project.yml", $"service: {{image: i, ports: [{port}]}}");

        Assert.That(Variables(workspace, "a:a")["A_URL"], Is.EqualTo(expected));
    }

    [TestCase("\"${IP}:9000:80\"", "http://${A_IP:-${IP:-127.0.0.1}}:9000")]
    [TestCase("\"${IP:-0.0.0.0}:9000:80\"", "http://${A_IP:-${IP:-127.0.0.1}}:9000")]
    [TestCase("\"[::]:9000:80\"", "http://[::1]:9000")]
    [TestCase("\"${P:-9000}:80\"", "http://127.0.0.1:${A_P:-${P:-9000}}")]
    public void The_public_url_follows_the_variables_that_publish(string port, string expected)
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*")
            .With("projects/a/project.yml", $"service: {{image: i, ports: [{port}]}}");

        Assert.That(Variables(workspace, "a:a")["A_PUBLIC_URL"], Is.EqualTo(expected));
    }

    private static string[] Hosts(ScratchWorkspace workspace, DiagnosticBag? bag = null)
    {
        var plan = Plan(workspace, bag);
        var addresses = new ServiceAddresses(plan);
        return
        [
            .. plan.Services.SelectMany(service =>
                    addresses.Of(service).Select(variable => $"{service.Address} {variable.Name}={variable.Value}")
                )
                .Order(StringComparer.Ordinal),
        ];
    }

    private static Dictionary<string, string> Variables(ScratchWorkspace workspace, string service) => Variables(Plan(workspace), service);

    private static Dictionary<string, string> Variables(Plan plan, string service) =>
        new ServiceAddresses(plan)
            .Of(plan.All.Single(planned => planned.Address == service))
            .ToDictionary(variable => variable.Name, variable => variable.Value);

    private static Plan Plan(ScratchWorkspace workspace, DiagnosticBag? bag = null) =>
        Pipeline.Run(new WorkspaceFiles(workspace.Root), bag ?? new DiagnosticBag())!.Plan;
}
