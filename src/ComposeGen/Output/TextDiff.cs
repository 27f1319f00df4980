using System.Globalization;
using System.Text;
using ComposeGen.Diagnostics;
using DiffPlex;

namespace ComposeGen.Output;

/// <summary>A unified diff, as <c>git diff</c> shows one.</summary>
internal static class TextDiff
{
    private const int Context = 3;

    /// <returns>Empty where both are the same.</returns>
    public static string Unified(string file, string old, string now)
    {
        var oldLines = Lines(old);
        var newLines = Lines(now);
        var blocks = Differ
            .Instance.CreateLineDiffs(string.Join('\n', oldLines), string.Join('\n', newLines), ignoreWhitespace: false)
            .DiffBlocks;
        if (blocks.Count == 0)
        {
            return string.Empty;
        }

        var text = new StringBuilder($"--- {file}\n+++ {file}\n");
        var first = 0;
        while (first < blocks.Count)
        {
            // Changes whose surroundings meet are one hunk.
            var last = first;
            while (
                last + 1 < blocks.Count
                && blocks[last + 1].DeleteStartA - (blocks[last].DeleteStartA + blocks[last].DeleteCountA) <= 2 * Context
            )
            {
                last++;
            }

            AppendHunk(text, oldLines, newLines, [.. blocks.Skip(first).Take(last - first + 1)]);
            first = last + 1;
        }

        return text.ToString();
    }

    private static void AppendHunk(StringBuilder text, string[] oldLines, string[] newLines, DiffPlex.Model.DiffBlock[] blocks)
    {
        var from = Math.Max(0, blocks[0].DeleteStartA - Context);
        var to = Math.Min(oldLines.Length, blocks[^1].DeleteStartA + blocks[^1].DeleteCountA + Context);
        var newFrom = blocks[0].InsertStartB - (blocks[0].DeleteStartA - from);
        var newCount = to - from + blocks.Sum(block => block.InsertCountB - block.DeleteCountA);
        text.Append(CultureInfo.InvariantCulture, $"@@ -{Start(from, to - from)},{to - from} +{Start(newFrom, newCount)},{newCount} @@\n");
        var line = from;
        foreach (var block in blocks)
        {
            AppendLines(text, ' ', oldLines[line..block.DeleteStartA]);
            AppendLines(text, '-', oldLines[block.DeleteStartA..(block.DeleteStartA + block.DeleteCountA)]);
            AppendLines(text, '+', newLines[block.InsertStartB..(block.InsertStartB + block.InsertCountB)]);
            line = block.DeleteStartA + block.DeleteCountA;
        }

        AppendLines(text, ' ', oldLines[line..to]);
    }

    // In the unified format an empty side starts at the line before.
    private static int Start(int from, int count) => count == 0 ? from : from + 1;

    private static void AppendLines(StringBuilder text, char mark, string[] lines)
    {
        foreach (var line in lines)
        {
            text.Append(mark).Append(Shown(line)).Append('\n');
        }
    }

    // The file that is there may be anybody's, and the difference is looked at on a terminal or in a log.
    private static string Shown(string line) => string.Join('\t', line.Split('\t').Select(DiagnosticWriter.Visible));

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
