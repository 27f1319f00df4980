using System.Collections.Immutable;

namespace ComposeGen.Diagnostics;

/// <summary>
/// One section of <c>docs/errors.md</c>, which is part of the program: what a code means, why, an example and the mend.
/// </summary>
/// <param name="Code">For example <c>CG0107</c>.</param>
/// <param name="Title">The heading, without the code.</param>
/// <param name="Text">What follows the heading, in Markdown.</param>
internal sealed record ErrorPage(string Code, string Title, string Text)
{
    private const string Heading = "\n## CG";

    private static readonly Lazy<ImmutableArray<ErrorPage>> Sections = new(Read);

    /// <summary>Every section, in the order of the codes.</summary>
    public static ImmutableArray<ErrorPage> All => Sections.Value;

    /// <summary>How grave a problem of this code is: its section begins with the word where it stops nothing.</summary>
    public Severity Severity =>
        Text.StartsWith("Warning", StringComparison.Ordinal) ? Severity.Warning
        : Text.StartsWith("Note", StringComparison.Ordinal) ? Severity.Note
        : Severity.Error;

    /// <summary>The section of a code; null where there is none.</summary>
    public static ErrorPage? Of(string code) => All.FirstOrDefault(page => page.Code == code);

    private static ImmutableArray<ErrorPage> Read()
    {
        using var stream = typeof(ErrorPage).Assembly.GetManifestResourceStream("docs/errors.md")!;
        using var reader = new StreamReader(stream);
        var parts = reader.ReadToEnd().ReplaceLineEndings("\n").Split(Heading);
        return [.. parts.Skip(1).Select(Section).OrderBy(page => page.Code, StringComparer.Ordinal)];
    }

    private static ErrorPage Section(string text)
    {
        var line = text.IndexOf('\n', StringComparison.Ordinal);
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        return new ErrorPage($"CG{text[..colon]}", text[(colon + 2)..line], text[line..].Trim('\n'));
    }
}
