using System.Collections.Immutable;
using System.Text;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// A variable of a <c>.env</c> file: its value as written, without its quotes, and which quotes those were (<c>'</c>,
/// <c>"</c>, or NUL for none). Variables in a value count except in single quotes, escapes only in double ones.
/// </summary>
internal sealed record EnvironmentLine(string Name, string Raw, char Quote, SourceSpan Span)
{
    public bool IsLiteral => Quote == '\'';

    public override string ToString() => Quote == '\0' ? $"{Name}={Raw}" : $"{Name}={Quote}{Raw}{Quote}";
}

/// <summary>Reads <c>.env</c> files as Compose does (Compose Specification, chapter Services, section env_file, Env_file format).</summary>
internal static class DotEnv
{
    public const string FileName = ".env";

    /// <summary>Whether a file's lines hold values that no message shows.</summary>
    public static bool IsSecret(string file)
    {
        var name = file[(file.LastIndexOf('/') + 1)..];
        return name.EndsWith(FileName, StringComparison.Ordinal) || name.StartsWith($"{FileName}.", StringComparison.Ordinal);
    }

    /// <summary>The variables in the order they stand; lines that take over a variable of the shell (<c>NAME</c> alone) have no value and are left out.</summary>
    public static ImmutableArray<EnvironmentLine> Read(SourceText source, DiagnosticBag bag)
    {
        var lines = ImmutableArray.CreateBuilder<EnvironmentLine>();
        var text = source.Text;
        var at = 0;
        while (SkipToStatement(text, at) is var start && start < text.Length)
        {
            var lineEnd = EndOfLine(text, start);
            var equals = text.AsSpan(start, lineEnd - start).IndexOfAny('=', ':');
            if (equals < 0)
            {
                at = lineEnd;
                continue;
            }

            var name = Name(text[start..(start + equals)]);
            var value = start + equals + 1;
            while (value < lineEnd && char.IsWhiteSpace(text[value]))
            {
                value++;
            }

            var span = source.At(start, name.Length);
            if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-' or '[' or ']')))
            {
                bag.Add(Errors.BadEnvironmentLine(source.At(start, lineEnd - start)));
                at = lineEnd;
                continue;
            }

            (var line, at) = Value(text, name, value, lineEnd, span);
            if (line is null)
            {
                bag.Add(Errors.OpenQuote(source.At(value, 1)));
                return lines.DrainToImmutable();
            }

            lines.Add(line);
        }

        return lines.DrainToImmutable();
    }

    /// <summary>The variables of a file of <c>format: raw</c>, as lines that mean the same in one that is not.</summary>
    public static IEnumerable<EnvironmentLine> ReadRaw(SourceText source)
    {
        var start = 0;
        foreach (var line in source.Text.Split('\n'))
        {
            var (text, span) = (line.TrimEnd('\r'), source.At(start, line.Length));
            start += line.Length + 1;
            if (text.IndexOf('=', StringComparison.Ordinal) is var equals and > 0 && text[0] != '#')
            {
                yield return new EnvironmentLine(text[..equals].Trim(), Escaped(text[(equals + 1)..]), '"', span);
            }
        }
    }

    /// <summary>What each variable comes to, given those of the shell, which count more.</summary>
    public static Dictionary<string, string> Evaluate(IEnumerable<EnvironmentLine> lines, Func<string, string?> shell)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var raw = line.Quote == '"' ? Unescaped(line.Raw) : line.Raw;
            values[line.Name] =
                !line.IsLiteral && VariableText.Parse(raw) is { } parts
                    ? VariableText.Evaluate(parts, name => shell(name) ?? values.GetValueOrDefault(name)) ?? string.Empty
                    : raw;
        }

        return values;
    }

    /// <summary>A value as it has to stand behind <c>NAME=</c>, so that nothing in it is a variable.</summary>
    public static string Quoted(string value) =>
        value.Contains('\'', StringComparison.Ordinal) || value.Contains('\\', StringComparison.Ordinal) ? $"\"{Escaped(value)}\"" : $"'{value}'";

    private static int SkipToStatement(string text, int at)
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '#'))
        {
            at = text[at] == '#' ? EndOfLine(text, at) : at + 1;
        }

        return at;
    }

    private static int EndOfLine(string text, int at) => text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;

    private static string Name(string text)
    {
        const string Export = "export";
        var isExported =
            text.Length > Export.Length && text.StartsWith(Export, StringComparison.Ordinal) && char.IsWhiteSpace(text[Export.Length]);
        return (isExported ? text[Export.Length..] : text).Trim();
    }

    // Null where a quote is not closed.
    private static (EnvironmentLine? Line, int End) Value(string text, string name, int start, int lineEnd, SourceSpan span)
    {
        if (start >= lineEnd || text[start] is not ('"' or '\'') || start >= text.Length)
        {
            var rest = text[Math.Min(start, lineEnd)..lineEnd];
            var comment = rest.IndexOf(" #", StringComparison.Ordinal);
            return (new EnvironmentLine(name, (comment < 0 ? rest : rest[..comment]).TrimEnd(), '\0', span), lineEnd);
        }

        var quote = text[start];
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == quote)
            {
                return (new EnvironmentLine(name, text[(start + 1)..i], quote, span), i + 1);
            }
        }

        return (null, text.Length);
    }

    private static string Escaped(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("$", @"\$", StringComparison.Ordinal);

    private static string Unescaped(string raw)
    {
        var text = new StringBuilder();
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                text.Append(raw[i]);
                continue;
            }

            _ = raw[++i] switch
            {
                'n' => text.Append('\n'),
                'r' => text.Append('\r'),
                't' => text.Append('\t'),
                // A dollar sign that means itself.
                '$' => text.Append("$$"),
                '"' or '\\' => text.Append(raw[i]),
                var other => text.Append('\\').Append(other),
            };
        }

        return text.ToString();
    }
}
