using System.Collections.Immutable;
using System.Text;

namespace ComposeGen.Manifests;

/// <summary>
/// A part of a text: <paramref name="Literal"/> as it was written (<c>$$</c> included), or a variable where
/// <paramref name="Name"/> is given. <paramref name="Operator"/> is <c>-</c>, <c>:-</c>, <c>?</c>, <c>:?</c>, <c>+</c>,
/// <c>:+</c> or nothing; <paramref name="Operand"/> stands behind it.
/// </summary>
internal sealed record TextPart(string Literal, string? Name, string Operator, ImmutableArray<TextPart> Operand)
{
    public static TextPart Text(string literal) => new(literal, null, string.Empty, []);

    public static TextPart Variable(string name, string @operator = "", params ImmutableArray<TextPart> operand) =>
        new(string.Empty, name, @operator, operand);
}

/// <summary>Texts with variables in them (Compose Specification, chapter Interpolation): <c>$NAME</c>, <c>${NAME}</c>, <c>${NAME:-default}</c> and the like.</summary>
internal static class VariableText
{
    private static readonly string[] Operators = [":-", ":?", ":+", "-", "?", "+"];

    /// <summary>The parts of a text; null where a <c>${</c> is no variable, which Compose refuses.</summary>
    public static ImmutableArray<TextPart>? Parse(string text) => Parse(text, 0);

    // Defaults of defaults nest; a text that nests deeper was made to.
    private static ImmutableArray<TextPart>? Parse(string text, int depth)
    {
        const int Deepest = 50;
        if (depth > Deepest)
        {
            return null;
        }

        var parts = ImmutableArray.CreateBuilder<TextPart>();
        var literal = 0;
        var i = 0;
        while (i + 1 < text.Length)
        {
            if (text[i] != '$' || !(text[i + 1] is '$' or '{' || IsNameStart(text[i + 1])))
            {
                i++;
                continue;
            }

            // A doubled one is a dollar; it stays as it is written.
            if (text[i + 1] == '$')
            {
                i += 2;
                continue;
            }

            if (Expression(text, i, depth) is not var (part, end))
            {
                return null;
            }

            AddLiteral(parts, text[literal..i]);
            parts.Add(part);
            i = literal = end;
        }

        AddLiteral(parts, text[literal..]);
        return parts.DrainToImmutable();
    }

    /// <summary>The index behind the expression that starts at <paramref name="start"/>; the index behind the sign itself where none does.</summary>
    public static int EndOf(string text, int start)
    {
        if (start + 1 >= text.Length)
        {
            return start + 1;
        }

        return text[start + 1] == '{' ? ClosingBrace(text, start + 1) + 1
            : text[start + 1] == '$' ? start + 2
            : NameEnd(text, start + 1);
    }

    public static bool HasVariable(string text) => text.Contains('$', StringComparison.Ordinal) && Names(text).Any();

    /// <summary>The names of all variables in a text, those in defaults of others included.</summary>
    public static IEnumerable<TextPart> Variables(ImmutableArray<TextPart> parts) =>
        parts.Where(part => part.Name is not null).SelectMany(part => Variables(part.Operand).Prepend(part));

    public static IEnumerable<string> Names(string text) => Parse(text) is { } parts ? Variables(parts).Select(part => part.Name!) : [];

    public static string Print(ImmutableArray<TextPart> parts)
    {
        var builder = new StringBuilder();
        Append(builder, parts);
        return builder.ToString();
    }

    /// <summary>What Compose makes of the parts; null where a variable that is required has no value.</summary>
    /// <param name="parts">The text.</param>
    /// <param name="lookup">A variable's value; null where it has none.</param>
    public static string? Evaluate(ImmutableArray<TextPart> parts, Func<string, string?> lookup)
    {
        var builder = new StringBuilder();
        foreach (var part in parts)
        {
            if (part.Name is null)
            {
                builder.Append(part.Literal.Replace("$$", "$", StringComparison.Ordinal));
                continue;
            }

            var value = lookup(part.Name);
            var isGiven = part.Operator.StartsWith(':') ? value is { Length: > 0 } : value is not null;
            var text = part.Operator switch
            {
                "" => value ?? string.Empty,
                "-" or ":-" => isGiven ? value : Evaluate(part.Operand, lookup),
                "+" or ":+" => isGiven ? Evaluate(part.Operand, lookup) : string.Empty,
                _ => isGiven ? value : null,
            };
            if (text is null)
            {
                return null;
            }

            builder.Append(text);
        }

        return builder.ToString();
    }

    /// <summary>What a text comes to where no variable is set; null where it is no sound text, or one in it has no default.</summary>
    public static string? Default(string text)
    {
        if (Parse(text) is not { } parts)
        {
            return null;
        }

        var hasAll = true;
        var value = Evaluate(parts, _ => null);
        foreach (var part in parts)
        {
            hasAll &= part.Name is null || part.Operator is "-" or ":-";
        }

        return hasAll ? value : null;
    }

    private static (TextPart Part, int End)? Expression(string text, int start, int depth)
    {
        if (text[start + 1] != '{')
        {
            var stop = NameEnd(text, start + 1);
            return (TextPart.Variable(text[(start + 1)..stop]), stop);
        }

        var close = ClosingBrace(text, start + 1);
        var nameEnd = NameEnd(text, start + 2);
        if (close >= text.Length || nameEnd == start + 2)
        {
            return null;
        }

        var name = text[(start + 2)..nameEnd];
        var rest = text[nameEnd..close];
        if (rest.Length == 0)
        {
            return (TextPart.Variable(name), close + 1);
        }

        return
            Operators.FirstOrDefault(o => rest.StartsWith(o, StringComparison.Ordinal)) is { } sign
            && Parse(rest[sign.Length..], depth + 1) is { } operand
            ? (TextPart.Variable(name, sign, operand), close + 1)
            : null;
    }

    private static void Append(StringBuilder builder, ImmutableArray<TextPart> parts)
    {
        foreach (var part in parts)
        {
            if (part.Name is null)
            {
                builder.Append(part.Literal);
                continue;
            }

            builder.Append("${").Append(part.Name).Append(part.Operator);
            Append(builder, part.Operand);
            builder.Append('}');
        }
    }

    private static void AddLiteral(ImmutableArray<TextPart>.Builder parts, string literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(TextPart.Text(literal));
        }
    }

    // The brace that closes the one at `open`; the text's length where none does.
    private static int ClosingBrace(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return i;
            }
        }

        return text.Length;
    }

    private static int NameEnd(string text, int start)
    {
        var end = start;
        while (end < text.Length && (IsNameStart(text[end]) || (end > start && char.IsAsciiDigit(text[end]))))
        {
            end++;
        }

        return end;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';
}
