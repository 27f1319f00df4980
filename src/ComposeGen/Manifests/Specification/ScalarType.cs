using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ComposeGen.Manifests.Specification;

/// <summary>
/// A type of scalars: which YAML kinds it may have without quotes, and what its text has to look like. Compose converts a
/// text to what a key wants, so that <c>"true"</c> and <c>"8"</c> are as good as <c>true</c> and <c>8</c> (Compose Specification,
/// chapter Interpolation).
/// </summary>
/// <param name="Description">In words: "a duration".</param>
/// <param name="Plural">The same for several: "durations".</param>
/// <param name="Kinds">The kinds of plain scalars, beside texts.</param>
/// <param name="Example">What to write instead.</param>
internal sealed record ScalarType(string Description, string Plural, ImmutableArray<PlainKind> Kinds, string? Example = null)
{
    /// <summary>What a text has to match, as a regular expression that JSON Schema takes too; null for any text.</summary>
    public string? Pattern { get; init; }

    /// <summary>False where only plain scalars of the kinds will do.</summary>
    public bool TakesText { get; init; } = true;

    /// <summary>The bounds of a number; null for none.</summary>
    public long? Least { get; init; }

    public long? Most { get; init; }

    /// <summary>In words, with its bounds.</summary>
    public string Expected =>
        (Least, Most) switch
        {
            (null, null) => Description,
            ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $"{Description} of at least {least}"),
            var (least, most) => string.Create(CultureInfo.InvariantCulture, $"{Description} from {least} to {most}"),
        };

    /// <summary>The only texts there are; empty where there are others.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    private static readonly Dictionary<string, ScalarType> Named = new ScalarType[]
    {
        new("a text", "texts", []),
        new("true or false", "true or false", [PlainKind.Boolean], "true") { Pattern = "^([tT][rR][uU][eE]|[fF][aA][lL][sS][eE]|[yY]|[yY][eE][sS]|[oO][nN]|[nN]|[nN][oO]|[oO][fF][fF])$" },
        new("true or false", "true or false", [PlainKind.Boolean], "true") { TakesText = false },
        new("a whole number", "whole numbers", [PlainKind.Integer], "1") { Pattern = Whole },
        // Of these keys Compose takes a fraction too, and drops it.
        new("a whole number", "whole numbers", [PlainKind.Integer, PlainKind.Float], "1") { Pattern = Whole },
        new("a number", "numbers", [PlainKind.Integer, PlainKind.Float], "0.5") { Pattern = Decimal },
        new("a size in bytes", "sizes", [PlainKind.Integer, PlainKind.Float], "512m") { Pattern = Size },
        new("a size in bytes", "sizes", [PlainKind.Integer], "512m") { Pattern = Size },
        new("a size in bytes", "sizes", [], "512m") { Pattern = Size },
        new("a duration", "durations", [], "30s") { Pattern = Duration },
        new("always, never, missing, build, daily, weekly or every_…", "policies", [], "every_12h")
        {
            Pattern = "always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+",
        },
        new("a container's name", "names", [], "web-1") { Pattern = "^[a-zA-Z0-9][a-zA-Z0-9_.-]+$" },
    }.Zip((string[])["text", "bool", "flag", "integer", "whole", "number", "bytes", "int-bytes", "text-bytes", "duration", "pull", "name"])
        .ToDictionary(pair => pair.Second, pair => pair.First, StringComparer.Ordinal);

    private const string Whole = "^[+-]?[0-9]+$";

    private const string Decimal = @"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$";

    // Units of 1024, whatever their spelling (docker/go-units).
    private const string Size = @"^\+?([0-9][0-9_]*(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)? ?([bB]|[kKmMgGtTpP]([iI]?[bB])?)?$";

    private const string Duration = "^[+-]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h|d|w))+)$";

    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    /// <summary>The type of this name in <see cref="ComposeTable"/>, which may have bounds: <c>integer(0..100)</c>.</summary>
    public static ScalarType? Of(string name)
    {
        var open = name.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return Named.GetValueOrDefault(name);
        }

        var bounds = name[(open + 1)..^1].Split("..");
        return Named.GetValueOrDefault(name[..open]) is { } type ? type with { Least = Bound(bounds[0]), Most = Bound(bounds[1]) } : null;
    }

    /// <summary>One of these texts.</summary>
    public static ScalarType OneOf(ImmutableArray<string> values) =>
        new(values.Length == 1 ? $"`{values[0]}`" : $"one of {string.Join(", ", values.Select(value => $"`{value}`"))}", "texts", []) { Values = values };

    /// <summary>Whether a text is one of this type.</summary>
    public bool Takes(string text) =>
        TakesText
        && (Values.IsEmpty || Values.Contains(text))
        && (Pattern is null || Patterns.GetOrAdd(Pattern, pattern => new Regex(pattern, RegexOptions.CultureInvariant)).IsMatch(text))
        && (Least is null && Most is null || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || IsWithin(number));

    public bool IsWithin(decimal number) => !(number < Least) && !(number > Most);

    private static long? Bound(string text) => text.Length == 0 ? null : long.Parse(text, CultureInfo.InvariantCulture);
}
