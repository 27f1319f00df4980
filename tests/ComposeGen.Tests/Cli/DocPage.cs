using System.Text.RegularExpressions;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>What stands in a page of <c>docs/</c> for people to copy.</summary>
internal static partial class DocPage
{
    /// <summary>The blocks of a language in a page, in their order; below one heading only, where that is given.</summary>
    public static IEnumerable<string> Snippets(string page, string language, string? heading = null)
    {
        var text = File.ReadAllText(Repository.PathOf("docs", page)).ReplaceLineEndings("\n");
        if (heading is not null)
        {
            var parts = Regex.Split(text, "^## ", RegexOptions.Multiline);
            text = parts.Single(part => part.StartsWith($"{heading}\n", StringComparison.Ordinal));
        }

        return Block().Matches(text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["text"].Value);
    }

    /// <summary>The only one.</summary>
    public static string Snippet(string page, string language, string heading) => Snippets(page, language, heading).Single();

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
