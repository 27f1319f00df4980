using System.Globalization;

namespace ComposeGen.Manifests.Specification;

/// <summary>Sizes such as <c>512m</c> (Compose Specification, chapter Specifying byte values): units are powers of 1024.</summary>
internal static class ByteSize
{
    /// <summary>The number of bytes; a number without a unit is itself. Null where the text is no size.</summary>
    public static decimal? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var end = text.LastIndexOfAny([.. "0123456789. "]) + 1;
        var power = text[end..].ToLowerInvariant() switch
        {
            "" or "b" => 0,
            ['k', ..] => 1,
            ['m', ..] => 2,
            ['g', ..] => 3,
            ['t', ..] => 4,
            ['p', ..] => 5,
            _ => -1,
        };
        if (power < 0 || !decimal.TryParse(text[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number > int.MaxValue * 1024m)
        {
            return null;
        }

        for (; power > 0; power--)
        {
            number *= 1024;
        }

        return number;
    }
}
