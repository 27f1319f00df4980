using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>The versions of Python that a project's files ask for, as the official image is tagged with them.</summary>
internal static class PythonVersion
{
    /// <summary>Whether this is <c>3</c>, <c>3.N</c> or <c>3.N.M</c>.</summary>
    public static bool IsTag(string text) => Parts(text) is { Length: <= 3 } parts && parts[0] == 3;

    /// <summary>The version in <c>.python-version</c> (its first line) or <c>runtime.txt</c> (<c>python-3.11.4</c> too).</summary>
    /// <returns>Null with a diagnostic where there is none that the image can have.</returns>
    public static string? Read(SourceText source, DiagnosticBag bag)
    {
        foreach (var line in PlainLines.Read(source))
        {
            var text = line.Value.StartsWith("python-", StringComparison.Ordinal) ? line.Value["python-".Length..] : line.Value;
            if (IsTag(text))
            {
                return text;
            }

            bag.Add(Errors.BadPythonVersion(line.Span, line.Value));
            return null;
        }

        bag.Add(Errors.BadPythonVersion(source.At(0, 1), string.Empty));
        return null;
    }

    /// <summary>The numbers of a version; null where it is none.</summary>
    public static int[]? Parts(string text)
    {
        var parts = text.Split('.');
        return parts.All(part => part.Length is > 0 and <= 4 && part.All(char.IsAsciiDigit))
            ? [.. parts.Select(part => int.Parse(part, CultureInfo.InvariantCulture))]
            : null;
    }
}

/// <summary>
/// A range of versions, in the words of PEP 440 (<c>&gt;=3.10,&lt;3.13</c>, <c>~=3.11</c>, <c>==3.11.*</c>) or Poetry's
/// (<c>^3.10</c>, <c>~3.10</c>, <c>3.11.*</c>).
/// </summary>
internal sealed record PythonRange(SourceSpan Span, string Text)
{
    // Of several that a range allows, the first is taken if the default is not: the newest, but for one that many packages lack still.
    private static readonly ImmutableArray<string> Known = ["3.13", "3.12", "3.11", "3.10", "3.9", "3.8", "3.7", "3.6", "3.14"];

    // A minor version stands for its newest release, whichever that is.
    private const int NewestPatch = 9999;

    private static readonly string[] Operators = ["===", "==", "~=", "!=", ">=", "<=", ">", "<", "^", "~"];

    /// <summary>The preferred version where the range allows it, else the newest that it allows; null with a diagnostic if none.</summary>
    public string? Choose(string preferred, DiagnosticBag bag)
    {
        var conditions = Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToList();
        if (conditions.Contains(null))
        {
            bag.Add(Errors.BadPythonVersion(Span, Text));
            return null;
        }

        var exact = conditions.FirstOrDefault(condition => condition is { Operator: "==" or "===", IsPrefix: false, Parts.Length: 3 });
        string[] candidates = exact is null ? [preferred, .. Known] : [exact.Version];
        var chosen = candidates.FirstOrDefault(candidate => conditions.All(condition => condition!.Allows(candidate)));
        if (chosen is null)
        {
            bag.Add(Errors.BadPythonVersion(Span, Text));
        }

        return chosen;
    }

    private static Condition? Parse(string text)
    {
        var sign = Operators.FirstOrDefault(sign => text.StartsWith(sign, StringComparison.Ordinal)) ?? string.Empty;
        var version = text[sign.Length..].Trim();
        if (version == "*" && sign.Length == 0)
        {
            return new Condition(">=", [3], IsPrefix: false);
        }

        var isPrefix = version.EndsWith(".*", StringComparison.Ordinal);
        var parts = PythonVersion.Parts(isPrefix ? version[..^2] : version);
        // Without an operator Poetry and Pipenv mean this version, and with fewer numbers all of its releases.
        return parts is null ? null
            : sign.Length == 0 ? new Condition("==", parts, isPrefix || parts.Length < 3)
            : new Condition(sign, parts, isPrefix || (sign == "==" && parts.Length < 3));
    }

    private sealed record Condition(string Operator, int[] Parts, bool IsPrefix)
    {
        public string Version => string.Join('.', Parts);

        public bool Allows(string candidate)
        {
            var version = PythonVersion.Parts(candidate)!;
            int[] newest = [version[0], version.ElementAtOrDefault(1), version.Length > 2 ? version[2] : NewestPatch];
            var order = Compare(newest, Parts);
            return Operator switch
            {
                "==" or "===" => IsPrefix ? HasPrefix(newest, Parts.Length) : order == 0,
                "!=" => IsPrefix ? !HasPrefix(newest, Parts.Length) : order != 0,
                ">=" => order >= 0,
                "<=" => order <= 0,
                // PEP 440: `>3.10` does not allow 3.10.1 either.
                ">" => order > 0 && !(Parts.Length < 3 && HasPrefix(newest, Parts.Length)),
                "<" => order < 0,
                "^" => order >= 0 && HasPrefix(newest, 1),
                "~=" => order >= 0 && HasPrefix(newest, Math.Max(1, Parts.Length - 1)),
                _ => order >= 0 && HasPrefix(newest, Math.Min(2, Parts.Length)),
            };
        }

        private bool HasPrefix(int[] version, int count) => version.Take(count).SequenceEqual(Parts.Take(count));

        private static int Compare(int[] a, int[] b)
        {
            for (var i = 0; i < a.Length; i++)
            {
                if (a[i].CompareTo(b.ElementAtOrDefault(i)) is var order and not 0)
                {
                    return order;
                }
            }

            return 0;
        }
    }
}
