namespace ComposeGen.Diagnostics;

/// <summary>"Did you mean": the nearest of the names there are. Whoever asks often gives <see cref="KnownNames"/>.</summary>
internal static class Suggest
{
    /// <summary>
    /// The candidate with the fewest edits from <paramref name="name"/>, at most a third of its length (and always one);
    /// null when none is that near. Of equally near ones the first in ordinal order. A name that is the end of one candidate
    /// alone (<c>week1</c> of <c>course/week1</c>) is nearest to that.
    /// </summary>
    public static string? Nearest(string name, IEnumerable<string> candidates) => Known(candidates).Nearest(name);

    /// <summary>A hint that suggests the nearest name, or lists what there is (ten at most).</summary>
    public static string Hint(string name, IReadOnlyCollection<string> candidates, string ifNone)
    {
        if (candidates.Count == 0)
        {
            return ifNone;
        }

        var known = Known(candidates);
        return known.Nearest(name) is { } nearest ? $"did you mean `{nearest}`?" : $"there is {known.List}";
    }

    /// <summary>The names in ordinal order, ten at most, then how many more.</summary>
    public static string List(IReadOnlyCollection<string> names)
    {
        const int Most = 10;
        var shown = string.Join(", ", names.Order(StringComparer.Ordinal).Take(Most).Select(name => $"`{name}`"));
        return names.Count > Most ? $"{shown} and {names.Count - Most} more" : shown;
    }

    private static KnownNames Known(IEnumerable<string> candidates) => candidates as KnownNames ?? new KnownNames(candidates);
}
