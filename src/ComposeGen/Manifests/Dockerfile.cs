using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// A stage of a Dockerfile: its name (null where it has none), and the ports that it <c>EXPOSE</c>s, those inherited from
/// earlier stages included, as a descriptor would list them (<c>80</c>, <c>53/udp</c>, <c>3000-3005</c>).
/// </summary>
internal sealed record DockerfileStage(string? Name, SourceSpan Span, ImmutableList<YamlScalar> Ports)
{
    /// <summary>The ports without what <c>tcp</c> adds, by which one that is given twice is known.</summary>
    public ImmutableHashSet<string> Numbers { get; init; } = [];

    /// <summary>The image that it starts from; null where that is an earlier stage, or not known before the build.</summary>
    public string? Image { get; init; }

    /// <summary>What is to be said where this stage is built.</summary>
    public ImmutableList<Diagnostic> Problems { get; init; } = [];
}

/// <summary>What a Dockerfile says about its stages and their ports.</summary>
internal static class Dockerfile
{
    /// <returns>The ports of the last stage, which is the one that is built without a <c>target</c>.</returns>
    public static ImmutableList<YamlScalar> ExposedPorts(SourceText source, DiagnosticBag bag)
    {
        var last = Stages(source)[^1];
        bag.AddAll(last.Problems);
        return last.Ports;
    }

    /// <returns>All stages in their order; one without a name and a port where there is no <c>FROM</c>.</returns>
    public static ImmutableArray<DockerfileStage> Stages(SourceText source)
    {
        var stages = new List<DockerfileStage>();
        var current = new DockerfileStage(null, source.At(0, 1), []);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var instruction in Instructions(source))
        {
            switch (instruction.Keyword)
            {
                case "FROM":
                    stages.Add(current);
                    current = Stage(source, instruction, stages, variables);
                    break;
                case "ARG" or "ENV":
                    Define(instruction, variables);
                    break;
                case "EXPOSE":
                    current = Exposed(source.File, instruction, variables, current);
                    break;
            }
        }

        // The first one stands for what comes before the first FROM.
        return stages.Count == 0 ? [current] : [.. stages.Skip(1), current];
    }

    // FROM [--platform=…] IMAGE [AS NAME], where the image may be an earlier stage, by name or number.
    private static DockerfileStage Stage(SourceText source, Instruction instruction, List<DockerfileStage> before, Dictionary<string, string> variables)
    {
        var words = instruction.Words.Where(word => !word.Text.StartsWith("--", StringComparison.Ordinal)).ToList();
        var inherited = words.Count == 0 ? null : Earlier(before, words[0].Text);
        var name = words.Count == 3 && words[1].Text.Equals("AS", StringComparison.OrdinalIgnoreCase) ? words[2] : default(Word?);
        var at = name ?? instruction.Words.FirstOrDefault(new Word(" ", 1, 1));
        return new DockerfileStage(name?.Text, new SourceSpan(source.File, at.Line, at.Column, at.Text.Length), inherited?.Ports ?? [])
        {
            Image = inherited is null && words.Count > 0 ? Substitute(words[0].Text, variables) : null,
            Problems = inherited?.Problems ?? [],
            Numbers = inherited?.Numbers ?? [],
        };
    }

    private static DockerfileStage? Earlier(List<DockerfileStage> before, string name) =>
        before.FindLast(stage => string.Equals(stage.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? (
            int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < before.Count - 1
                ? before[number + 1]
                : null
        );

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

    private static DockerfileStage Exposed(
        string file,
        Instruction instruction,
        Dictionary<string, string> variables,
        DockerfileStage stage
    )
    {
        foreach (var (text, line, column) in instruction.Words)
        {
            var span = new SourceSpan(file, line, column, text.Length);
            if (Substitute(text.Trim('"', '\''), variables) is not { Length: > 0 } port)
            {
                stage = stage with { Problems = stage.Problems.Add(Errors.UnknownExposedPort(span, text)) };
            }
            else if (Number(port.ToLowerInvariant()) is var number && !stage.Numbers.Contains(number))
            {
                stage = stage with
                {
                    Ports = stage.Ports.Add(new YamlScalar(port.ToLowerInvariant(), false, span)),
                    Numbers = stage.Numbers.Add(number),
                };
            }
        }

        return stage;
    }

    private static string Number(string port) => port.Replace("/tcp", string.Empty, StringComparison.Ordinal);

    // $NAME, ${NAME} and ${NAME:-DEFAULT}; null where a variable has no value that is known before the build, or a long one: of
    // variables that are made of each other the last can fill the memory.
    private static string? Substitute(string text, Dictionary<string, string> variables)
    {
        const int Longest = 4096;
        var result = new StringBuilder();
        var at = 0;
        while (text.IndexOf('$', at) is var dollar and >= 0)
        {
            result.Append(text, at, dollar - at);
            var isBraced = dollar + 1 < text.Length && text[dollar + 1] == '{';
            var start = dollar + (isBraced ? 2 : 1);
            var end = start;
            while (end < text.Length && (isBraced ? text[end] != '}' : char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            var name = text[start..end].Split(":-", 2);
            if ((variables.GetValueOrDefault(name[0]) is { Length: > 0 } known ? known : name.ElementAtOrDefault(1)) is not { } value)
            {
                return null;
            }

            result.Append(value);
            at = Math.Min(text.Length, end + (isBraced ? 1 : 0));
            if (result.Length > Longest)
            {
                return null;
            }
        }

        return at == 0 ? text : result.Append(text, at, text.Length - at).ToString();
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
