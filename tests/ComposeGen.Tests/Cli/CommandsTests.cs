using System.Reflection;
using CommandLine;
using ComposeGen.Cli;

namespace ComposeGen.Tests.Cli;

/// <summary>The table of commands that saves looking through the attributes of all of them.</summary>
public class CommandsTests
{
    [Test]
    public void Each_command_has_the_name_that_its_options_have() =>
        Assert.That(
            Commands.All.Select(command => (command.Name, command.Options)),
            Is.EquivalentTo(
                typeof(CommonOptions)
                    .Assembly.GetTypes()
                    .Where(type => type.GetCustomAttribute<VerbAttribute>() is not null)
                    .Select(type => (type.GetCustomAttribute<VerbAttribute>()!.Name, type))
            )
        );

    [Test]
    public void A_command_alone_has_the_options_that_the_parser_gives_it()
    {
        using var parser = new Parser();
        foreach (var (name, type, plain, _) in Commands.All)
        {
            var parsed = parser.ParseArguments([name], [type]).Value;

            Assert.That(plain(), Is.TypeOf(type), name);
            Assert.That(plain(), Is.EqualTo(parsed).UsingPropertiesComparer(), name);
        }
    }

    [TestCase("exec shop:web", "exec shop:web", "")]
    [TestCase("exec -u 0 -e A=1 -e B=2 shop:web ls -l", "exec shop:web -u 0 -e A=1 -e B=2", "ls -l")]
    [TestCase("exec shop:web -- ls -l", "exec shop:web", "ls -l")]
    [TestCase("exec shop:web git log -- x", "exec shop:web", "git log -- x")]
    [TestCase("exec -T shop:web -- git log -- x", "exec shop:web -T", "git log -- x")]
    [TestCase("-C /w exec shop:web ls -C", "exec shop:web -C /w", "ls -C")]
    [TestCase("logs shop -n 5 -- --no-color", "logs shop -n 5", "--no-color")]
    [TestCase("exec --help", "exec --help", "")]
    public void What_follows_the_name_is_a_foreign_programs(string line, string own, string extra)
    {
        var split = Program.Split(line.Split(' '));

        Assert.That((string.Join(' ', split.Own), string.Join(' ', split.Extra)), Is.EqualTo((own, extra)));
    }

    // What is a list to the parser takes in the names that follow.
    [Test]
    public void A_list_of_platforms_ends_before_the_projects()
    {
        using var parser = new Parser();

        var options = (PackOptions)parser.ParseArguments(["pack", "--platform", "linux/amd64,linux/arm64", "shop"], [typeof(PackOptions)]).Value;

        Assert.That(options.Platforms, Is.EqualTo((string[])["linux/amd64", "linux/arm64"]));
        Assert.That(options.Projects, Is.EqualTo((string[])["shop"]));
    }
}
