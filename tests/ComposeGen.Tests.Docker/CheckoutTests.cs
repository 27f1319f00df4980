using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>Several checkouts of one workspace on one machine, all at once.</summary>
public class CheckoutTests : EngineFixture
{
    private const int Port = 18080;

    [TestCase(true)]
    [TestCase(false)]
    public void A_second_checkout_gets_ports_and_a_compose_project_of_its_own(bool isWorktree)
    {
        using var first = First("trunk");
        using var second = Second(first, isWorktree ? "branch" : "trunk", isWorktree);
        try
        {
            first.Do("up", "-d");
            var refused = second.Tool("up", "-d");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(refused.ExitCode, Is.EqualTo(1), refused.ToString);
                Assert.That(refused.Error, Does.Contain(isWorktree ? "error CG0812" : "error CG0805").And.Contain(first.Root));
                Assert.That(refused.Error, Does.Contain("`composegen up --remap` gives this checkout"));
            }

            first.Compose("stop");
            Assert.That(second.Tool("up", "-d").Error, isWorktree ? Does.Contain(", which is stopped and will want it back: ") : Does.Contain("CG0805"));
            first.Do("up", "-d");
            var up = second.Do("up", "-d", "--remap");

            using (Assert.EnterMultipleScope())
            {
                Assert.That(up.Output, Does.Contain("http://127.0.0.1:28080\n"));
                Assert.That(File.ReadAllText(Path.Combine(second.Root, "composegen.local.yml")), Is.EqualTo("slot: 2\n"));
                Assert.That(Git(second, "status", "--short"), Is.Empty, "nothing that is committed changed, and git ignores the rest");
                Assert.That(second.Compose("ps", "--quiet").Output, Is.Not.Empty, "a plain docker compose means the same project");
            }

            Http.AnswersEventually("http://127.0.0.1:18080");
            Http.AnswersEventually("http://127.0.0.1:28080");

            // The same on the next start; and one's down is not the other's.
            Assert.That(second.Do("up", "-d").Output, Does.Contain("http://127.0.0.1:28080\n"));
            second.Do("down");
            Assert.That(first.Running, Has.Length.EqualTo(1));
            second.Do("up", "-d");
            first.Do("down");
            Assert.That(Engine.List("container", $"{second.Name}-2"), Has.Length.EqualTo(1));
        }
        finally
        {
            Engine.Remove($"{second.Name}-2");
        }
    }

    [Test]
    public void Data_that_a_checkout_left_are_not_the_next_ones()
    {
        using var first = First("data");
        using var second = Second(first, "data", isWorktree: false);
        try
        {
            first.Do("up", "-d");
            first.Exec("web", "touch", "/data/mine");
            first.Do("down");

            var up = second.Tool("up", "-d");
            var run = second.Tool("run", "web", "--", "true");
            var down = second.Tool("down", "-v");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(up.Error, Does.Contain($"error CG0805: volumes of a Compose project `{first.Name}` belong to another folder: {first.Root}\n"));
                Assert.That(up.Error, Does.Contain("`composegen up --remap`").And.Contain($"composegen -C {first.Root} down -v"));
                Assert.That(run.Error, Does.Contain("error CG0805: volumes of"));
                Assert.That(down.Error, Does.Contain("error CG0805: volumes of"));
                Assert.That((up.ExitCode, run.ExitCode, down.ExitCode), Is.EqualTo((1, 1, 1)));
            }

            second.Do("down"); // nothing of theirs, and nothing wrong
            second.Do("up", "-d", "--remap");
            Assert.That(second.Volumes, Has.Length.EqualTo(1), "the first one's");
            second.Do("down", "-v");
            first.Do("up", "-d");
            Assert.That(first.Exec("web", "ls", "/data"), Is.EqualTo("mine"));
        }
        finally
        {
            Engine.Remove($"{second.Name}-2");
        }
    }

    [Test]
    public void A_name_is_free_again_when_its_data_or_its_workspace_are_gone()
    {
        using var first = First("free");
        using var second = Second(first, "free", isWorktree: false);
        first.Do("up", "-d");
        first.Do("down", "-v");
        second.Do("run", "web", "--", "true"); // whose data they are is known from then on
        Assert.That(first.Tool("up", "-d").ExitCode, Is.EqualTo(1));

        File.Delete(Path.Combine(second.Root, "which-project"));

        first.Do("up", "-d");
        first.Do("down");
        first.Do("up", "-d");
    }

    [Test]
    public void Down_stops_what_the_folder_ran_before_it_had_a_slot()
    {
        using var stack = First("slotted");
        stack.Do("up", "-d");
        stack.With("composegen.local.yml", "slot: 3\n");
        try
        {
            stack.Do("down");
            Assert.That(stack.Containers, Is.Empty);
        }
        finally
        {
            Engine.Remove($"{stack.Name}-3");
        }
    }

    private static Stack First(string name)
    {
        var stack = new Stack(name)
            .WithProject(
                "web",
                $"service:\n  image: python:3.11-slim\n  init: true\n  command: python -m http.server 80\n  ports: [\"{Port}:80\"]\n  volumes: [\"data:/data\"]\nvolumes: {{data: {{}}}}\n"
            )
            .With(".gitignore", "/.env\n/composegen.local.yml\n/docker-compose.override.yml\n");
        stack.Do("generate");
        Git(stack, "init", "--quiet");
        Git(stack, "add", "--all");
        Git(stack, "commit", "--quiet", "--message", "workspace");
        return stack;
    }

    private static Stack Second(Stack first, string name, bool isWorktree)
    {
        var second = new Stack(name);
        _ = isWorktree ? Git(first, "worktree", "add", "--quiet", second.Root) : Git(first, "clone", "--quiet", first.Root, second.Root);
        return second;
    }

    private static string Git(Stack stack, params string[] arguments)
    {
        var outcome = Run.Program("git", stack.Root, ["-c", "user.name=t", "-c", "user.email=t@example.org", .. arguments]);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        return outcome.Output;
    }
}
