namespace ComposeGen.Tests.Docker.Sample;

public class UrlTests
{
    [Test]
    public void Up_prints_every_url()
    {
        var urls = RunningSample.Stack.Urls().Values;
        Assert.That(
            urls,
            Has.Count.EqualTo(4).And.All.Matches<string>(url => RunningSample.Printed.Contains(url + "\n", StringComparison.Ordinal))
        );
    }

    [Test]
    public async Task Every_url_answers()
    {
        foreach (var url in RunningSample.Stack.Urls().Values)
        {
            Assert.That(await Http.Get(url), Is.Not.Empty, url);
        }
    }
}
