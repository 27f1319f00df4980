using System.Text.Json;
using ComposeGen.Diagnostics;
using ComposeGen.Tests.Support;
using Json.Schema;

namespace ComposeGen.Tests.Diagnostics;

public class MessageFormatTests
{
    private static readonly Diagnostic Full = new Diagnostic(
        "CG0210",
        Severity.Error,
        "`a` is given twice: 100 %",
        new SourceSpan("projects/é x/compose.yml", 4, 5, 3),
        "remove one"
    ).With(new SourceSpan("projects/b,c/compose.yml", 2, 3), "first given here");

    private static readonly Diagnostic[] Several =
    [
        Full,
        new("CG0107", Severity.Warning, "hidden \e[2J and \u202E here", new SourceSpan("which-project", 1, 1, 2)),
        new("CG0101", Severity.Error, "no place"),
        new("CG0210", Severity.Note, "again"),
    ];

    [Test]
    public void Plain_is_a_line_as_compilers_print_it() =>
        Assert.That(
            Several.Select(LineFormats.Plain),
            Is.EqualTo(
                [
                    "projects/é x/compose.yml(4,5): error CG0210: `a` is given twice: 100 %; hint: remove one",
                    "which-project(1,1): warning CG0107: hidden \\x1b[2J and \\u202e here",
                    "composegen: error CG0101: no place",
                    "composegen: note CG0210: again",
                ]
            )
        );

    [Test]
    public void GitHub_is_a_workflow_command_whose_text_cannot_end_it() =>
        Assert.That(
            Several.Select(diagnostic => LineFormats.GitHub(diagnostic, "sub,1/")),
            Is.EqualTo(
                [
                    "::error file=sub%2C1/projects/é x/compose.yml,line=4,endLine=4,col=5,endColumn=8,title=CG0210::`a` is given twice: 100 %25%0Aprojects/b,c/compose.yml:2:3: first given here%0Ahint: remove one",
                    "::warning file=sub%2C1/which-project,line=1,endLine=1,col=1,endColumn=3,title=CG0107::hidden \\x1b[2J and \\u202e here",
                    "::error title=CG0101::no place",
                    "::notice title=CG0210::again",
                ]
            )
        );

