using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Tests.Manifests;

public class PythonVersionTests
{
    [TestCase(">=3.10", "3.13")]
    [TestCase(">=3.10,<3.13", "3.12")]
    [TestCase(">=3.10, <3.12", "3.11")]
    [TestCase(">=3.14", "3.14")]
    [TestCase("<=3.12", "3.11", Description = "3.12.1 is above 3.12")]
    [TestCase(">3.12,<3.14", "3.13")]
    [TestCase("<4", "3.13")]
    [TestCase("~=3.11", "3.13")]
    [TestCase("~=3.11.2", "3.11")]
    [TestCase("==3.11.*", "3.11")]
    [TestCase("==3.11", "3.11")]
    [TestCase("==3.11.4", "3.11.4")]
    [TestCase(">=3.9,!=3.13.*", "3.12")]
    [TestCase("^3.9", "3.13")]
    [TestCase("~3.9", "3.9")]
    [TestCase("3.11", "3.11")]
    [TestCase("3.11.9", "3.11.9")]
    [TestCase("*", "3.13")]
    public void Of_the_versions_that_a_range_allows_the_default_is_taken_or_else_the_newest(string range, string expected)
    {
        var bag = new DiagnosticBag();
        Assert.That(new PythonRange(default, range).Choose("3.13", bag), Is.EqualTo(expected));
        Assert.That(bag.Sorted(), Is.Empty);
    }

    [TestCase(">=3.13,<3.10")]
    [TestCase(">=2.7,<3")]
    [TestCase("three")]
    [TestCase(">=3.x")]
    [TestCase("==3.11.4,==3.12.1")]
    public void A_range_that_allows_none_is_reported(string range)
    {
        var bag = new DiagnosticBag();
        Assert.That(new PythonRange(default, range).Choose("3.13", bag), Is.Null);
        Assert.That(bag.Sorted().Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "CG0340" }));
    }

    [TestCase("3")]
    [TestCase("3.10")]
    [TestCase("3.13.1")]
    public void A_tag_has_up_to_three_numbers(string text) => Assert.That(PythonVersion.IsTag(text), Is.True);

    [TestCase("")]
    [TestCase("2.7")]
    [TestCase("3.")]
    [TestCase("3.13.1.1")]
    [TestCase("3.13-dev")]
    [TestCase("３.13")]
    public void What_no_image_is_tagged_with_is_no_version(string text) => Assert.That(PythonVersion.IsTag(text), Is.False);
}
