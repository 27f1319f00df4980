using System.Text.RegularExpressions;

namespace ComposeGen.Tests.Docs;

/// <summary>What is printed, compared with what a page says that is printed.</summary>
internal static partial class Printed
{
    private const string LeftOut = "…";

    // What is another one each time, on the page and here.
    private static readonly (Regex What, string By)[] Varying =
    [
        (Process(), "PROCESS"),
        (ProcessLine(), "  process   PROCESS"),
        (Kill(), "kill PROCESS"),
        (Token(), "token=TOKEN"),
        (Checksum(), "CHECKSUM"),
        (ImageTag(), ":TAG"),
        (ContainerAddress(), "ADDRESS "),
        (Since(), " SINCE "),
        (Duration(), "TIME"),
        (Size(), "SIZE"),
        (Version(), "VERSION"),
    ];

    public static IReadOnlyList<string> Lines(string text, bool withProgress = true) =>
        [
            .. text.TrimEnd('\n')
                .Split('\n')
                .Where(line => withProgress || !(Progress().IsMatch(line) || line.Length == 0))
                .Select(line => Varying.Aggregate(line.TrimEnd(), (rest, varying) => varying.What.Replace(rest, varying.By)))
                .SkipWhile(line => line.Length == 0),
        ];

    /// <summary>Whether a page shows what Docker prints while it works, and the like. Where it does not, that is left out of the comparison.</summary>
    public static bool HasProgress(string expected) => expected.Split('\n').Any(line => Progress().IsMatch(line));

    /// <summary>Line by line. "…" stands for any lines; at a line's end, for the rest of it.</summary>
    public static bool IsMatch(IReadOnlyList<string> expected, IReadOnlyList<string> actual) => IsMatch(expected, 0, actual, 0);

    /// <summary>Whether the lines stand there one after another.</summary>
    public static bool IsPart(IReadOnlyList<string> expected, IReadOnlyList<string> actual) => IsMatch([LeftOut, .. expected, LeftOut], actual);

    private static bool IsMatch(IReadOnlyList<string> expected, int from, IReadOnlyList<string> actual, int at)
    {
        for (; from < expected.Count && expected[from].Trim() != LeftOut; from++, at++)
        {
            if (at == actual.Count || !IsSame(expected[from], actual[at]))
            {
                return false;
            }
        }

        return from == expected.Count
            ? at == actual.Count
            : Enumerable.Range(at, actual.Count - at + 1).Any(next => IsMatch(expected, from + 1, actual, next));
    }

    private static bool IsSame(string expected, string actual) =>
        expected == actual || (expected.EndsWith(" …", StringComparison.Ordinal) && actual.StartsWith(expected[..^1], StringComparison.Ordinal));

    // Lines of docker compose and of BuildKit, and where the tool says that it could tell more.
    [GeneratedRegex(
        @"^ ?(Container|Network|Volume|Image) \S+ +\w+( +[\d.]+s)?$|^ \S+ +(Built|Pulled|Skipped.*)$|^#\d+ |^time=""|^\[\+\] |^View build details|^`composegen explain CG\d{4}` tells more$|^Compose can now delegate"
    )]
    private static partial Regex Progress();

    [GeneratedRegex(@"\bprocess \d+ \([^)]+\)")]
    private static partial Regex Process();

    [GeneratedRegex(@"^  process +\d+ .*")]
    private static partial Regex ProcessLine();

    [GeneratedRegex(@"\bkill \d+")]
    private static partial Regex Kill();

    [GeneratedRegex(@"\btoken=[0-9a-f]{48}")]
    private static partial Regex Token();

    [GeneratedRegex(@"\b[0-9a-f]{64}\b")]
    private static partial Regex Checksum();

    [GeneratedRegex(@":[0-9a-f]{12}\b")]
    private static partial Regex ImageTag();

    [GeneratedRegex(@"\b(172\.(1[6-9]|2\d|3[01])|192\.168)\.\d+\.\d+ *")]
    private static partial Regex ContainerAddress();

    // A column of `status`, and its title.
    [GeneratedRegex(@" +(SINCE|Less than a second|About an? \w+|\d+ (seconds?|minutes?|hours?))( +|$)")]
    private static partial Regex Since();

    [GeneratedRegex(@"\b\d+(\.\d+)? (ms|s|min)\b")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\b\d+(\.\d+)? [kMG]?B\b")]
    private static partial Regex Size();

    [GeneratedRegex(@"^\d+\.\d+\.\d+$")]
    private static partial Regex Version();
}