    [Test]
    public void GitLab_knows_each_problem_again_wherever_it_stands()
    {
        var moved = Full with { Span = Full.Span!.Value with { Line = 40 } };

        var before = Report(Full, Full, Several[2]);
        var after = Report(moved, moved);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Select(item => item.GetProperty("fingerprint").GetString()), Is.Unique);
            Assert.That(after.Select(item => item.GetProperty("fingerprint").GetString()), Is.EqualTo(before[..2].Select(item => item.GetProperty("fingerprint").GetString())));
            Assert.That(before[0].GetProperty("description").GetString(), Is.EqualTo("`a` is given twice: 100 %; hint: remove one"));
            Assert.That(before[0].GetProperty("check_name").GetString(), Is.EqualTo("CG0210"));
            Assert.That(before[0].GetProperty("location").GetProperty("path").GetString(), Is.EqualTo("sub/projects/é x/compose.yml"));
            Assert.That(after[0].GetProperty("location").GetProperty("lines").GetProperty("begin").GetInt32(), Is.EqualTo(40));
            Assert.That(before[2].GetProperty("location").GetProperty("path").GetString(), Is.EqualTo("sub/which-project"));
            Assert.That(Report(Several).Select(item => item.GetProperty("severity").GetString()), Is.EqualTo((string[])["major", "minor", "major", "info"]));
        }
    }

    [Test]
    public void Json_holds_everything_and_nothing_that_steers_a_terminal()
    {
        var text = JsonFormat.Text(Several);
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        var first = root.GetProperty("diagnostics")[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(root.GetProperty("errors").GetInt32(), Is.EqualTo(2));
            Assert.That(root.GetProperty("warnings").GetInt32(), Is.EqualTo(1));
            Assert.That(first.GetProperty("code").GetString(), Is.EqualTo("CG0210"));
            Assert.That(first.GetProperty("severity").GetString(), Is.EqualTo("error"));
            Assert.That(first.GetProperty("message").GetString(), Is.EqualTo(Full.Message));
            Assert.That(first.GetProperty("hint").GetString(), Is.EqualTo("remove one"));
            Assert.That(Place(first), Is.EqualTo(("projects/é x/compose.yml", 4, 5, 3)));
            Assert.That(first.GetProperty("related")[0].GetProperty("message").GetString(), Is.EqualTo("first given here"));
            Assert.That(Place(first.GetProperty("related")[0]), Is.EqualTo(("projects/b,c/compose.yml", 2, 3, 1)));
            Assert.That(root.GetProperty("diagnostics")[1].GetProperty("message").GetString(), Is.EqualTo(Several[1].Message));
            Assert.That(text.Where(c => c != '\n' && DiagnosticWriter.IsHidden(c)), Is.Empty);
        }
    }

    [Test]
    public void Sarif_is_valid_by_the_standards_schema([Values(0, 1, 4)] int count)
    {
        using var document = JsonDocument.Parse(new SarifFormat("1.2.3", "sub/").Text(Several[..count]));

        var result = SarifSchema().Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });

        Assert.That(result.IsValid, Is.True, JsonSerializer.Serialize(result));
    }

    /// <summary>Or the test above would pass whatever is written.</summary>
    [Test]
    public void The_standards_schema_finds_what_is_wrong()
    {
        var text = new SarifFormat("1.2.3", string.Empty).Text(Several).Replace("\"level\": \"note\"", "\"level\": \"notice\"", StringComparison.Ordinal);
        using var document = JsonDocument.Parse(text);

        Assert.That(SarifSchema().Evaluate(document.RootElement).IsValid, Is.False);
    }

    [Test]
    public void Sarif_names_rule_place_and_related_places()
    {
        using var document = JsonDocument.Parse(new SarifFormat("1.2.3", "sub/").Text(Several));
        var run = document.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        var first = run.GetProperty("results")[0];
        var place = first.GetProperty("locations")[0].GetProperty("physicalLocation");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rules[first.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString(), Is.EqualTo("CG0210"));
            Assert.That(place.GetProperty("artifactLocation").GetProperty("uri").GetString(), Is.EqualTo("sub/projects/%C3%A9%20x/compose.yml"));
            Assert.That(place.GetProperty("region").GetProperty("startColumn").GetInt32(), Is.EqualTo(5));
            Assert.That(place.GetProperty("region").GetProperty("endColumn").GetInt32(), Is.EqualTo(8));
            Assert.That(first.GetProperty("relatedLocations").GetArrayLength(), Is.EqualTo(1));
            Assert.That(run.GetProperty("results").GetArrayLength(), Is.EqualTo(4));
            Assert.That(rules.GetArrayLength(), Is.EqualTo(3));
        }
    }

    [TestCase("Warning", "CG0001", false, "Warning")]
    [TestCase("Warning", "CG0001", true, "Error")]
    [TestCase("Note", "CG0001", true, "Note")]
    [TestCase("Warning", "CG0002", true, null)]
    [TestCase("Error", "CG0002", false, "Error")]
    [TestCase("Note", "CG0003", false, "Error")]
    public void Warnings_are_what_the_workspace_makes_of_them(string severity, string code, bool isStrict, string? expected) =>
        Assert.That(
            (new WarningPolicy(["CG0002"], ["CG0003"]) { IsStrict = isStrict }).Apply(new Diagnostic(code, Enum.Parse<Severity>(severity), "message"))?.Severity.ToString(),
            Is.EqualTo(expected)
        );

    private static JsonElement[] Report(params Diagnostic[] diagnostics)
    {
        using var document = JsonDocument.Parse(new GitLabFormat("sub/", text => text).Text(diagnostics));
        return [.. document.RootElement.EnumerateArray().Select(item => item.Clone())];
    }

    // Published in draft 4, which the library does not know; what this schema says is the same in draft 7.
    private static JsonSchema SarifSchema() =>
        JsonSchema.FromText(
            File.ReadAllText(Repository.PathOf("tests", "ComposeGen.Tests", "Data", "sarif-schema-2.1.0.json"))
                .Replace("http://json-schema.org/draft-04/schema#", "http://json-schema.org/draft-07/schema#", StringComparison.Ordinal)
                .Replace("\"id\": \"https://docs.oasis-open.org", "\"$id\": \"https://docs.oasis-open.org", StringComparison.Ordinal),
            new BuildOptions { SchemaRegistry = new SchemaRegistry() }
        );

    private static (string?, int, int, int) Place(JsonElement element) =>
        (
            element.GetProperty("file").GetString(),
            element.GetProperty("line").GetInt32(),
            element.GetProperty("column").GetInt32(),
            element.GetProperty("length").GetInt32()
        );
}
