namespace ComposeGen.Benchmarks.Runs;

/// <summary>One run tells little; a figure is the median of several.</summary>
internal static class Repeated
{
    /// <summary>Two measurements in turn, after one of each that does not count: what slows the machine down meets both.</summary>
    public static List<(double A, double B)> Pairs(int times, Func<double> a, Func<double> b)
    {
        a();
        b();
        return [.. Enumerable.Range(0, times).Select(_ => (a(), b()))];
    }

    public static double Median<T>(IEnumerable<T> runs, Func<T, double> value)
    {
        var sorted = runs.Select(value).Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
