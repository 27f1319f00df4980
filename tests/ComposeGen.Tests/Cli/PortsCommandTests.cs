using System.Globalization;
using ComposeGen.Cli;
using ComposeGen.Manifests;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>What <c>ports</c> and the commands below it do and say; in this process, but for one run of the published tool.</summary>
public class PortsCommandTests
{
    private const string Head = "# The host port that each service of each project holds. Written by composegen; commit it.\nversion 1\n";

    [Test]
    public async Task Move_gives_a_project_the_ports_of_one_that_is_gone()
    {
        using var workspace = Shop("port mall:api 81 9001\nport mall:web 80 9000\n");

        var moved = await Composegen(workspace, "ports", "move", "mall", "shop");

        Assert.That(moved.ExitCode, Is.Zero, moved.ToString());
        Assert.That(moved.Error, Does.Contain("CG0517").And.Contain("`shop` is what `mall` was (as you say)"));
        Assert.That(Lines(workspace), Is.EqualTo("port shop:api 81 9001\nport shop:web 80 9000\n"));
        Assert.That(workspace.Read("docker-compose.yml"), Does.Contain("published: \"9001\"").And.Contain("published: \"9000\""));
    }

    [Test]
    public async Task Move_gives_a_service_the_ports_of_one_that_is_gone()
    {
        using var workspace = Shop("port shop:backend 81 9001\nport shop:web 80 9000\n");

        var moved = await Composegen(workspace, "ports", "move", "shop:backend", "shop:api");

        Assert.That(moved.ExitCode, Is.Zero, moved.ToString());
        Assert.That(Lines(workspace), Is.EqualTo("port shop:api 81 9001\nport shop:web 80 9000\n"));
    }

    [Test]
    public void The_published_tool_moves_ports_too()
    {
        using var workspace = Shop("port mall:api 81 9001\nport mall:web 80 9000\n");

        var moved = Run.Tool(workspace.Root, "ports", "move", "mall", "shop");

        Assert.That(moved.ExitCode, Is.Zero, moved.ToString());
        Assert.That(Lines(workspace), Is.EqualTo("port shop:api 81 9001\nport shop:web 80 9000\n"));
    }

