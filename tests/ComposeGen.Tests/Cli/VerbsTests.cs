using System.Reflection;
using CommandLine;
using ComposeGen.Cli;

namespace ComposeGen.Tests.Cli;

/// <summary>The table of commands that saves looking through the attributes of all of them.</summary>
public class VerbsTests
{
    [Test]
    public void Each_command_has_the_name_that_its_options_have() =>
        Assert.That(
            Program.Verbs,
            Is.EquivalentTo(
                typeof(CommonOptions)
                    .Assembly.GetTypes()
                    .Where(type => type.GetCustomAttribute<VerbAttribute>() is not null)
                    .Select(type => (type.GetCustomAttribute<VerbAttribute>()!.Name, type))
            )
        );
}
