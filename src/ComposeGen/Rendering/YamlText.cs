using System.Buffers;
using System.Globalization;
using System.Text;
using ComposeGen.Manifests;

namespace ComposeGen.Rendering;

/// <summary>
/// The one way a YAML value is written. A text is plain only where no YAML reader could take it for anything else;
/// otherwise it stands in JSON's double quotes. A scalar that its author wrote without quotes and that may be a number, a
/// boolean or null is written as it was: what it means stays Compose's to say.
/// </summary>
internal static class YamlText
{
    private const int FlowWidth = 100;
    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@+-"
    );

    // Words that one version of YAML or another reads as a boolean, null or a number.
    private static readonly HashSet<string> Words = new(
        ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>A text as one YAML scalar. Whether a <c>$</c> in it is a variable is for the caller: see <see cref="Literal"/>.</summary>
    public static string Quote(string text)
    {
        var builder = new StringBuilder(text.Length + 2);
        AppendText(builder, text);
        return builder.ToString();
    }

    /// <summary>The text with each <c>$</c> doubled, so that Compose takes it as it stands (chapter Interpolation).</summary>
    public static string Literal(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>
    /// The value as it stands behind <c>key:</c>. A short collection is written on one line, unless <paramref name="isTop"/>;
    /// a longer one on lines of its own, each with <paramref name="indent"/> blanks before it.
    /// </summary>
    public static void Append(StringBuilder builder, YamlNode node, int indent, bool isTop = true)
    {
        switch (node)
        {
            case YamlScalar { IsBlock: true } text when CanBeBlock(text.Value):
                AppendLines(builder, text.Value, indent);
                break;
            case YamlScalar scalar:
                AppendScalar(builder.Append(' '), scalar);
                break;
            case YamlMapping { Entries.IsEmpty: true }:
                builder.Append(" {}");
                break;
            case YamlSequence { Items.IsEmpty: true }:
                builder.Append(" []");
                break;
            case YamlMapping when isTop:
            // One line an item where items are mappings: a diff then shows which port came or went.
            case YamlSequence { Items: [YamlMapping, ..] } when isTop:
            case YamlMapping or YamlSequence when !TryFlow(builder.Append(' '), node):
                TrimBlank(builder);
                AppendBlock(builder, node, indent);
                break;
        }
    }

    // A block scalar (YAML 1.2, chapter 8.1) takes the text as it stands, so it must hold nothing that a reader would change.
    private static bool CanBeBlock(string text) =>
        text is [not (' ' or '\t' or '\n'), .., not '\n', '\n']
        && text.All(c => c is '\n' or '\t' or (>= ' ' and <= '~') || char.IsLetterOrDigit(c));

    private static void AppendLines(StringBuilder builder, string text, int indent)
    {
        builder.Append(" |");
        foreach (var line in text[..^1].Split('\n'))
        {
            builder.Append('\n').Append(' ', line.Length == 0 ? 0 : indent).Append(line);
        }
    }

    private static void TrimBlank(StringBuilder builder)
    {
        if (builder.Length > 0 && builder[^1] == ' ')
        {
            builder.Length--;
        }
    }

    private static void AppendBlock(StringBuilder builder, YamlNode node, int indent)
    {
        switch (node)
        {
            case YamlMapping mapping:
                foreach (var (key, value) in mapping.Entries)
                {
                    AppendText(builder.Append('\n').Append(' ', indent), key.Value);
                    Append(builder.Append(':'), value, indent + 2, isTop: false);
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    var start = builder.Append('\n').Append(' ', indent).Append('-').Length;
                    Append(builder, item, indent + 2, isTop: false);
                    JoinFirstLine(builder, start, indent + 2);
                }

                break;
        }
    }

    // `- ` and the first line of a collection behind it stand on one line.
    private static void JoinFirstLine(StringBuilder builder, int start, int indent)
    {
        if (start < builder.Length && builder[start] == '\n')
        {
            builder.Remove(start, indent);
        }
    }

    // Writes the node on one line if it is short enough; otherwise leaves the builder as it was.
    private static bool TryFlow(StringBuilder builder, YamlNode node)
    {
        if (node.Weight > FlowWidth / 2 || HoldsBlock(node))
        {
            return false;
        }

        var start = builder.Length;
        AppendFlow(builder, node);
        if (builder.Length - start <= FlowWidth)
        {
            return true;
        }

        builder.Length = start;
        return false;
    }

    private static bool HoldsBlock(YamlNode node) =>
        node switch
        {
            YamlScalar scalar => scalar.IsBlock,
            YamlMapping map => map.Entries.Any(entry => HoldsBlock(entry.Value)),
            YamlSequence list => list.Items.Any(HoldsBlock),
            _ => false,
        };

    private static void AppendFlow(StringBuilder builder, YamlNode node)
    {
        var separator = string.Empty;
        switch (node)
        {
            case YamlScalar scalar:
                AppendScalar(builder, scalar);
                break;
            case YamlMapping mapping:
                builder.Append('{');
                foreach (var (key, value) in mapping.Entries)
                {
                    AppendText(builder.Append(separator), key.Value);
                    AppendFlow(builder.Append(": "), value);
                    separator = ", ";
                }

                builder.Append('}');
                break;
            case YamlSequence sequence:
                builder.Append('[');
                foreach (var item in sequence.Items)
                {
                    AppendFlow(builder.Append(separator), item);
                    separator = ", ";
                }

                builder.Append(']');
                break;
        }
    }

    private static void AppendScalar(StringBuilder builder, YamlScalar scalar)
    {
        if (scalar.IsPlain && MayBeTyped(scalar.Value))
        {
            builder.Append(scalar.Value.Length == 0 ? "null" : scalar.Value);
        }
        else
        {
            AppendText(builder, scalar.Value);
        }
    }

    // A plain scalar that could be a number, a boolean or null to some reader; anything else is a text to all.
    private static bool MayBeTyped(string value) =>
        value.Length == 0
        || value == "~"
        || Words.Contains(value)
        || (
            !IsDate(value)
            && (char.IsAsciiDigit(value[0]) || value[0] is '.' or '-' or '+')
            && value[^1] != ':'
            && !value.AsSpan().ContainsAnyExcept(PlainCharacters)
        );

    // What Compose's reader makes a date of (four digits and a dash), and Compose then refuses wherever it stands: it is meant as a text.
    private static bool IsDate(string value) => value.AsSpan().IndexOfAnyExceptInRange('0', '9') == 4 && value[4] == '-';

    private static bool IsPlain(string text) =>
        text.Length > 0
        && (char.IsAsciiLetter(text[0]) || text[0] is '_' or '/' || text.StartsWith("./", StringComparison.Ordinal))
        && text[^1] != ':'
        && !text.AsSpan().ContainsAnyExcept(PlainCharacters)
        && !Words.Contains(text);

    /// <summary>The same, behind what a builder has.</summary>
    public static void AppendText(StringBuilder builder, string text)
    {
        if (IsPlain(text))
        {
            builder.Append(text);
            return;
        }

        builder.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            AppendEscaped(builder, text, ref i);
        }

        builder.Append('"');
    }

    private static void AppendEscaped(StringBuilder builder, string text, ref int i)
    {
        var c = text[i];
        switch (c)
        {
            case '"' or '\\':
                builder.Append('\\').Append(c);
                break;
            case '\n':
                builder.Append("\\n");
                break;
            case '\r':
                builder.Append("\\r");
                break;
            case '\t':
                builder.Append("\\t");
                break;
            // A pair of surrogates is one character and stands as it is: Go's reader refuses the pair of escapes.
            case var _ when char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]):
                builder.Append(c).Append(text[++i]);
                break;
            // What is invisible, ends a line for some readers, or is no character at all.
            case var _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' || char.IsSurrogate(c):
                builder.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
                break;
            default:
                builder.Append(c);
                break;
        }
    }
}
