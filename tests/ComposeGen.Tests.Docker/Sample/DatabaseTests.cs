namespace ComposeGen.Tests.Docker.Sample;

public class DatabaseTests
{
    private static Stack Sample => RunningSample.Stack;

    [Test]
    public void What_one_project_writes_to_its_db_is_not_in_the_others()
    {
        Sample.Exec("shop-db", "redis-cli", "set", "only-here", "1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Sample.Exec("shop-db", "redis-cli", "exists", "only-here"), Is.EqualTo("1"));
            Assert.That(Sample.Exec("dashboard-db", "redis-cli", "exists", "only-here"), Is.EqualTo("0"));
        }
    }

    [TestCase("shop-web", "db", "shop-db")]
    [TestCase("shop-worker", "db", "shop-db")]
    [TestCase("dashboard-app", "db", "dashboard-db")]
    [TestCase("dashboard-app", "shop-db", "shop-db")]
    [TestCase("dashboard-app", "db.shop", "shop-db")]
    [TestCase("project-a", "db.dashboard", "dashboard-db")]
    public void A_name_means(string inside, string name, string service) =>
        Assert.That(Sample.Addresses(service), Does.Contain(Sample.Resolve(inside, name)));
}
