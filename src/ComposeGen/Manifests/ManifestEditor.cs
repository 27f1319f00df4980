using System.Collections.Immutable;

namespace ComposeGen.Manifests;

/// <summary>Changes lines of <c>which-project</c>; every other line, and every comment, stays as it is, line ends included.</summary>
internal static class ManifestEditor
{
    /// <summary>The text with one more entry, at the end.</summary>
    public static string With(string text, string entry)
    {
        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return $"{text}{(text.Length == 0 || text[^1] == '\n' ? string.Empty : end)}{entry}{end}";
    }

    /// <summary>The text without some entries. A comment behind one stays, on its line.</summary>
    public static string Without(string text, IEnumerable<ManifestEntry> entries)
    {
        var places = entries.ToImmutableDictionary(entry => entry.Span.Line, entry => entry.Span);
        return string.Concat(Lines(text).Select((line, i) => places.TryGetValue(i + 1, out var place) ? Rest(line, place.Column - 1 + place.Length) : line));
    }

    // What is left of a line without its entry: nothing, or the comment behind it.
    private static string Rest(string line, int end)
    {
        var comment = line[end..].TrimStart(' ', '\t');
        return comment.TrimEnd('\r', '\n').Length == 0 ? string.Empty : comment;
    }

    private static IEnumerable<string> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var at ? at + 1 : text.Length;
            yield return text[start..end];
            start = end;
        }
    }
}
