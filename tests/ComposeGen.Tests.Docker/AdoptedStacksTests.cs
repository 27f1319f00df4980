using System.Net.Sockets;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>
/// Three Compose projects that know nothing of each other, taken as they are: all want host ports 80 and 5432, and call
/// their services `web` and `db`. Each also runs alone with plain <c>docker compose up</c>.
/// </summary>
public class AdoptedStacksTests : EngineFixture
{
    private static readonly string[] Names = ["blog", "proxy", "queue"];

    private Stack _stack = null!;
    private Dictionary<string, string> _urls = null!;

    [OneTimeSetUp]
    public void Brings_them_up()
    {
        _stack = new Stack("adopted").With("which-project", "*\n");
        foreach (var name in Names)
        {
            _stack.WithCopyOf(Repository.PathOf("tests", "ComposeGen.Tests.Docker", "Stacks", name), $"projects/{name}");
        }

        _stack.Do("up", "-d", "--wait");
        _urls = _stack.Urls();
    }

    [OneTimeTearDown]
    public void Removes_them() => _stack?.Dispose();

    [TestCase("blog", "/", "the blog: ")]
    [TestCase("queue", "/", "the queue: ")]
    [TestCase("proxy", "/", "greetings from behind the proxy")]
    [TestCase("proxy", "/count", " behind the proxy")]
    public async Task Every_web_answers_with_its_own_content(string name, string path, string content) =>
        Assert.That(await Http.Get(_urls[$"{name}:web"] + path), Does.Contain(content));

    [Test]
    public async Task Every_database_is_one_stacks_own()
    {
        await Http.Post(_urls["blog:web"], "\"a post\"");
        await Http.Post(_urls["queue:web"], "\"a job\"");
        await Http.Get(_urls["proxy:web"] + "/count");

        Eventually.IsTrue(
            () => Http.Get(_urls["queue:web"]).GetAwaiter().GetResult().Contains("A JOB", StringComparison.Ordinal),
            () => "the worker does not work"
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Http.Get(_urls["blog:web"]), Does.Contain("a post").And.Not.Contain("JOB"));
            Assert.That(Tables("blog", "of-the-blog"), Is.EqualTo("posts"));
            Assert.That(Tables("queue", "of-the-queue"), Is.EqualTo("done"));
            Assert.That(Tables("proxy", "of-the-proxy"), Is.EqualTo("visits"));
        }
    }

    [Test]
    public async Task Every_database_answers_on_a_port_of_its_own()
    {
        var ports = Names.Select(name => new Uri(_urls[$"{name}:db"]).Port).ToList();
        Assert.That(ports, Is.Unique.And.Contain(5432));
        foreach (var port in ports)
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            // PostgreSQL's protocol: "do you speak TLS?" is answered with one letter.
            await client.GetStream().WriteAsync((byte[])[0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F]);
            var answer = new byte[1];
            Assert.That(await client.GetStream().ReadAsync(answer), Is.EqualTo(1));
            Assert.That((char)answer[0], Is.EqualTo('N').Or.EqualTo('S'));
        }
    }

    [Test]
    public void The_same_names_mean_each_ones_own([ValueSource(nameof(Names))] string name)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_stack.Addresses($"{name}-db"), Does.Contain(_stack.Resolve($"{name}-web", "db")));
            Assert.That(_stack.Addresses($"{name}-web"), Does.Contain(_stack.Resolve($"{name}-db", "web")));
        }
    }

    [Test]
    public async Task Down_leaves_nothing_but_the_data_and_up_finds_it_again()
    {
        await Http.Post(_urls["blog:web"], "\"an old post\"");
        _stack.Do("down");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_stack.Containers, Is.Empty);
            Assert.That(Engine.List("network", _stack.Name), Is.Empty);
            Assert.That(_stack.Volumes, Has.Length.EqualTo(Names.Length));
        }

        _stack.Do("up", "-d", "--wait");
        Assert.That(await Http.Get(_urls["blog:web"]), Does.Contain("an old post"));
    }

    // Asked over the network, with the password.
    private string Tables(string name, string password) =>
        _stack.Exec(
            $"{name}-web",
            "psql",
            $"postgresql://app:{password}@db/postgres",
            "--tuples-only",
            "--no-align",
            "--command",
            "select tablename from pg_tables where schemaname = 'public'"
        );
}
