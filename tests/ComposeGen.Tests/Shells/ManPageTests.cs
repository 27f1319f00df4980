using ComposeGen.Cli;
using ComposeGen.Cli.Shells;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Shells;

/// <summary>The manual page, as the programs that show it read it.</summary>
[NonParallelizable] // One may have to be installed.
public class ManPageTests
{
    [Test]
    public void It_has_nothing_that_a_checker_complains_of()
    {
        DebianPackages.Need("mandoc", "mandoc");

        Assert.That(Lint(ManPage.Text()).Output, Is.Empty);
        Assert.That(Lint(ManPage.Text().Replace(".SH \"NAME\"", ".SHH", StringComparison.Ordinal)).Output, Is.Not.Empty, "it does look");
    }

    [Test]
    public void It_shows_every_command_every_option_and_every_example()
    {
        DebianPackages.Need("mandoc", "mandoc");
        using var folder = new ScratchWorkspace().With("page.1", ManPage.Text());

        var page = Run.Program("sh", folder.Root, "-c", "mandoc -Tutf8 -Owidth=200 page.1 | sed 's/.\\x08//g'").Output;

        using (Assert.EnterMultipleScope())
        {
            foreach (var help in Commands.All.Select(CommandHelp.Of))
            {
                Assert.That(page, Does.Contain(help.Usage.Replace("…", "...", StringComparison.Ordinal)));
                Assert.That(help.Options.Select(option => option.Form.Replace("…", "...", StringComparison.Ordinal)), Has.All.Matches<string>(page.Contains));
                Assert.That(Examples.Of(help.Command.Name).Select(example => example.Line), Has.All.Matches<string>(page.Contains));
            }
        }
    }

    [Test]
    public void Every_command_has_an_example() =>
        Assert.That(Commands.All.Where(command => Examples.Of(command.Name).Length == 0).Select(command => command.Name), Is.Empty);

    // Its style has opinions on dates, of which a page that is made anew each time has none.
    private static Outcome Lint(string page)
    {
        using var folder = new ScratchWorkspace().With("page.1", page);
        return Run.Program("sh", folder.Root, "-c", "mandoc -Tlint -Wstyle page.1 | grep -v 'missing date'; true");
    }
}
