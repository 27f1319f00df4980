using System.Globalization;
using System.Text;
using System.Text.Json;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>Texts that YAML, Compose or a template could take for something else pass through all of them unharmed.</summary>
public class RoundTripTests : EngineFixture
{
    private static readonly string[] Texts = JsonSerializer.Deserialize<string[]>(
        File.ReadAllText(Repository.PathOf("tests", "ComposeGen.Tests", "Data", "roundtrip-strings.json"))
    )!;

    [Test]
    public void As_docker_compose_reads_them()
    {
        using var stack = WithTexts();
        stack.Do("generate");
        var outcome = stack.Compose("config", "--format", "json");
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        using var config = JsonDocument.Parse(outcome.Output);
        var environment = config.RootElement.GetProperty("services").GetProperty("texts").GetProperty("environment");
        // What it prints is a Compose file again, in which a `$` that means itself is doubled.
        Assert.That(
            Texts.Select((_, i) => environment.GetProperty(Name(i)).GetString()!.Replace("$$", "$", StringComparison.Ordinal)),
            Is.EqualTo(Texts)
        );
    }

    [Test]
    public void As_the_container_gets_them()
    {
        using var stack = WithTexts();
        stack.Do("up", "--", "--no-start");
        using var json = JsonDocument.Parse(Engine.Inspect(stack.Container("texts"), "{{json .Config.Env}}"));
        var environment = json.RootElement.EnumerateArray().Select(variable => variable.GetString()!).ToHashSet(StringComparer.Ordinal);
        Assert.That(Texts.Select((text, i) => $"{Name(i)}={text}"), Is.SubsetOf(environment));
    }

    private static Stack WithTexts()
    {
        var descriptor = new StringBuilder("service:\n  image: debian:bookworm-slim\n  environment:\n");
        for (var i = 0; i < Texts.Length; i++)
        {
            descriptor.Append(
                CultureInfo.InvariantCulture,
                $"    {Name(i)}: {Quoted(Texts[i].Replace("$", "$$", StringComparison.Ordinal))}\n"
            );
        }

        return new Stack("texts").WithProject("texts", descriptor.ToString());
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"TEXT_{index}");

    // YAML's double quotes. Characters beyond the Basic Multilingual Plane stand as they are: a pair of escapes is refused.
    private static string Quoted(string text) => $"\"{string.Concat(text.Select(Escaped))}\"";

    private static string Escaped(char c) => IsEscaped(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : c.ToString();

    private static bool IsEscaped(char c) =>
        char.IsControl(c) || c is '"' or '\\' or '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF';
}
