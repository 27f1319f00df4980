using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;
using CsCheck;

namespace ComposeGen.Tests.Workspaces;

public class MemberTests
{
    [Test]
    public void Links_and_hidden_folders_are_no_members()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "shop\n")
            .With("projects/shop/project.yml", "members: ['**']\nexclude: [left-out]\n")
            .With("projects/shop/api/Dockerfile", "FROM scratch\n")
            .With("projects/shop/.cache/api/Dockerfile", "FROM scratch\n");
        foreach (var link in (string[])["around", "left-out"])
        {
            Directory.CreateSymbolicLink(workspace.PathOf($"projects/shop/{link}"), workspace.PathOf("projects"));
        }

        var (bag, generated) = Generate(workspace);

        Assert.That(generated!.Plan.All.Select(service => service.Address), Is.EqualTo((string[])["shop:api"]));
        Assert.That(
            bag.Sorted().Select(diagnostic => diagnostic.Message),
            Is.EqualTo((string[])["projects/shop/around is a symbolic link and is passed over"])
        );
    }

    [Test]
    public void What_lies_inside_a_member_is_its_own_business_unless_it_is_named()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "shop\n")
            .With("projects/shop/project.yml", "members: ['**', api/tools]\n")
            .With("projects/shop/api/Dockerfile", "FROM scratch\n")
            .With("projects/shop/api/test/Dockerfile", "FROM scratch\n")
            .With("projects/shop/api/tools/Dockerfile", "FROM scratch\n");

        var (bag, generated) = Generate(workspace);

        Assert.That(generated!.Plan.All.Select(service => service.Name), Is.EqualTo((string[])["api", "api-tools"]));
        Assert.That(bag.Sorted(), Is.Empty);
    }

    [Test]
    public void A_members_service_answers_to_each_of_its_names()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "shop\n")
            .With("projects/shop/project.yml", "members: apps/api\nservices: {db: {image: i}}\n")
            .With("projects/shop/apps/api/project.yml", "services: {web: {image: i}}\n");

        var services = Generate(workspace).Generated!.Plan.All.ToDictionary(service => service.Name, service => service.Names);

        Assert.That(
            services["apps-api-web"],
            Is.EqualTo(
                (string[])
                    [
                        "shop",
                        "shop:apps-api-web",
                        "shop/apps",
                        "shop/apps/api",
                        "shop/apps/api/web",
                        "shop:apps",
                        "shop:apps/api",
                        "shop:apps/api/web",
                    ]
            )
        );
        Assert.That(services["db"], Is.EqualTo((string[])["shop", "shop:db"]));
    }

    [Test]
    public void Which_member_is_selected_changes_no_port_and_no_name()
    {
        using var workspace = new ScratchWorkspace()
            .With("projects/shop/project.yml", "members: '*'\n")
            .With("projects/shop/api/Dockerfile", "FROM scratch\nEXPOSE 80\n")
            .With("projects/shop/web/Dockerfile", "FROM scratch\nEXPOSE 80\n")
            .With("projects/blog/Dockerfile", "FROM scratch\nEXPOSE 80\n");
        var all = Generate(workspace.With("which-project", "**\n")).Generated!;
        var keys = all.Plan.All.ToDictionary(service => service.Address, service => service.Key);

        Gen.OneOf("shop/api", "shop/web", "shop:api", "shop:web", "blog", "*/api")
            .Array[1, 4]
            .Sample(
                lines =>
                {
                    var generated = Generate(workspace.With("which-project", string.Join('\n', lines))).Generated!;
                    return generated.LockFile == all.LockFile
                        && generated.Plan.Services.All(service => keys[service.Address] == service.Key);
                },
                iter: 30,
                threads: 1
            );
    }

    [TestCase("server", "8000")]
    [TestCase("SERVER", "8000")]
    [TestCase("debug", "8000,9000")]
    [TestCase("numbered", "8000,9000,53/udp")]
    [TestCase("other", "")]
    public void A_stage_exposes_its_own_ports_and_those_of_the_stages_it_is_made_from(string name, string ports)
    {
        const string Text = """
            ARG PORT=9000
            FROM --platform=linux/amd64 scratch AS server
            EXPOSE 8000
            FROM server AS debug
            EXPOSE $PORT 8000/tcp
            FROM 1 AS numbered
            EXPOSE 53/udp
            FROM scratch AS other
            """;

        var stage = Dockerfile
            .Stages(new SourceText("Dockerfile", Text))
            .First(stage => string.Equals(stage.Name, name, StringComparison.OrdinalIgnoreCase));

        Assert.That(string.Join(',', stage.Ports.Select(port => port.Value)), Is.EqualTo(ports));
    }

    private static (DiagnosticBag Bag, Generated? Generated) Generate(ScratchWorkspace workspace)
    {
        var bag = new DiagnosticBag();
        return (bag, Pipeline.Run(new WorkspaceFiles(workspace.Root), bag));
    }
}
