using System.Text;
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

    /// <summary>A tree with every variable in it replaced.</summary>
    public YamlNode Fill(YamlNode node) =>
        node switch
        {
            YamlScalar text when text.Value.Contains('$', StringComparison.Ordinal) => Text(text),
            YamlSequence list => list with { Items = [.. list.Items.Select(Fill)] },
            YamlMapping map => map with { Entries = [.. map.Entries.Select(Entry)] },
            _ => node,
        };

    // Where a number has to stand, what a variable says is one.
    private YamlEntry Entry(YamlEntry entry) =>
        Fill(entry.Value) is YamlScalar filled && entry is { Name: "published" or "target" or "replicas", Value: YamlScalar text } && filled.Value != text.Value
            ? entry with { Value = filled with { IsPlain = filled.Value.Length > 0 && filled.Value.All(char.IsAsciiDigit) } }
            : entry with { Value = Fill(entry.Value) };

    // A dollar sign that a value has is doubled, so that it stays one.
    private YamlScalar Text(YamlScalar text) => text with { Value = YamlText.Literal(evaluate(text.Value) ?? string.Empty), IsPlain = false };
}
