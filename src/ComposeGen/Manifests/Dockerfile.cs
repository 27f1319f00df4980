using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>What a Dockerfile says about ports: the <c>EXPOSE</c>d ones of its last stage, those inherited from earlier stages included.</summary>
internal static class Dockerfile
{
    /// <returns>Port texts as a descriptor would list them (<c>80</c>, <c>53/udp</c>, <c>3000-3005</c>), each with its place.</returns>
    public static ImmutableArray<YamlScalar> ExposedPorts(SourceText source, DiagnosticBag bag)
    {
        var stages = new Dictionary<string, List<YamlScalar>>(StringComparer.OrdinalIgnoreCase);
        var current = new List<YamlScalar>();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var instruction in Instructions(source))
        {
            switch (instruction.Keyword)
            {
                case "FROM":
                    current = Stage(instruction, stages, index++);
                    break;
                case "ARG" or "ENV":
                    Define(instruction, variables);
                    break;
                case "EXPOSE":
                    current.AddRange(Exposed(source.File, instruction, variables, bag));
                    break;
            }
        }

        return [.. current.DistinctBy(port => port.Value.Replace("/tcp", string.Empty, StringComparison.Ordinal))];
    }

    private static List<YamlScalar> Stage(Instruction instruction, Dictionary<string, List<YamlScalar>> stages, int index)
    {
        // FROM [--platform=…] IMAGE [AS NAME]
        var words = instruction
            .Words.Where(word => !word.Text.StartsWith("--", StringComparison.Ordinal))
            .Select(word => word.Text)
            .ToList();
        List<YamlScalar> ports = words.Count > 0 && stages.TryGetValue(words[0], out var inherited) ? [.. inherited] : [];
        stages[index.ToString(System.Globalization.CultureInfo.InvariantCulture)] = ports;
        if (words.Count == 3 && words[1].Equals("AS", StringComparison.OrdinalIgnoreCase))
        {
            stages[words[2]] = ports;
        }

        return ports;
    }

    private static void Define(Instruction instruction, Dictionary<string, string> variables)
    {
        foreach (var (text, _, _) in instruction.Words)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                variables[text[..equals]] = Substitute(text[(equals + 1)..].Trim('"', '\''), variables) ?? string.Empty;
            }
        }

        // ENV NAME VALUE, the old form.
        if (instruction is { Keyword: "ENV", Words: [var name, var value] } && !name.Text.Contains('=', StringComparison.Ordinal))
        {
            variables[name.Text] = value.Text;
        }
    }

    private static IEnumerable<YamlScalar> Exposed(
        string file,
        Instruction instruction,
        Dictionary<string, string> variables,
        DiagnosticBag bag
    )
    {
        foreach (var (text, line, column) in instruction.Words)
        {
            var span = new SourceSpan(file, line, column, text.Length);
            if (Substitute(text.Trim('"', '\''), variables) is { Length: > 0 } port)
            {
                yield return new YamlScalar(port.ToLowerInvariant(), false, span);
            }
            else
            {
                bag.Add(Errors.UnknownExposedPort(span, text));
            }
        }
    }

    // $NAME, ${NAME} and ${NAME:-DEFAULT}; null where a variable has no value that is known before the build.
    private static string? Substitute(string text, Dictionary<string, string> variables)
    {
        var dollar = text.IndexOf('$', StringComparison.Ordinal);
        if (dollar < 0)
        {
            return text;
        }

        var isBraced = dollar + 1 < text.Length && text[dollar + 1] == '{';
        var start = dollar + (isBraced ? 2 : 1);
        var end = start;
        while (end < text.Length && (isBraced ? text[end] != '}' : char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        var name = text[start..end].Split(":-", 2);
        var value = variables.GetValueOrDefault(name[0]) is { Length: > 0 } known ? known : name.ElementAtOrDefault(1);
        var rest = Substitute(text[Math.Min(text.Length, end + (isBraced ? 1 : 0))..], variables);
        return value is null || rest is null ? null : text[..dollar] + value + rest;
    }

    // Logical lines: comments left out, continuations joined, bodies of here-documents passed over.
    private static IEnumerable<Instruction> Instructions(SourceText source)
    {
        var lines = source.Text.Split('\n');
        var escape = lines
            .TakeWhile(l => l.StartsWith('#'))
            .Any(l =>
                l.Replace(" ", string.Empty, StringComparison.Ordinal).TrimEnd('\r').Equals("#escape=`", StringComparison.OrdinalIgnoreCase)
            )
            ? '`'
            : '\\';
        for (var i = 0; i < lines.Length; i++)
        {
            var words = new List<Word>();
            var isContinued = true;
            for (; isContinued && i < lines.Length; i++)
            {
                var line = lines[i].TrimEnd();
                if (line.AsSpan().TrimStart() is [] or ['#', ..])
                {
                    isContinued = words.Count > 0;
                    continue;
                }

                isContinued = line[^1] == escape;
                words.AddRange(Split(isContinued ? line[..^1] : line, i + 1));
            }

            i--;
            if (words.Count == 0)
            {
                continue;
            }

            yield return new Instruction(words[0].Text.ToUpperInvariant(), words[1..]);
            foreach (var end in words.Where(IsHereDocument).Select(word => word.Text.TrimStart('<', '-').Trim('"', '\'')))
            {
                i = Array.FindIndex(lines, Math.Min(i + 1, lines.Length), l => l.Trim() == end) is var found and >= 0
                    ? found
                    : lines.Length;
            }
        }
    }

    private static bool IsHereDocument(Word word) =>
        word.Text.StartsWith("<<", StringComparison.Ordinal) && !word.Text.StartsWith("<<<", StringComparison.Ordinal);

    private static IEnumerable<Word> Split(string line, int number)
    {
        for (var i = 0; i < line.Length; i++)
        {
            var start = i;
            while (i < line.Length && !char.IsWhiteSpace(line[i]))
            {
                i++;
            }

            if (i > start)
            {
                yield return new Word(line[start..i], number, start + 1);
            }
        }
    }

    private readonly record struct Word(string Text, int Line, int Column);

    private sealed record Instruction(string Keyword, List<Word> Words);
}
