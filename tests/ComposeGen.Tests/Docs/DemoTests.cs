using System.Xml.Linq;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docs;

/// <summary>The picture in README.md, which docs/record makes.</summary>
public class DemoTests
{
    private static readonly string Svg = File.ReadAllText(Repository.PathOf("docs", "demo.svg"));

    private static string[] Lines { get; } = [.. XDocument.Parse(Svg).Descendants().Where(node => node.Name.LocalName == "text").Select(node => node.Value)];

    [Test]
    public void It_is_small_and_takes_nothing_from_elsewhere()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Svg, Has.Length.LessThan(150_000));
            Assert.That(Svg, Does.Not.Contain("href").And.Not.Contain("url(").And.Not.Contain("@import").And.Not.Contain("<script"));
        }
    }

    [Test]
    public void Who_wants_no_motion_sees_the_last_screen()
    {
        Assert.That(Svg, Does.Contain("@media (prefers-reduced-motion:reduce){text{animation:none}.last{visibility:visible}}"));
        Assert.That(Svg, Does.Match("class=\"\\w+ last\""));
    }

    [Test]
    public void It_shows_what_the_tool_prints_today()
    {
        using var desk = new Desk("lab");
        Sets.Lay(["sample"], desk);
        var mistake = desk.Do("printf '%s\\n' project_a shpo >which-project; composegen validate").Text;
        var written = desk.Do("printf '%s\\n' project_a shop >which-project; composegen generate").Text;

        // A line is drawn in runs of one colour, without the blanks between them.
        var drawn = Lines.Select(Letters).ToHashSet();
        Assert.That((mistake + written).TrimEnd('\n').Split('\n').Where(line => !drawn.Contains(Letters(line))), Is.Empty, "record it anew: docs/record");
    }

    private static string Letters(string line) => line.Replace(" ", string.Empty, StringComparison.Ordinal);
}
