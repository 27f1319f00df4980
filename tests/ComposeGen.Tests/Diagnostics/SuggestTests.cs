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

    [TestCase("week1", "course/week1")]
    [TestCase("db", "shop:db")]
    [TestCase("week2", "week2x")] // two end like this: the one with the fewest edits
    public void The_end_of_one_name_alone_means_that(string name, string nearest) =>
        Assert.That(Suggest.Nearest(name, ["course/week1", "shop:db", "dc", "a/week2", "b/week2", "week2x"]), Is.EqualTo(nearest));

    [Test]
    public void Many_names_are_cut_short() =>
        Assert.That(
            Suggest.List([.. Enumerable.Range(10, 15).Select(i => $"p{i}")]),
            Does.StartWith("`p10`, `p11`").And.EndsWith("and 5 more")
        );
}
