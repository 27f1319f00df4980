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
}
