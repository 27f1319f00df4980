using System.Collections.Immutable;
using System.Text;

namespace ComposeGen.Output;

/// <summary>
/// The workspace's <c>.env</c>: values that must not be committed. What the tool writes stands in a block of its own; every
/// other line is the user's, and stays.
/// </summary>
internal static class EnvironmentFile
{
    private const string Start = "# >>> composegen";
    private const string End = "# <<< composegen";
    private const string About = " wrote this block and writes it anew: set a variable in a project's own .env, or outside of the block";

    /// <summary>The text with this block; without one where there are no lines for it.</summary>
    public static string With(string text, ImmutableArray<string> lines)
    {
        var (_, others) = Read(text);
        if (lines.IsEmpty)
        {
            return others;
        }

        // At the end: a value of the block may be one that the user has set, and a file is read from top to bottom.
        var result = new StringBuilder(others);
        if (others.Length > 0 && !others.EndsWith('\n'))
        {
            result.Append('\n');
        }

        result.Append(Start).Append(About).Append('\n');
        foreach (var line in lines)
        {
            result.Append(line).Append('\n');
        }

        return result.Append(End).Append('\n').ToString();
    }

    /// <summary>The lines of the block, and those outside of it.</summary>
    public static (string Block, string Others) Read(string text)
    {
        var (before, block, after) = Split(text);
        return (block, before + after);
    }

    private static (string Before, string Block, string After) Split(string text)
    {
        var start = LineStart(text, Start, 0);
        var end = start < 0 ? -1 : LineStart(text, End, start);
        if (end < 0)
        {
            // A block that does not end is not known to be one.
            return (text, string.Empty, string.Empty);
        }

        var behind = text.IndexOf('\n', end) is var newline and >= 0 ? newline + 1 : text.Length;
        var first = text.IndexOf('\n', start) + 1;
        return (text[..start], text[first..end], text[behind..]);
    }

    private static int LineStart(string text, string marker, int from)
    {
        for (
            var at = text.IndexOf(marker, from, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(marker, at + 1, StringComparison.Ordinal)
        )
        {
            if (at == 0 || text[at - 1] == '\n')
            {
                return at;
            }
        }

        return -1;
    }
}
