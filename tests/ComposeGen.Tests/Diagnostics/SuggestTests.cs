using ComposeGen.Diagnostics;

namespace ComposeGen.Tests.Diagnostics;

public class SuggestTests
{
    private static readonly string[] Names = ["image", "images", "build", "services", "db"];

    [TestCase("imag", "image")]
    [TestCase("iamge", "image")]
    [TestCase("Services", "services")]
    [TestCase("bd", "db")]
    [TestCase("nothing-like-it", null)]
    public void The_nearest_name_is_suggested(string name, string? nearest) =>
        Assert.That(Suggest.Nearest(name, Names), Is.EqualTo(nearest));

    [Test]
    public void Many_names_are_cut_short() =>
        Assert.That(
            Suggest.List([.. Enumerable.Range(10, 15).Select(i => $"p{i}")]),
            Does.StartWith("`p10`, `p11`").And.EndsWith("and 5 more")
        );
}
