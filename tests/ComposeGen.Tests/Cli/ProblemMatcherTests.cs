using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ComposeGen.Cli;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>What <c>docs/settings.md</c> gives editors to find messages with, over messages as the tool prints them.</summary>
public class ProblemMatcherTests
{
    private const string Page = "settings.md";

    private const string Heading = "In an editor";

    private static readonly Found[] Expected =
    [
        new("composegen.yml", 1, 1, "error", "CG0301", "`nam` is not a key"),
        new("projects/a (1,2) b/compose.yml", 1, 18, "error", "CG0301", "`imag` is not a key that can stand here; hint: did you mean `image`?"),
        new("which-project", 2, 1, "warning", "CG0107", "`z*` matches no project"),
    ];

    private sealed record Found(string File, int Line, int Column, string Severity, string Code, string Message);

    [Test]
    public async Task The_task_for_VS_Code_finds_them()
    {
        var task = JsonNode.Parse(DocPage.Snippets(Page, "json", Heading).Single(text => text.Contains("tasks", StringComparison.Ordinal)))!["tasks"]![0]!;
        var pattern = task["problemMatcher"]!["pattern"]!;
        string[] arguments = [.. task["args"]!.AsArray().Select(argument => argument!.GetValue<string>())];

        var found =
            from line in (await Messages(arguments)).Split('\n')
            let match = Regex.Match(line, pattern["regexp"]!.GetValue<string>(), RegexOptions.ECMAScript)
            where match.Success
            select new Found(
                Group(match, pattern["file"]),
                Number(Group(match, pattern["line"])),
                Number(Group(match, pattern["column"])),
                Group(match, pattern["severity"]),
                Group(match, pattern["code"]),
                Group(match, pattern["message"])
            );

        AssertFound(found, found => found);
    }

    [Test]
    public async Task Vims_errorformat_finds_them()
    {
        var lines = DocPage.Snippet(Page, "vim", Heading).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var command = Option(lines[0], "makeprg").Split(' ');
        var pattern = Pattern(Option(lines[1], "errorformat"));

        var found =
            from line in (await Messages(command[1..])).Split('\n')
            let match = Regex.Match(line, pattern)
            where match.Success
            select new Found(
                match.Groups["f"].Value,
                Number(match.Groups["l"].Value),
                Number(match.Groups["c"].Value),
                match.Groups["t"].Value,
                match.Groups["n"].Value,
                match.Groups["m"].Value
            );

        // Of the severity Vim takes the first letter, of the code the number.
        AssertFound(found, found => found with { Severity = found.Severity[..1], Code = found.Code[2..] });
    }

    /// <summary>By the form that compilers of GNU have, which Emacs knows without being told.</summary>
    [Test]
    public async Task Emacs_finds_them_as_a_compilers()
    {
        var found =
            from line in (await Messages("validate")).Split('\n')
            let match = Regex.Match(line, @"^([^ \n].*?):(\d+):(\d+): (error|warning|note) (CG\d{4}): (.*)$")
            where match.Success
            select new Found(
                match.Groups[1].Value,
                Number(match.Groups[2].Value),
                Number(match.Groups[3].Value),
                match.Groups[4].Value,
                match.Groups[5].Value,
                match.Groups[6].Value
            );

        AssertFound(found, found => found with { Message = found.Message.Split("; hint")[0] });
    }

    private static void AssertFound(IEnumerable<Found> found, Func<Found, Found> seen)
    {
        var all = found.ToList();
        Assert.That(all, Has.Count.EqualTo(Expected.Length));
        foreach (var (expected, actual) in Expected.Select(seen).Zip(all))
        {
            Assert.That(actual with { Message = string.Empty }, Is.EqualTo(expected with { Message = string.Empty }));
            Assert.That(actual.Message, Does.StartWith(expected.Message));
        }
    }

    // A folder's name that looks like a place, a message with a hint, a warning, and one in the settings.
    private static async Task<string> Messages(params string[] arguments)
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "a (1,2) b\nz*\n")
            .With("composegen.yml", "nam: shop\n")
            .With("projects/a (1,2) b/compose.yml", "services: {web: {imag: x}}\n");
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        Assert.That(await Program.Run([.. arguments, "-C", workspace.Root], new Terminal(output, error, HasColor: false)), Is.EqualTo(1));
        return error.ToString();
    }

    private static string Group(Match match, JsonNode? number) => match.Groups[number!.GetValue<int>()].Value;

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    // The value of `set name=value`, in which a backslash takes a character as it is.
    private static string Option(string line, string name)
    {
        var start = $"set {name}=";
        Assert.That(line, Does.StartWith(start));
        return Regex.Replace(line[start.Length..], @"\\(.)", "$1");
    }

    // The first of an errorformat's patterns, as far as this one uses its signs (`:help errorformat`).
    private static string Pattern(string format)
    {
        var first = Regex.Match(format, @"^(\\.|[^,\\])*").Value;
        var pattern = Regex.Replace(
            first,
            @"%\*(?<class>\[[^]]*\])|%(?<sign>[flctnm])|\\(?<plain>.)|(?<plain>.)",
            match => match switch
            {
                _ when match.Groups["class"].Success => $"{match.Groups["class"].Value}+",
                _ when match.Groups["plain"].Success => Regex.Escape(match.Groups["plain"].Value),
                _ => match.Groups["sign"].Value switch
                {
                    "f" => "(?<f>.+?)",
                    "t" => "(?<t>.)",
                    "m" => "(?<m>.+)",
                    var number => $@"(?<{number}>\d+)",
                },
            }
        );
        return $"^{pattern}$";
    }
}
