using System.Globalization;
using System.Numerics;

namespace ComposeGen.Manifests;

/// <summary>What Compose's YAML reader makes of a scalar without quotes where a text is wanted: <c>1.10</c> is <c>1.1</c>, <c>0x10</c> is <c>16</c>, <c>TRUE</c> is <c>true</c>.</summary>
internal static class PlainValue
{
    /// <summary>The text; null where it is not known, since the number is too large or too small to be written out.</summary>
    public static string? Text(YamlScalar scalar)
    {
        var text = scalar.Value;
        if (!scalar.IsPlain || scalar.IsNull)
        {
            return text;
        }

        if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            return text.ToLowerInvariant();
        }

        return !(char.IsAsciiDigit(text[0]) || text[0] is '.' or '-' or '+') ? text
            : Integer(text.Replace("_", string.Empty, StringComparison.Ordinal)) is { } integer ? integer
            : !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? text
            : number.ToString("R", CultureInfo.InvariantCulture) is var written && written.Contains('E', StringComparison.Ordinal) ? null
            : written;
    }

    private static string? Integer(string text)
    {
        var sign = text[0] == '-' ? "-" : string.Empty;
        var digits = text.TrimStart('-', '+');
        var number = digits switch
        {
            ['0', 'x' or 'X', .. var hex] => Digits(hex, 16),
            ['0', 'o' or 'O', .. var octal] => Digits(octal, 8),
            ['0', 'b' or 'B', .. var binary] => Digits(binary, 2),
            // As in YAML 1.1, unless it cannot be one: 017 is 15, and 08 is 8.
            ['0', _, ..] => Digits(digits, 8) ?? Digits(digits, 10),
            _ => Digits(digits, 10),
        };
        return number is null ? null : sign + number.Value.ToString(CultureInfo.InvariantCulture);
    }

    private static BigInteger? Digits(string text, int radix)
    {
        BigInteger? number = text.Length == 0 ? null : BigInteger.Zero;
        foreach (var c in text)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            number = digit < radix ? (number * radix) + digit : null;
        }

        return number;
    }
}
