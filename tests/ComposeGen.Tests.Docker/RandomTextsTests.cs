using System.Globalization;
using System.Text;
using System.Text.Json;
using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Docker;

/// <summary>Any text, as value, key or item, is to Compose in the generated file what it was in the descriptor.</summary>
public class RandomTextsTests : ComposeFixture
{
    // What YAML 1.1, 1.2, Compose or a template could take for something else, alone or as a part.
    private static readonly string[] Pieces =
    [
        "22:22", "on", "no", "NO", "y", "0o14", "012", "1e3", "1_000", "0x1F", ".5", "5.", "-", "~", "null", "true", "2001-01-01", "2001-12-14t21:59:43.10-05:00", "190:20:30", ".inf", ".nan", "<<", "=", "!", "!!str", "&a", "*a",
        "@", "`", "%", "?", "|", ">", "#", " #", ": ", ":", "- ", ",", "[", "]", "{", "}", "{{ a }}", "{%", "\"", "'", "''", "\\", "\\n", "$", "$$", "${A}", "$A", "${", "\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029", "\t", " ", "  ", "\u00A0", "\uFEFF", "😀", "é", "日本", "\u202E", "\u200B", "---", "...", "\n---\n", "\nservices:\n  evil: {image: x}\n", "a", "b c", "0", "1",
    ];

    [Test]
    public void Random_texts_pass_unharmed()
    {
        const int InOneFile = 250;
        var times = LongRun.Times(2, 80);
        for (var file = 0; file < times; file++)
        {
            var random = new Random(file);
            var texts = Enumerable.Range(0, InOneFile).Select(_ => Text(random)).ToList();
            texts[0] = string.Concat(Enumerable.Range(0, 20_000).Select(_ => "a: b "));
            var (environment, labels, command) = ReadByCompose(texts);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(environment, Is.EqualTo(texts), $"environment, seed {file}");
                Assert.That(command, Is.EqualTo(texts), $"command, seed {file}");
                Assert.That(labels, Is.EquivalentTo(Keys(texts).Select(text => (Key: $"k{text}", Value: text))), $"labels, seed {file}");
            }
        }

        TestContext.Out.WriteLine($"{times * InOneFile} texts, each in three places");
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static (List<string> Environment, List<(string Key, string Value)> Labels, List<string> Command) ReadByCompose(List<string> texts)
    {
        var descriptor = new StringBuilder("service:\n  image: i\n  environment:\n");
        for (var i = 0; i < texts.Count; i++)
        {
            descriptor.Append(CultureInfo.InvariantCulture, $"    T{i}: {Quoted(Doubled(texts[i]))}\n");
        }

        descriptor.Append("  labels:\n");
        foreach (var text in Keys(texts))
        {
            // Of keys nothing is interpolated.
            descriptor.Append(CultureInfo.InvariantCulture, $"    ? {Quoted($"k{text}")}\n    : {Quoted(Doubled(text))}\n");
        }

        descriptor.Append(CultureInfo.InvariantCulture, $"  command: [{string.Join(", ", texts.Select(text => Quoted(Doubled(text))))}]\n");
        using var workspace = new ScratchWorkspace().With("which-project", "a\n").With("projects/a/project.yml", descriptor.ToString());
        var bag = new DiagnosticBag();
        var generated = Pipeline.Run(new WorkspaceFiles(workspace.Root), bag);
        Assert.That(bag.Sorted().Where(diagnostic => diagnostic.Severity == Severity.Error), Is.Empty);
        workspace.With("docker-compose.yml", generated!.ComposeFile);
        var outcome = Run.Program("docker", workspace.Root, "compose", "config", "--format", "json");
        Assert.That(outcome.ExitCode, Is.Zero, outcome.Error);
        using var config = JsonDocument.Parse(outcome.Output);
        var services = config.RootElement.GetProperty("services");
        Assert.That(services.EnumerateObject().Select(service => service.Name), Is.EqualTo(["a"]), "no text adds a service");
        var service = services.GetProperty("a");
        var environment = service.GetProperty("environment");
        return (
            [.. texts.Select((_, i) => Single(environment.GetProperty($"T{i}").GetString()!))],
            [.. service.GetProperty("labels").EnumerateObject().Select(label => (Single(label.Name), Single(label.Value.GetString()!)))],
            [.. service.GetProperty("command").EnumerateArray().Select(item => Single(item.GetString()!))]
        );
    }

    private static IEnumerable<string> Keys(List<string> texts) => texts.Distinct().Where(text => text.Length < 500);

    private static string Doubled(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    // What `config` prints is a Compose file again.
    private static string Single(string text) => text.Replace("$$", "$", StringComparison.Ordinal);

    // YAML's double quotes. Characters beyond the Basic Multilingual Plane stand as they are: a pair of escapes is refused.
    private static string Quoted(string text) =>
        $"\"{string.Concat(text.Select(c => char.IsControl(c) || c is '"' or '\\' or '\u2028' or '\u2029' or '\uFEFF' ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : $"{c}"))}\"";
}
