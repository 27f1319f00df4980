using System.Globalization;
using System.Text.RegularExpressions;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docs;

/// <summary>
/// The examples in docs/errors.md: what is wrong gets the message of its section at its line, and what a comment says to write instead
/// does not. The page is part of the program, so there are no comments in it for this: what a block is stands here.
/// </summary>
public partial class ErrorExamplesTests
{
    private const string Manifest = "which-project";
    private const string Settings = "composegen.yml";
    private const string Project = "projects/app/project.yml";
    private const string Service = "services:\n  db: {image: \"redis:7\"}\n  web:\n    ports: []\n";

    // Shown as they should be: nothing is wrong with them.
    private static readonly string[] Sound = ["CG0211", "CG0309", "CG0319", "CG0321", "CG0350", "CG0353", "CG0390", "CG0408"];

    // Two messages whole, about files of another user, and two files side by side: other tests have each of them.
    private static readonly string[] NotRun = ["CG0220", "CG0334", "CG0710"];

    private static IEnumerable<TestCaseData> Examples =>
        Blocks.Where(block => !NotRun.Contains(Code(block))).Select(block => new TestCaseData(block).SetArgDisplayNames(Code(block)));

    private static IReadOnlyList<Block> Blocks { get; } = Pages.Read(Pages.Errors, File.ReadAllText(Repository.PathOf(Pages.Errors.Split('/'))));

    [TestCaseSource(nameof(Examples))]
    public void An_example_is_of_the_message_that_it_stands_below(object example)
    {
        var block = (Block)example;
        var lines = block.Text.TrimEnd('\n').Split('\n');
        var parts = Code(block) == "CG0319" || block.Language.Length == 0 ? lines.Select(line => (string[])[line]) : [lines];
        foreach (var part in parts)
        {
            Check(Code(block), FileOf(block), part, block.Place);
        }
    }

    [Test]
    public void What_is_said_of_sections_is_of_sections_that_have_examples() =>
        Assert.That(Sound.Concat(NotRun), Is.SubsetOf(Blocks.Select(Code)));

    private static void Check(string code, string file, string[] lines, string place)
    {
        var found = Messages(file, lines);
        var told = found.Any(message => message.Code == code);
        Assert.That(told, Is.EqualTo(!Sound.Contains(code)), $"{place}: {string.Join("\n", found)}");
        foreach (var (line, i) in lines.Select((line, i) => (line, i)).Where(pair => Mend().IsMatch(pair.line)))
        {
            if (Sound.Contains(code))
            {
                continue;
            }

            Assert.That(found, Does.Contain(new Message(code, i)), $"{place}: {line}");
            var mended = Mended(line).Select(text => Messages(file, [.. lines[..i], text, .. lines[(i + 1)..]]));
            Assert.That(mended.Any(messages => !messages.Contains(new Message(code, i))), $"{place}: {line}: what it says to write is no better");
        }
    }

    // What a comment may mean: a line, a value, a part of a value, another word.
    private static IEnumerable<string> Mended(string line)
    {
        var (wrong, advice) = (line[..line.IndexOf('#', StringComparison.Ordinal)].TrimEnd(), Mend().Match(line));
        var indent = wrong[..^wrong.TrimStart().Length];
        foreach (var text in (string[])[advice.Groups[1].Value, First().Match(advice.Groups[1].Value).Value])
        {
            var colon = wrong.IndexOf(": ", StringComparison.Ordinal);
            yield return indent + text;
            yield return $"{wrong[..(colon + 1)]} {text}";
            foreach (var word in Word().Matches(wrong).Select(match => match.Value))
            {
                yield return wrong.Replace(word, text, StringComparison.Ordinal);
            }
        }
    }

    private static IReadOnlyList<Message> Messages(string file, string[] lines)
    {
        using var workspace = new ScratchWorkspace()
            .With(Manifest, "app\n")
            .With(Project, "service: {image: \"redis:7\"}\n")
            .With("projects/app/apps/old/Dockerfile", "FROM scratch\n")
            .With("projects/app/worker/Dockerfile", "FROM scratch\n")
            .With("projects/shop/project.yml", "members: [worker]\nservices:\n  web: {image: \"redis:7\"}\n  db: {image: \"redis:7\"}\n")
            .With("projects/shop/worker/Dockerfile", "FROM scratch\n")
            .With("projects/course/week1/Dockerfile", "FROM scratch\n")
            .With("tools/templates/README", "none yet\n");
        var (before, indent) = Around(file, lines);
        workspace.With(file, before + string.Concat(lines.Select(line => $"{indent}{line}\n")));
        var offset = before.Count(c => c == '\n');
        var run = Run.Tool(workspace.Root, "validate", "--format", "plain");
        return [.. Plain().Matches(run.Error).Select(match => new Message(match.Groups[2].Value, Number(match.Groups[1].Value) - 1 - offset))];
    }

    // What a part of a file stands in.
    private static (string Before, string Indent) Around(string file, string[] lines) =>
        lines[0].Split(':')[0] switch
        {
            _ when file != Project => (string.Empty, string.Empty),
            "service" or "services" or "members" => (string.Empty, string.Empty),
            "secrets" => ("service: {image: \"redis:7\", secrets: [token]}\n", string.Empty),
            "web" => ("x-defaults: &defaults {image: \"redis:7\"}\nservices:\n", "  "),
            "image" => (Service, "    "),
            "ports" => (Service.Replace("ports: []", "image: redis:7", StringComparison.Ordinal), "    "),
            _ => ($"{Service}    image: redis:7\n", "    "),
        };

    private static string FileOf(Block block) =>
        Code(block) switch
        {
            "CG0319" or "CG0321" or "CG0324" or "CG0390" => Settings,
            "CG0353" => "projects/app/Dockerfile",
            _ => block.Language.Length == 0 ? Manifest : Project,
        };

    private static string Code(Block block) => block.Heading.Split(':')[0];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <param name="Code">For example CG0301.</param>
    /// <param name="Line">Of the example, from zero.</param>
    private sealed record Message(string Code, int Line);

    [GeneratedRegex("# (?:did you mean `|write: )(.*?)`?[?]?$")]
    private static partial Regex Mend();

    // Of several things that might be written: as far as a comma or "or" outside of braces.
    [GeneratedRegex(@"^(\{[^}]*\}|\S+)")]
    private static partial Regex First();

    [GeneratedRegex(@"[\w./:\\-]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[^(\n]*\((\d+),\d+\): \w+ (CG\d{4})", RegexOptions.Multiline)]
    private static partial Regex Plain();
}
