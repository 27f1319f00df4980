namespace ComposeGen.Manifests;

/// <summary>
/// Short texts that many files have, kept once: <c>image</c>, <c>true</c>, <c>5432</c>. The trees of all projects stay in memory
/// until the end, and every other text in them is one of a few.
/// </summary>
internal static class SharedTexts
{
    // In UTF-16 units: longer ones are seldom the same.
    private const int Longest = 24;

    private const int Places = 1 << 12;

    // A text that has another one's place takes it. Two threads that do so at once may each keep their own, which is no harm.
    private static readonly string?[] Texts = new string?[Places];

    /// <summary>A text that says the same.</summary>
    public static string Of(string text)
    {
        if (text.Length > Longest)
        {
            return text;
        }

        ref var place = ref Texts[text.GetHashCode(StringComparison.Ordinal) & (Places - 1)];
        return place is { } known && known == text ? known : place = text;
    }
}
