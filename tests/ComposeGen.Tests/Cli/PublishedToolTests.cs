using System.Text.Json;
using ComposeGen.Cli;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>
/// The tool as people get it, natively compiled: what its libraries do by reflection still works there, and its exit
/// codes and streams are what scripts rely on.
/// </summary>
public class PublishedToolTests
{
    private static readonly IEnumerable<string> Names = Commands.All.Select(command => command.Name);

    [TestCase("--help")]
    [TestCase("help")]
    public void Help_lists_every_command(string argument)
    {
        var help = Tool(argument);

        Assert.That(help.ExitCode, Is.Zero, help.ToString());
        foreach (var command in Names)
        {
            Assert.That(help.Output, Does.Match($@"(?m)^  {command}  +\w"));
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Every_command_tells_its_options(string command)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var help in (Outcome[])[Tool([.. command.Split(' '), "--help"]), Tool(["help", .. command.Split(' ')])])
            {
                Assert.That(help.ExitCode, Is.Zero, help.ToString());
                Assert.That(help.Output, Does.Contain($"Usage: composegen {command}").And.Contain("-C, --directory DIR"));
            }
        }
    }

    [Test]
    public void The_version_is_one_line_on_standard_output()
    {
        var version = Tool("--version");

        Assert.That(version.ExitCode, Is.Zero);
        Assert.That(version.Output, Does.Match(@"^composegen \d+\.\d+\.\d+(-[0-9a-z.]+)?\n$"));
    }

    [TestCase("generate", "--chek", "there is no option `--chek`")]
    [TestCase("genrate", null, "did you mean `generate`?")]
    [TestCase("ports", "--output=xml", "`--output` does not take this value")]
    [TestCase("list", "extra", "`extra` is not expected here")]
    [TestCase("schema", "composegen.yaml", "there is no schema of `composegen.yaml`\n  hint: did you mean `composegen.yml`?")]
    [TestCase("down", "--", null)]
    [TestCase("run", null, "`run` takes the name of a project")]
    [TestCase("run", "shp", "there is no project `shp`\n  hint: did you mean `shop`?")]
    [TestCase("run", "projects/shop", "hint: write `shop`")]
    [TestCase("run", "shop:wep", "did you mean `web`?")]
    [TestCase("run", "project_*", "`project_*` does not name one project")]
    public void Wrong_arguments_are_answered_on_standard_error_with_1(string command, string? argument, string? answer)
    {
        var outcome =
            argument == "--" ? Tool(command, "--", "--volumes")
            : argument is null ? Tool(command)
            : Tool(command, argument);

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Output, Is.Empty);
        Assert.That(outcome.Error, Does.Contain(answer ?? "nothing may follow `--` here"));
    }

    [Test]
    public void Options_that_exclude_each_other_are_refused() => Assert.That(Tool("generate", "--check", "--diff").ExitCode, Is.EqualTo(1));

    [Test]
    public void The_committed_files_of_the_sample_are_what_their_sources_say()
    {
        var check = Run.Tool(Repository.Root, "generate", "--check");

        Assert.That(check.ExitCode, Is.Zero, check.ToString());
    }

    [Test]
    public void A_workspace_is_found_from_below_and_from_elsewhere()
    {
        using var workspace = Sound();
        var below = Path.Combine(workspace.Root, "projects", "a");

        foreach (
            var outcome in (Outcome[])[Run.Tool(below, "validate"), Tool("validate", "-C", below), Tool("-C", workspace.Root, "validate")]
        )
        {
            Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
            Assert.That(outcome.Output, Is.EqualTo("no errors: 2 of 2 projects selected, 2 services\n"));
        }
    }

    [Test]
    public void Where_there_is_no_workspace_the_folder_searched_is_named()
    {
        using var empty = new ScratchWorkspace();

        var outcome = Run.Tool(empty.Root, "generate");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain("CG0101").And.Contain(empty.Root));
    }

    [Test]
    public void Check_and_diff_show_what_would_change_and_write_nothing()
    {
        using var workspace = Sound();
        Assert.That(Run.Tool(workspace.Root, "generate").ExitCode, Is.Zero);
        workspace.With("projects/a/project.yml", "service: {image: changed, ports: [80]}\n");
        var before = workspace.Read("docker-compose.yml");

        var (check, diff) = (Run.Tool(workspace.Root, "generate", "--check"), Run.Tool(workspace.Root, "generate", "--diff"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((check.ExitCode, diff.ExitCode), Is.EqualTo((1, 0)));
            Assert.That(check.Output, Does.Contain("-    image: i\n+    image: changed\n"));
            Assert.That(diff.Output, Is.EqualTo(check.Output));
            Assert.That(check.Error, Does.Contain("CG0704"));
            Assert.That(workspace.Read("docker-compose.yml"), Is.EqualTo(before));
        }
    }

    [Test]
    public void Standard_output_gets_the_file_and_nothing_is_written()
    {
        using var workspace = Sound();

        var outcome = Run.Tool(workspace.Root, "generate", "--stdout");

        Assert.That(outcome.Output, Does.StartWith("# Generated by composegen").And.Contain("\nservices:\n"));
        Assert.That(File.Exists(workspace.PathOf("docker-compose.yml")), Is.False);
        Assert.That(File.Exists(workspace.PathOf("which-project.lock")), Is.False);
    }

    [TestCase("services: {}\n", "CG0701")]
    [TestCase(null, "CG0702")]
    public void A_file_written_or_changed_by_hand_is_only_written_over_by_force(string? byHand, string code)
    {
        using var workspace = Sound();
        Run.Tool(workspace.Root, "generate");
        byHand ??= workspace.Read("docker-compose.yml") + "# a note\n";
        workspace.With("docker-compose.yml", byHand);

        var refused = Run.Tool(workspace.Root, "generate");
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Error, Does.Contain(code));
        Assert.That(workspace.Read("docker-compose.yml"), Is.EqualTo(byHand));

        Assert.That(Run.Tool(workspace.Root, "generate", "--force").ExitCode, Is.Zero);
        Assert.That(workspace.Read("docker-compose.yml.bak"), Is.EqualTo(byHand));
        Assert.That(Run.Tool(workspace.Root, "generate", "--check").ExitCode, Is.Zero);
    }

    [Test]
    public void After_a_merge_of_two_branches_generate_is_all_it_takes()
    {
        using var workspace = Sound();
        Git("init", "--quiet", "--initial-branch=main");
        Commit("base");
        Git("checkout", "--quiet", "-b", "other");
        workspace.With("projects/c/project.yml", "service: {image: i, ports: [3000]}\n").With("which-project", "a\nb\nc\n");
        Commit("c");
        Git("checkout", "--quiet", "main");
        workspace.With("projects/d/project.yml", "service: {image: i, ports: [3000]}\n");
        Commit("d");
        Assert.That(Git("merge", "other").ExitCode, Is.Not.Zero, "both branches changed the checksum and the lock's line of port 3000");

        var outcome = Run.Tool(workspace.Root, "generate");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Error, Does.Contain("d:d moves to 3001"));
        Assert.That(workspace.Read("which-project.lock"), Does.EndWith("port c:c 3000 3000\nport d:d 3000 3001\nend\n"));
        Assert.That(Run.Tool(workspace.Root, "generate", "--check").ExitCode, Is.Zero);

        Outcome Git(params string[] arguments) =>
            Run.Program("git", workspace.Root, ["-c", "user.name=t", "-c", "user.email=t@example.org", .. arguments]);

        void Commit(string message)
        {
            Assert.That(Run.Tool(workspace.Root, "generate").ExitCode, Is.Zero);
            Git("add", "--all");
            Assert.That(Git("commit", "--quiet", "--message", message).ExitCode, Is.Zero);
        }
    }

    [Test]
    public void A_lock_that_a_merge_broke_fails_validation_until_it_is_generated_again()
    {
        using var workspace = Sound()
            .With("which-project.lock", "version 1\n<<<<<<< HEAD\nport a:a 80 8080\n=======\nport b:b 80 8080\n>>>>>>> b\nend\n");

        Assert.That(Run.Tool(workspace.Root, "validate").ExitCode, Is.EqualTo(1));
        var repaired = Run.Tool(workspace.Root, "generate");
        Assert.That(repaired.ExitCode, Is.Zero);
        Assert.That(repaired.Error, Does.Contain("b:b moves to 8081"));
        Assert.That(Run.Tool(workspace.Root, "validate").ExitCode, Is.Zero);
        Assert.That(workspace.Read("which-project.lock"), Does.EndWith("version 1\nport a:a 80 8080\nport b:b 80 8081\nend\n"));
    }

    [Test]
    public void Nothing_is_written_where_anything_is_wrong()
    {
        using var workspace = Sound().With("projects/b/project.yml", "service: {imag: i}\n");

        var outcome = Run.Tool(workspace.Root, "generate");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain("projects/b/project.yml:1:11: error CG0301").And.Contain("did you mean `image`?"));
        Assert.That(Directory.GetFiles(workspace.Root).Select(Path.GetFileName), Is.EqualTo(new[] { "which-project" }));
    }

    [Test]
    public void Ports_and_projects_are_listed_for_programs_too()
    {
        using var workspace = Sound().With("which-project", "a\n");

        using var ports = JsonDocument.Parse(Run.Tool(workspace.Root, "ports", "-o", "json").Output);
        using var projects = JsonDocument.Parse(Run.Tool(workspace.Root, "list", "-o", "json").Output);

        var unselected = ports.RootElement[1];
        Assert.That(ports.RootElement.GetArrayLength(), Is.EqualTo(2));
        Assert.That(unselected.GetProperty("project").GetString(), Is.EqualTo("b"));
        Assert.That(unselected.GetProperty("host_port").GetInt32(), Is.EqualTo(8081));
        Assert.That(unselected.GetProperty("url").GetString(), Is.EqualTo("http://127.0.0.1:8081"));
        Assert.That(unselected.GetProperty("selected").GetBoolean(), Is.False);
        Assert.That(projects.RootElement[0].GetProperty("why").GetString(), Is.EqualTo("which-project:1 `a`"));
    }

    [TestCase]
    [TestCase("composegen.yml")]
    public void The_schema_is_printed_as_it_is_committed(params string[] file)
    {
        var outcome = Tool(["schema", .. file]);

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Output, Is.EqualTo(File.ReadAllText(Repository.PathOf("schemas", "composegen.schema.json"))));
        Assert.That(outcome.Error, Is.Empty);
    }

    [Test]
    public void A_project_of_which_several_services_could_be_run_lists_them()
    {
        using var workspace = Sound().With("projects/b/project.yml", "services: {x: {image: i}, y: {image: i}}\n");

        var outcome = Run.Tool(workspace.Root, "run", "b");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain("CG0110").And.Contain("`composegen run b:x`, `composegen run b:y`"));
        Assert.That(Directory.GetFiles(workspace.Root).Select(Path.GetFileName), Is.EqualTo(new[] { "which-project" }));
    }

    [Test]
    public void A_command_stands_behind_two_dashes()
    {
        var outcome = Tool("run", "shop", "sh");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain("`sh` is not expected here"));
    }

    [Test]
    public void A_table_is_not_cut_where_it_goes_through_a_pipe()
    {
        var longName = new string('x', 60);
        using var workspace = new ScratchWorkspace()
            .With("which-project", longName)
            .With($"projects/{longName}/project.yml", "service: {image: i, ports: [80]}\n");

        Assert.That(Run.Tool(workspace.Root, "ports").Output, Does.Match($"(?m)^{longName} .*http://127.0.0.1:8080 +yes"));
    }

    [Test]
    public void The_tool_is_not_built_again_where_no_source_changed()
    {
        Tool("--version");

        Assert.That(Tool("--version").Error, Is.Empty);
    }

    private static Outcome Tool(params string[] arguments) => Run.Tool(Repository.Root, arguments);

    private static ScratchWorkspace Sound() =>
        new ScratchWorkspace()
            .With("which-project", "a\nb\n")
            .With("projects/a/project.yml", "service: {image: i, ports: [80]}\n")
            .With("projects/b/project.yml", "service: {image: i, ports: [80]}\n");
}
