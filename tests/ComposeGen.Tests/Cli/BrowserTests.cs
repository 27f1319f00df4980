using ComposeGen.Cli;

namespace ComposeGen.Tests.Cli;

/// <summary>What opens a page: decided by the environment and by the programs that there are.</summary>
public class BrowserTests
{
    private const string Url = "http://127.0.0.1:8888/?token=t";

    [TestCase("DISPLAY=:0", "xdg-open", ExpectedResult = "xdg-open " + Url)]
    [TestCase("WAYLAND_DISPLAY=wayland-0", "xdg-open", ExpectedResult = "xdg-open " + Url)]
    [TestCase("DISPLAY=:0", "", ExpectedResult = "there is no program xdg-open")]
    [TestCase("", "xdg-open", ExpectedResult = "there is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set")]
    [TestCase("DISPLAY=:10 SSH_CONNECTION=a", "xdg-open", ExpectedResult = "this is an SSH session, and your browser is elsewhere")]
    [TestCase("DISPLAY=:10 SSH_TTY=a", "xdg-open", ExpectedResult = "this is an SSH session, and your browser is elsewhere")]
    [TestCase("WSL_DISTRO_NAME=Debian", "explorer.exe wslview", ExpectedResult = "wslview " + Url)]
    [TestCase("WSL_DISTRO_NAME=Debian", "explorer.exe", ExpectedResult = "explorer.exe " + Url)]
    [TestCase("WSL_DISTRO_NAME=Debian", "", ExpectedResult = "there is no program wslview or explorer.exe")]
    [TestCase("BROWSER=firefox", "firefox", ExpectedResult = "firefox " + Url)]
    [TestCase("BROWSER=firefox SSH_TTY=a", "firefox", ExpectedResult = "firefox " + Url)]
    [TestCase("BROWSER=gone:w3m+-o+x", "w3m", ExpectedResult = "w3m -o x " + Url)]
    [TestCase("BROWSER=show+%s+--new", "show", ExpectedResult = "show " + Url + " --new")]
    [TestCase("BROWSER=gone DISPLAY=:0", "xdg-open", ExpectedResult = "xdg-open " + Url)]
    public string On_Linux(string variables, string programs) => Find(variables, programs, isMac: false);

    [TestCase("", "open", ExpectedResult = "open " + Url)]
    [TestCase("SSH_TTY=a", "open", ExpectedResult = "this is an SSH session, and your browser is elsewhere")]
    public string On_macOS(string variables, string programs) => Find(variables, programs, isMac: true);

    [TestCase("10.0.0.2 50000 10.0.0.1 22", "{0}@10.0.0.1")]
    [TestCase("10.0.0.2 50000 10.0.0.1 2222", "-p 2222 {0}@10.0.0.1")]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void A_session_knows_how_it_was_reached(string? connection, string? login) =>
        Assert.That(OpenCommand.Login(connection), Is.EqualTo(login is null ? null : string.Format(null, login, Environment.UserName)));

    private static string Find(string variables, string programs, bool isMac)
    {
        var set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1].Replace('+', ' '));
        var browser = Browser.Find(Url, set.GetValueOrDefault, programs.Split(' ').Contains, isMac, out var why);
        return browser is null ? why : $"{browser.Program} {string.Join(' ', browser.Arguments)}";
    }
}
