using System.Collections;
using F23.StringSimilarity;

namespace ComposeGen.Diagnostics;

/// <summary>
/// Names that there are, to be compared with many that there are not: what is worked out for the first serves the others too.
/// Comparing is bounded over all of them together, so that ten thousand mistakes among ten thousand names do not take minutes.
/// </summary>
internal sealed class KnownNames(IEnumerable<string> names) : IReadOnlyCollection<string>
{
    /// <summary>How many edit distances are worked out at most; nothing is near any more after that. It takes less than a second.</summary>
    public const int MostComparisons = 250_000;

    // What is longer is no name that somebody mistyped, and comparing two costs their lengths' product.
    private const int Longest = 200;

    private static readonly char[] Separators = ['/', ':'];

    private readonly string[] _names = [.. names];
    private readonly OptimalStringAlignment _alignment = new();
    private Dictionary<string, List<string>>? _byEnd;
    private string? _list;

    public int Count => _names.Length;

    /// <summary>How many edit distances were worked out.</summary>
    public int Comparisons { get; private set; }

    /// <summary>The names in ordinal order, ten at most, then how many more.</summary>
    public string List => _list ??= Suggest.List(_names);

    /// <summary>Those that end with <c>/</c> or <c>:</c> and this.</summary>
    public IReadOnlyList<string> EndedBy(string end) => (_byEnd ??= ByEnd()).GetValueOrDefault(end) ?? [];

    /// <summary>See <see cref="Suggest.Nearest"/>.</summary>
    public string? Nearest(string name)
    {
        if (name.Length > Longest)
        {
            return null;
        }

        if (EndedBy(name) is [var only])
        {
            return only;
        }

        var limit = Math.Max(1, name.Length / 3);
        (double Distance, string Name)? nearest = null;
        foreach (var candidate in _names)
        {
            if (Math.Abs(candidate.Length - name.Length) > limit || Comparisons == MostComparisons)
            {
                continue;
            }

            Comparisons++;
            var distance = Distance(name, candidate);
            if (distance <= limit && (nearest is not { } best || distance < best.Distance || (distance == best.Distance && string.CompareOrdinal(candidate, best.Name) < 0)))
            {
                nearest = (distance, candidate);
            }
        }

        return nearest?.Name;
    }

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Dictionary<string, List<string>> ByEnd()
    {
        var byEnd = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var name in _names)
        {
            for (var at = name.IndexOfAny(Separators); at >= 0; at = name.IndexOfAny(Separators, at + 1))
            {
                if (name.Length - at - 1 is > 0 and <= Longest)
                {
                    var end = name[(at + 1)..];
                    if (!byEnd.TryGetValue(end, out var ended))
                    {
                        byEnd[end] = ended = [];
                    }

                    ended.Add(name);
                }
            }
        }

        return byEnd;
    }

    // Case first: `Services` for `services` is one slip of the shift key, not one edit among many.
    private double Distance(string a, string b) =>
        string.Equals(a, b, StringComparison.OrdinalIgnoreCase) ? 0.5 : _alignment.Distance(a, b);
}
