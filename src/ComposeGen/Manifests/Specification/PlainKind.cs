namespace ComposeGen.Manifests.Specification;

/// <summary>What a scalar without quotes is to Compose's YAML reader.</summary>
internal enum PlainKind
{
    Null,
    Boolean,
    Integer,
    Float,
    Date,
    Text,
}

internal static class PlainKinds
{
    /// <summary>The kind of a scalar; one in quotes is a text whatever it says.</summary>
    public static PlainKind Of(YamlScalar scalar)
    {
        var text = scalar.Value;
        if (!scalar.IsPlain)
        {
            return PlainKind.Text;
        }

        if (scalar.IsNull)
        {
            return PlainKind.Null;
        }

        if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            return PlainKind.Boolean;
        }

        return text[0] is (>= '0' and <= '9') or '.' or '-' or '+' ? Number(text) : PlainKind.Text;
    }

    private static PlainKind Number(string text)
    {
        var sign = text[0] is '-' or '+' ? 1 : 0;
        if (text[sign..] is ".inf" or ".Inf" or ".INF" || text is ".nan" or ".NaN" or ".NAN")
        {
            return PlainKind.Float;
        }

        // Compose refuses a date wherever it stands.
        if (text.AsSpan().IndexOfAnyExceptInRange('0', '9') == 4 && text[4] == '-')
        {
            return PlainKind.Date;
        }

        var digits = text.Replace("_", string.Empty, StringComparison.Ordinal)[sign..];
        return digits switch
        {
            ['0', 'x' or 'X', .. var hex] => All(hex, char.IsAsciiHexDigit),
            ['0', 'o' or 'O', .. var octal] => All(octal, c => c is >= '0' and <= '7'),
            ['0', 'b' or 'B', .. var binary] => All(binary, c => c is '0' or '1'),
            ['0', _, ..] when digits.All(char.IsAsciiDigit) => digits.All(c => c <= '7') ? PlainKind.Integer : PlainKind.Float,
            _ when digits.Length is > 0 and < 20 && digits.All(char.IsAsciiDigit) => PlainKind.Integer,
            _ => IsFloat(digits) ? PlainKind.Float : PlainKind.Text,
        };
    }

    private static PlainKind All(string digits, Func<char, bool> isDigit) =>
        digits.Length > 0 && digits.All(isDigit) ? PlainKind.Integer : PlainKind.Text;

    // Digits with one point among or before them, then perhaps an exponent.
    private static bool IsFloat(string text)
    {
        var exponent = text.IndexOfAny(['e', 'E']);
        var number = exponent < 0 ? text : text[..exponent];
        var power = exponent < 0 ? "0" : text[(exponent + 1)..].TrimStart('+', '-');
        return number.Count(c => c == '.') <= 1
            && number.Any(char.IsAsciiDigit)
            && number.All(c => c == '.' || char.IsAsciiDigit(c))
            && power.Length > 0
            && power.All(char.IsAsciiDigit);
    }
}
