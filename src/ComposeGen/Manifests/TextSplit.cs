using System.Collections.Immutable;

namespace ComposeGen.Manifests;

/// <summary>Short syntaxes are split at signs, but not at those inside <c>${…}</c> or <c>[…]</c>.</summary>
internal static class TextSplit
{
    public static ImmutableArray<string> At(string text, char sign)
    {
        var parts = ImmutableArray.CreateBuilder<string>();
        var start = 0;
        var mayClose = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '$')
            {
                i = VariableText.EndOf(text, i) - 1;
            }
            else if (text[i] == '[' && mayClose)
            {
                // Where nothing closes this one, nothing closes the next, and need not be looked for again.
                var close = text.IndexOf(']', i);
                mayClose = close > 0;
                i = mayClose ? close : i;
            }
            else if (text[i] == sign)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[Math.Min(start, text.Length)..]);
        return parts.DrainToImmutable();
    }
}
