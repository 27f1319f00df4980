using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ComposeGen.Tests.Docs;

namespace ComposeGen.Tests.Docker.Docs;

/// <summary>What README.md and docs/*.md show of containers is true: see <see cref="Note"/> for how a block says what it takes.</summary>
public class EngineBlocksTests : EngineFixture
{
    private TcpListener? _claim;
    private string _address = Desk.UsualAddress;

    private static IEnumerable<TestCaseData> Tales => Tale.Cases(onEngine: true);

    // Pages publish 8080 and 8888, which somebody may have: Linux has all of 127.0.0.0/8 to itself, and an address with as many letters
    // keeps tables as wide.
    [OneTimeSetUp]
    public void Finds_an_address_that_nobody_else_tests_on()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        foreach (var last in Enumerable.Range(3, 7))
        {
            _address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.{last}");
            _claim = new TcpListener(IPAddress.Parse(_address), 7991);
            try
            {
                _claim.Start();
                return;
            }
            catch (SocketException)
            {
                _claim.Dispose();
            }
        }

        Assert.Fail("seven others test on this machine");
    }

    [OneTimeTearDown]
    public void Leaves_the_address() => _claim?.Dispose();

    [TestCaseSource(nameof(Tales))]
    public void What_a_page_shows_is_what_happens(object tale)
    {
        // Who has a project of a name that a page uses keeps it.
        var others = Engine.Projects(string.Empty).ToList();
        HashSet<string> projects = [];
        using var desk = new Desk(((Tale)tale).Folder)
        {
            Address = _address,
            Engine = null,
            Foreground = UntilShown,
            AfterBlock = desk => projects.UnionWith(Engine.ProjectsBelow(desk.Home).Except(others)),
        };
        try
        {
            ((Tale)tale).Check(desk);
        }
        finally
        {
            var own = Path.GetFileName(desk.Root);
            string[] mine = [.. projects.Union(Engine.ProjectsBelow(desk.Home).Except(others)).Union([own, $"{own}-other"])];
            // Twice: a volume of one may be in use by another.
            foreach (var project in mine.Concat(mine))
            {
                Engine.Remove(project);
            }
        }
    }

    private static string UntilShown(string script, string line)
    {
        using var run = ForegroundRun.InGroup("/", "sh", script);
        run.Expect(line).SignalGroup("INT").ExitCode();
        return run.Printed;
    }
}