    [Test]
    public async Task The_subnets_of_a_project_go_with_it()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "shop\n")
            .With("projects/shop/project.yml", "service: {image: i, ports: [80], networks: [back]}\nnetworks: {back: {}}\n")
            .With(PortLock.FileName, $"{Head}port mall:mall 80 9000\nsubnet mall-back 10.208.7.0/24\nend\n");

        var moved = await Composegen(workspace, "ports", "move", "mall", "shop");

        Assert.That(moved.ExitCode, Is.Zero, moved.ToString());
        Assert.That(Lines(workspace), Is.EqualTo("port shop:shop 80 9000\nsubnet shop-back 10.208.7.0/24\n"));
    }

    [TestCase("moll", "shop", "CG0519", "did you mean `mall`?")]
    [TestCase("shop", "mall", "CG0519", "`shop` is still there")]
    [TestCase("shop:web", "shop:api", "CG0519", "`shop:web` is still there")]
    [TestCase("mall", "shopp", "CG0111", "did you mean `shop`?")]
    public async Task Move_refuses_what_is_not_gone_or_not_there(string old, string now, string code, string says)
    {
        using var workspace = Shop("port mall:web 80 9000\nport shop:api 81 9001\nport shop:web 80 9002\n");
        var before = workspace.Read(PortLock.FileName);

        var moved = await Composegen(workspace, "ports", "move", old, now);

        Assert.That(moved.ExitCode, Is.EqualTo(1));
        Assert.That(moved.Error, Does.Contain(code).And.Contain(says));
        Assert.That(workspace.Read(PortLock.FileName), Is.EqualTo(before));
    }

    [Test]
    public async Task Prune_drops_the_lines_that_nothing_needs()
    {
        using var workspace = Shop("port gone:gone 80 9005\nport shop:api 81 9001\nport shop:web 80 9000\nport shop:web 90 9002\n");

        var dry = await Composegen(workspace, "ports", "prune", "--dry-run");
        Assert.That(dry.ExitCode, Is.Zero, dry.ToString());
        Assert.That(dry.Output, Is.EqualTo("port gone:gone 80 9005\nport shop:web 90 9002\n"));
        Assert.That(dry.Error, Is.EqualTo("2 lines would be dropped\n"));
        Assert.That(Lines(workspace), Does.Contain("gone").And.Contain("9002"), "nothing was written");
        Assert.That(File.Exists(workspace.PathOf("docker-compose.yml")), Is.False);

        var pruned = await Composegen(workspace, "ports", "prune");
        Assert.That(pruned.ExitCode, Is.Zero, pruned.ToString());
        Assert.That(pruned.Output, Is.EqualTo(dry.Output));
        Assert.That(pruned.Error, Does.Contain("2 lines dropped: what comes back gets a new port"));
        Assert.That(Lines(workspace), Is.EqualTo("port shop:api 81 9001\nport shop:web 80 9000\n"));

        Assert.That((await Composegen(workspace, "ports", "prune")).Error, Is.EqualTo("every line is needed\n"));
    }

    [Test]
    public async Task Diff_tells_what_is_new_and_gone_and_fails_where_a_port_moved()
    {
        using var workspace = Shop("port gone:gone 80 9005\nport shop:web 80 9000\n");
        Git(workspace, "init", "--quiet", "--initial-branch=main");
        Git(workspace, "add", "--all");
        Git(workspace, "commit", "--quiet", "--message", "base");
        workspace.With(PortLock.FileName, $"{Head}port shop:web 80 9000\nend\n");

        var same = await Composegen(workspace, "ports", "diff", "main", "-o", "json");
        workspace.With(PortLock.FileName, $"{Head}port shop:web 80 9009\nend\n");
        var moved = await Composegen(workspace, "ports", "diff", "main");

        Assert.That(same.ExitCode, Is.Zero, same.ToString());
        Assert.That(same.Output, Does.Contain("\"gone\"").And.Contain("\"new\"").And.Not.Contain("shop:web"));
        Assert.That(moved.ExitCode, Is.EqualTo(1));
        Assert.That(moved.Output, Does.Match(@"(?m)^shop:web +80 +9000 +9009 +moved"));
        Assert.That(moved.Error, Does.Contain("1 port moved since main"));
    }

    [Test]
    public async Task Diff_with_a_revision_that_has_no_lock_finds_all_ports_new()
    {
        using var workspace = new ScratchWorkspace().With("README.md", "no workspace yet\n");
        Git(workspace, "init", "--quiet", "--initial-branch=main");
        Git(workspace, "add", "--all");
        Git(workspace, "commit", "--quiet", "--message", "base");
        workspace.With("which-project", "a\n").With("projects/a/project.yml", "service: {image: i, ports: [80]}\n");

        var diff = await Composegen(workspace, "ports", "diff", "HEAD");

        Assert.That(diff.ExitCode, Is.Zero, diff.ToString());
        Assert.That(diff.Output, Does.Match(@"(?m)^a:a +80 +8080 +new"));
        Assert.That(diff.Error, Is.Empty);
    }

    [TestCase("nowhere")]
    [TestCase("--output=/tmp/x")]
    public async Task Diff_with_a_revision_that_git_does_not_know_is_an_error(string revision)
    {
        using var workspace = Shop(string.Empty);
        Git(workspace, "init", "--quiet");

        var diff = await Composegen(workspace, "ports", "diff", revision);

        Assert.That(diff.ExitCode, Is.EqualTo(1));
        Assert.That(diff.Output, Is.Empty);
        Assert.That(diff.Error, revision[0] == '-' ? Is.Not.Empty : Does.Contain("CG0525").And.Contain("`nowhere`"));
    }

    [Test]
    public async Task Diff_outside_of_a_repository_says_what_git_says()
    {
        using var workspace = Shop(string.Empty);

        var diff = await Composegen(workspace, "ports", "diff", "main");

        Assert.That(diff.ExitCode, Is.EqualTo(1));
        Assert.That(diff.Error, Does.Contain("CG0525"));
    }

    [Test]
    public async Task Ports_are_printed_as_variables_for_a_shell()
    {
        using var workspace = Shop("port shop:api 81 9001\nport shop:web 80 9000\n");

        var variables = await Composegen(workspace, "ports", "-o", "env");

        Assert.That(variables.ExitCode, Is.Zero, variables.ToString());
        Assert.That(
            variables.Output,
            Is.EqualTo(
                "SHOP_API_81_URL=http://127.0.0.1:9001\nSHOP_API_81_PORT=9001\nSHOP_WEB_80_URL=http://127.0.0.1:9000\nSHOP_WEB_80_PORT=9000\n"
            )
        );
    }

    [Test]
    public async Task Ports_of_one_project_or_service_alone_are_printed_and_an_unknown_one_is_an_error()
    {
        using var workspace = Shop("port shop:api 81 9001\nport shop:web 80 9000\n")
            .With("projects/zoo/project.yml", "service: {image: i, ports: [80]}\n");

        var zoo = await Composegen(workspace, "ports", "zoo", "-o", "env");
        var web = await Composegen(workspace, "ports", "shop:web", "-o", "env");
        var unknown = await Composegen(workspace, "ports", "zooo", "-o", "env");

        Assert.That(zoo.Output, Does.StartWith("ZOO_80_URL=").And.Not.Contain("SHOP"));
        Assert.That(web.Output, Does.StartWith("SHOP_WEB_80_URL=").And.Not.Contain("API"));
        Assert.That((unknown.ExitCode, unknown.Output), Is.EqualTo((1, string.Empty)));
        Assert.That(unknown.Error, Does.Contain("CG0111").And.Contain("did you mean `zoo`?"));
    }

    [Test]
    public async Task Explain_tells_who_has_a_port_where_no_engine_answers()
    {
        using var workspace = Shop("port gone:gone 80 29005\nport shop:api 81 29001\nport shop:web 80 29000\n");
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST");
        Environment.SetEnvironmentVariable("DOCKER_HOST", $"unix://{workspace.PathOf("no-socket")}");
        try
        {
            var web = await Composegen(workspace, "ports", "explain", "29000");
            var gone = await Composegen(workspace, "ports", "explain", "29005");
            var nobody = await Composegen(workspace, "ports", "explain", "29002");
            var number = await Composegen(workspace, "ports", "explain", "70000");

            Assert.That(web.ExitCode, Is.Zero, web.ToString());
            Assert.That(web.Output, Does.StartWith("host port 29000\n").And.Contain("which-project.lock:5: port shop:web 80 29000"));
            Assert.That(web.Output, Does.Match(@"(?m)^  selected +which-project:1 `shop`$"));
            Assert.That(gone.Output, Does.Contain("port gone:gone 80 29005").And.Not.Contain("selected"));
            Assert.That(nobody.Output, Does.Contain("nobody in this workspace holds it"));
            Assert.That(number.ExitCode, Is.EqualTo(1));
            Assert.That(number.Error, Does.Contain("from 1 to 65535"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOCKER_HOST", host);
        }
    }

    [Test]
    public async Task The_folder_may_stand_before_a_command_of_two_words()
    {
        using var workspace = Shop("port gone:gone 80 9005\nport shop:api 81 9001\nport shop:web 80 9000\n");

        var pruned = await Composegen("-C", workspace.Root, "ports", "prune", "--dry-run");

        Assert.That(pruned.Output, Is.EqualTo("port gone:gone 80 9005\n"), pruned.ToString());
    }

    private static ScratchWorkspace Shop(string lines) =>
        new ScratchWorkspace()
            .With("which-project", "shop\n")
            .With("projects/shop/project.yml", "services: {web: {image: i, ports: [80]}, api: {image: i, ports: [81]}}\n")
            .With(PortLock.FileName, $"{Head}{lines}end\n");

    private static string Lines(ScratchWorkspace workspace) =>
        workspace.Read(PortLock.FileName).Replace(Head, string.Empty, StringComparison.Ordinal).Replace("end\n", string.Empty, StringComparison.Ordinal);

    private static Task<Outcome> Composegen(ScratchWorkspace workspace, params string[] arguments) =>
        Composegen([.. arguments, "-C", workspace.Root]);

    private static async Task<Outcome> Composegen(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var code = await Program.Run(arguments, new Terminal(output, error, HasColor: false));
        return new Outcome(code, output.ToString(), error.ToString());
    }

    private static void Git(ScratchWorkspace workspace, params string[] arguments)
    {
        var outcome = Run.Program("git", workspace.Root, ["-c", "user.name=t", "-c", "user.email=t@example.org", .. arguments]);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
    }
}
