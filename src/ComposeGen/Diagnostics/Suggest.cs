using F23.StringSimilarity;

namespace ComposeGen.Diagnostics;

/// <summary>"Did you mean": the nearest of the names there are.</summary>
internal static class Suggest
{
    // What is longer is no name that somebody mistyped, and comparing two costs their lengths' product.
    private const int Longest = 200;

    /// <summary>
    /// The candidate with the fewest edits from <paramref name="name"/>, at most a third of its length (and always one);
    /// null when none is that near. Of equally near ones the first in ordinal order. A name that is the end of one candidate
    /// alone (<c>week1</c> of <c>course/week1</c>) is nearest to that.
    /// </summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        if (name.Length > Longest)
        {
            return null;
        }

        var known = candidates.ToList();
        if (known.Where(candidate => EndsWith(candidate, name)).Take(2).ToList() is [var only])
        {
            return only;
        }

        var limit = Math.Max(1, name.Length / 3);
        return known
            .Where(candidate => Math.Abs(candidate.Length - name.Length) <= limit)
            .Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= limit)
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>A hint that suggests the nearest name, or lists what there is (ten at most).</summary>
    public static string Hint(string name, IReadOnlyCollection<string> candidates, string ifNone)
    {
        if (candidates.Count == 0)
        {
            return ifNone;
        }

        return Nearest(name, candidates) is { } nearest ? $"did you mean `{nearest}`?" : $"there is {List(candidates)}";
    }

    /// <summary>The names in ordinal order, ten at most, then how many more.</summary>
    public static string List(IReadOnlyCollection<string> names)
    {
        const int Most = 10;
        var shown = string.Join(", ", names.Order(StringComparer.Ordinal).Take(Most).Select(name => $"`{name}`"));
        return names.Count > Most ? $"{shown} and {names.Count - Most} more" : shown;
    }

    private static bool EndsWith(string candidate, string name) =>
        candidate.Length > name.Length && candidate[^(name.Length + 1)] is '/' or ':' && candidate.EndsWith(name, StringComparison.Ordinal);

    // Case first: `Services` for `services` is one slip of the shift key, not one edit among many.
    private static double Distance(string a, string b) =>
        string.Equals(a, b, StringComparison.OrdinalIgnoreCase) ? 0.5 : new OptimalStringAlignment().Distance(a, b);
}
