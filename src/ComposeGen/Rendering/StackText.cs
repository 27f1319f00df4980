using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using ComposeGen.Compose;
using ComposeGen.Manifests;

namespace ComposeGen.Rendering;

/// <summary>
/// The stack file once its variables have values. <c>docker stack deploy</c> knows no <c>.env</c> and no default within a
/// default, so nothing is left for it to fill in.
/// </summary>
/// <param name="evaluate">What a text comes to; null where a variable that has to be set is not.</param>
internal sealed class StackText(Func<string, string?> evaluate)
{
    // Top-level mapping, in the order in which it was rendered.
    private const int Indent = 0;

    /// <summary>The file's text.</summary>
    public static string Of(YamlMapping root)
    {
        var text = new StringBuilder();
        YamlText.Append(text, root, Indent);
        return text.Append('\n').ToString().TrimStart('\n');
    }

    // Where a number or a boolean has to stand, Compose takes a text that says one, and a swarm does not.
    private static readonly FrozenSet<string> Numbers = (
        (string[])
        [
            "hard",
            "max_attempts",
            "max_failure_ratio",
            "max_replicas_per_node",
            "mode",
            "oom_score_adj",
            "parallelism",
            "pids",
            "published",
            "replicas",
            "retries",
            "size",
            "soft",
            "target",
        ]
    ).ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> Booleans = (
        (string[])["attachable", "disable", "external", "init", "internal", "nocopy", "read_only", "stdin_open", "tty"]
    ).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A tree with every variable in it replaced.</summary>
    public YamlNode Fill(YamlNode node) =>
        node switch
        {
            YamlScalar text when text.Value.Contains('$', StringComparison.Ordinal) => Text(text),
            YamlSequence list => list with { Items = [.. list.Items.Select(Fill)] },
            YamlMapping map => map with { Entries = [.. map.Entries.Select(Entry)] },
            _ => node,
        };

    private YamlEntry Entry(YamlEntry entry) => entry with { Value = StackKeys.Free.Contains(entry.Name) ? Fill(entry.Value) : Typed(entry.Name, Fill(entry.Value)) };

    private static YamlNode Typed(string key, YamlNode value) =>
        value switch
        {
            YamlScalar text when Numbers.Contains(key) && IsNumber(text.Value) => text with { IsPlain = true },
            YamlScalar text when Booleans.Contains(key) && Word(text.Value) is { } word => text with { Value = word, IsPlain = true },
            _ => value,
        };

    // As YAML 1.1 has them, and Compose too.
    private static string? Word(string text) =>
        text.ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "ON" or "Y" => "true",
            "FALSE" or "NO" or "OFF" or "N" => "false",
            _ => null,
        };

    private static bool IsNumber(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    // A dollar sign that a value has is doubled, so that it stays one.
    private YamlScalar Text(YamlScalar text) => text with { Value = YamlText.Literal(evaluate(text.Value) ?? string.Empty), IsPlain = false };
}
