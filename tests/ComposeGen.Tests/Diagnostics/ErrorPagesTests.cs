using System.Text.RegularExpressions;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Diagnostics;

public partial class ErrorPagesTests
{
    [Test]
    public void Every_code_has_a_section_and_every_section_a_code()
    {
        var codes = Code()
            .Matches(File.ReadAllText(Repository.PathOf("src", "ComposeGen", "Diagnostics", "Errors.cs")))
            .Select(match => match.Groups[1].Value)
            .Distinct();
        var sections = Section().Matches(File.ReadAllText(Repository.PathOf("docs", "errors.md"))).Select(match => match.Groups[1].Value);

        Assert.That(sections, Is.EquivalentTo(codes));
    }

    [GeneratedRegex("\"(CG\\d{4})\"")]
    private static partial Regex Code();

    [GeneratedRegex(@"^## (CG\d{4})\b", RegexOptions.Multiline)]
    private static partial Regex Section();
}
