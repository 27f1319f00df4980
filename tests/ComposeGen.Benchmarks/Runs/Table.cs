using System.Globalization;

namespace ComposeGen.Benchmarks.Runs;

/// <summary>A table of Markdown on the terminal, as it stands in docs/performance.md.</summary>
internal static class Table
{
    public static void Write(string title, string[] heads, IEnumerable<string[]> rows)
    {
        string[][] lines = [heads, .. rows];
        var widths = heads.Select((_, i) => lines.Max(line => line[i].Length)).ToArray();
        Console.WriteLine($"\n### {title}\n");
        Console.WriteLine(Line(lines[0], widths));
        Console.WriteLine($"| {string.Join(" | ", widths.Select((width, i) => i == 0 ? new string('-', width) : new string('-', width - 1) + ':'))} |");
        foreach (var line in lines[1..])
        {
            Console.WriteLine(Line(line, widths));
        }
    }

    /// <summary>A time in milliseconds, as exact as it matters.</summary>
    public static string Milliseconds(double value) =>
        value >= 1000 ? Number(value / 1000, value >= 10_000 ? 1 : 2) + " s" : Number(value, value >= 100 ? 0 : 1) + " ms";

    public static string Megabytes(double? value) => value is { } known ? Number(known, 0) + " MiB" : "-";

    public static string Ratio(double value) => Number(value, value < 1 ? 3 : 1);

    public static string Number(double value, int digits = 0) => value.ToString($"N{digits.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);

    private static string Line(string[] cells, int[] widths) =>
        $"| {string.Join(" | ", cells.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])))} |";
}
