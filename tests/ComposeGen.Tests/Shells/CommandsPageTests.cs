using System.Text;
using ComposeGen.Cli;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Shells;

/// <summary><c>docs/commands.md</c> is what help says. COMPOSEGEN_GOLDEN=rewrite writes it anew.</summary>
public class CommandsPageTests
{
    [Test]
    public void The_page_says_what_help_says()
    {
        var page = Repository.PathOf("docs", "commands.md");
        if (Environment.GetEnvironmentVariable("COMPOSEGEN_GOLDEN") == "rewrite")
        {
            File.WriteAllText(page, Page());
        }

        Assert.That(File.ReadAllText(page), Is.EqualTo(Page()));
    }

    private static string Page()
    {
        var page = new StringBuilder("# Every command\n\nWhat `composegen COMMAND --help` prints, and `composegen man`. Results go to standard output, everything else to standard error.\n");
        foreach (var group in Commands.All.GroupBy(command => command.Group))
        {
            page.Append($"\n## {Help.Title(group.Key)}\n");
            foreach (var command in group)
            {
                Add(page, CommandHelp.Of(command));
            }
        }

        page.Append($"\n## Exit codes\n\n{string.Join('\n', Help.ExitCodes)}\n\n## Variables\n\n");
        Rows(page, "variable", Help.Variables);
        page.Append("\n## Files\n\n");
        Rows(page, "file", Help.Files);
        return page.ToString();
    }

    private static void Add(StringBuilder page, CommandHelp help)
    {
        page.Append($"\n### {help.Command.Name}\n\n`{help.Usage}`\n\n{help.Does}\n");
        if (help.After is { } after)
        {
            page.Append($"{after}\n");
        }

        page.Append('\n');
        Rows(page, "for example", Examples.Of(help.Command.Name));
        var own = help.Options.Where(option => !CommandHelp.OfAll.Contains(option)).ToList();
        if (own.Count > 0)
        {
            page.Append('\n');
            Rows(page, "option", own.Select(option => (option.Form, option.Does)));
        }
    }

    private static void Rows(StringBuilder page, string title, IEnumerable<(string Name, string Does)> rows)
    {
        page.Append($"| {title} | |\n| --- | --- |\n");
        foreach (var (name, does) in rows)
        {
            page.Append($"| `{name.Replace("|", "\\|", StringComparison.Ordinal)}` | {does.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }
    }
}
