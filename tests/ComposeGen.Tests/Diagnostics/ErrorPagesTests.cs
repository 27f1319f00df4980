using System.Text.RegularExpressions;
using ComposeGen.Diagnostics;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Diagnostics;

public partial class ErrorPagesTests
{
    [Test]
    public void Every_code_has_a_section_and_every_section_a_code()
    {
        var codes = Code()
            .Matches(string.Concat(Directory.GetFiles(Repository.PathOf("src", "ComposeGen", "Diagnostics"), "Errors*.cs").Select(File.ReadAllText)))
            .Select(match => match.Groups[1].Value)
            .Distinct();
        var sections = Section().Matches(File.ReadAllText(Repository.PathOf("docs", "errors.md"))).Select(match => match.Groups[1].Value);

        Assert.That(sections, Is.EquivalentTo(codes));
        Assert.That(ErrorPage.All.Select(page => page.Code), Is.EqualTo(sections), "in order, and `composegen explain` knows them");
    }

    /// <summary>What `composegen.yml` can ignore goes by the section's first word.</summary>
    [Test]
    public void A_section_says_how_grave_its_messages_are()
    {
        var source = string.Concat(
            Directory.GetFiles(Repository.PathOf("src", "ComposeGen", "Diagnostics"), "Errors*.cs").Select(File.ReadAllText)
        );
        var made = Factory()
            .Matches(source)
            .Select(match => $"{match.Groups["code"].Value} {match.Groups["severity"].Value}")
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.That(ErrorPage.All.Select(page => $"{page.Code} {page.Severity}"), Is.EqualTo(made));
    }

    [Test]
    public void Every_link_between_the_pages_leads_somewhere()
    {
        string[] pages =
        [
            "README.md",
            .. Directory.GetFiles(Repository.PathOf("docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}"),
        ];
        var anchors = pages.ToDictionary(
            page => page,
            page => Heading().Matches(File.ReadAllText(Repository.PathOf(page))).Select(match => Anchor(match.Groups[1].Value)).ToHashSet()
        );
        var broken =
            from page in pages
            from Match link in Link().Matches(File.ReadAllText(Repository.PathOf(page)))
            let file = link.Groups["file"].Value
            let target = file.Length == 0
                ? page
                : Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(page)!, file)))
            let anchor = link.Groups["anchor"].Value
            where
                anchors.TryGetValue(target, out var known)
                    ? anchor.Length > 0 && !known.Contains(anchor)
                    : !Path.Exists(Repository.PathOf(target))
            select $"{page}: {link.Value}";

        Assert.That(broken, Is.Empty);
    }

    // As the places that show these pages make one of a heading.
    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\((?!https?:)(?<file>[^)#]*)(?:#(?<anchor>[^)]*))?\)")]
    private static partial Regex Link();

    [GeneratedRegex("\\b(?:Machine)?(?<severity>Error|Warning|Note)\\(\\s*\"(?<code>CG\\d{4})\"")]
    private static partial Regex Factory();

    [GeneratedRegex("\"(CG\\d{4})\"")]
    private static partial Regex Code();

    [GeneratedRegex(@"^## (CG\d{4})\b", RegexOptions.Multiline)]
    private static partial Regex Section();
}
