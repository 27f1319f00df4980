using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

public class OtherWorkspaceTests : EngineFixture
{
    [Test]
    public void Down_leaves_another_workspace_alone()
    {
        using var first = Running("first");
        using var second = Running("second");
        var before = second.Running;
        first.Do("down", "-v");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Containers, Is.Empty);
            Assert.That(second.Running, Is.EqualTo(before).And.Length.EqualTo(1));
        }
    }

    [TestCase("up", "-d")]
    [TestCase("down", "-v")]
    public void A_workspace_whose_folder_is_called_the_same_refuses(params string[] command)
    {
        using var first = Running("twin");
        using var second = New("twin");
        var before = first.Running;
        var outcome = second.Tool(command);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString);
            Assert.That(
                outcome.Error,
                Does.Contain($"error CG0805: containers of a Compose project `{first.Name}` belong to another folder: {first.Root}\n")
                    .And.Contain($"docker compose -p {first.Name} down")
            );
            Assert.That(first.Running, Is.EqualTo(before).And.Length.EqualTo(1));
        }
    }

    [Test]
    public void A_name_in_the_settings_lets_both_run()
    {
        using var first = Running("twin");
        using var second = New("twin").With("composegen.yml", $"name: {Stack.Prefix}named\n");
        try
        {
            second.Do("up", "-d");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(first.Running, Has.Length.EqualTo(1));
                Assert.That(Engine.List("container", $"{Stack.Prefix}named"), Has.Length.EqualTo(1));
            }
        }
        finally
        {
            Engine.Remove($"{Stack.Prefix}named");
        }
    }

    [Test]
    public void A_symbolic_link_on_the_way_is_no_other_folder()
    {
        using var stack = New("linked");
        using var elsewhere = new ScratchWorkspace();
        var link = elsewhere.PathOf("link");
        Directory.CreateSymbolicLink(link, Path.GetDirectoryName(stack.Root)!);
        stack.Do("-C", Path.Combine(link, stack.Name), "up", "-d");
        stack.Do("up", "-d");
        stack.Do("down");
        Assert.That(stack.Containers, Is.Empty);
    }

    private static Stack New(string name) => new Stack(name).WithProject("web", $"service: {{{Stack.Sleeper}}}");

    private static Stack Running(string name)
    {
        var stack = New(name);
        stack.Do("up", "-d");
        return stack;
    }
}
