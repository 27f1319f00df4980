using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docs;

/// <summary>
/// Where a reader of the pages sits: a home of their own, a workspace in it, a shell, and <c>composegen</c> on the PATH and in the
/// workspace. All of it is gone when this is disposed of.
/// </summary>
internal sealed class Desk : IDisposable
{
    /// <summary>Before the workspace's name, which is the Compose project's: an engine is others' too. Pages know nothing of it.</summary>
    public const string Prefix = "composegen-test-";

    /// <summary>Of what a project publishes without naming one.</summary>
    public const string UsualAddress = "127.0.0.1";

    // As images are called by it, and their files.
    private static readonly string Machine = RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

    // Never in what a program prints.
    private const char Mark = '\x1e';

    private readonly string _parent = Directory.CreateTempSubdirectory("composegen-docs-").FullName;
    private readonly List<TcpListener> _busy = [];
    private readonly string _folder;
    private string _now;

    /// <param name="folder">What the workspace's folder is called on the page.</param>
    public Desk(string folder)
    {
        _folder = folder;
        Root = Path.Combine(Home, Prefix + folder);
        _now = Root;
        Directory.CreateDirectory(Root);
        File.CreateSymbolicLink(Path.Combine(Root, "composegen"), Repository.Script);
        Directory.CreateDirectory(Path.Combine(_parent, "bin"));
        File.CreateSymbolicLink(Path.Combine(_parent, "bin", "composegen"), Repository.Script);
    }

    public string Home => Path.Combine(_parent, "ada");

    public string Root { get; }

    /// <summary>What pages call 127.0.0.1: where others have its ports, another address of this machine.</summary>
    public string Address { get; init; } = UsualAddress;

    /// <summary>For <c>DOCKER_HOST</c>: what takes no engine finds none. Null: the machine's own.</summary>
    public string? Engine { get; init; } = "unix:///nonexistent/docker.sock";

    /// <summary>Called after each block: what runs then is to be gone in the end, whatever the next one stops.</summary>
    public Action<Desk>? AfterBlock { get; init; }

    /// <summary>Starts a shell with a script, stops it as Ctrl+C does once it has printed a text, and tells what it printed.</summary>
    public Func<string, string, string>? Foreground { get; init; }

    public string PathOf(string file) =>
        file.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(Home, file[2..])
        : file.StartsWith("./", StringComparison.Ordinal) ? Path.Combine(_now, file)
        : Path.Combine(Root, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    /// <summary>Everything that a note asks for before its block.</summary>
    public void Prepare(Note? note)
    {
        var sets = (note?.Workspaces ?? ["any"]).Where(name => name != "same").ToList();
        if (sets.Count > 0)
        {
            Sets.Lay(sets, this);
        }

        _busy.ForEach(listener => listener.Stop());
        _busy.Clear();
        if (note?.BusyPort is { } port)
        {
            _busy.Add(new TcpListener(IPAddress.Parse(Address), port));
            _busy[0].Start();
        }

        foreach (var command in note?.Before ?? [])
        {
            var result = Do(command);
            Assert.That(result.ExitCode, Is.Zero, $"before: {command}: {result.Text}");
        }
    }

    /// <summary>Runs a command that the page does not show.</summary>
    public Result Do(string command) => Run([new Step(command, string.Empty, IsCompared: false)], new Note())[0];

    /// <summary>Runs commands in one shell, which begins where the last one ended.</summary>
    public IReadOnlyList<Result> Run(IReadOnlyList<Step> steps, Note note)
    {
        var script = Path.Combine(_parent, "script");
        File.WriteAllText(script, Script(steps));
        var printed = note.Until is { } text
            ? Foreground!(script, Actual(text))
            : Support.Run.Program("sh", _now, script).Output;
        var parts = AsOnThePage(printed).Split(Mark);
        var results = parts[1..].Chunk(2).Take(steps.Count).Select(Read).ToList();
        Assert.That(results, Has.Count.EqualTo(steps.Count), printed);
        if (File.Exists(Path.Combine(_parent, "now")))
        {
            _now = File.ReadAllText(Path.Combine(_parent, "now")).TrimEnd('\n');
        }

        return results;
    }

    public void Dispose()
    {
        _busy.ForEach(listener => listener.Stop());
        Directory.Delete(_parent, recursive: true);
    }

    /// <summary>A text of the page as it is here.</summary>
    public string Actual(string text) =>
        Regex.Replace(text, $@"(?<![\w.-]|(?<!~)/){Regex.Escape(_folder)}\b", Prefix + _folder).Replace(UsualAddress, Address, StringComparison.Ordinal)
            .Replace("linux-amd64", $"linux-{Machine}", StringComparison.Ordinal);

    /// <summary>A text of here as the page would have it.</summary>
    public string AsOnThePage(string text) =>
        text.Replace(_parent, "/home", StringComparison.Ordinal)
            .Replace(Prefix + _folder, _folder, StringComparison.Ordinal)
            .Replace($"linux-{Machine}", "linux-amd64", StringComparison.Ordinal)
            .Replace($"linux/{Machine}", "linux/amd64", StringComparison.Ordinal)
            .Replace(Address, UsualAddress, StringComparison.Ordinal);

    private static Result Read(string[] part) =>
        part is [var text, var code] && int.TryParse(code.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new Result(number, text)
            : new Result(-1, string.Concat(part));

    private string Script(IReadOnlyList<Step> steps)
    {
        var script = new StringBuilder("exec 2>&1 </dev/null\n");
        foreach (var (name, value) in Variables())
        {
            script.Append(CultureInfo.InvariantCulture, $"export {name}='{value}'\n");
        }

        script.Append(CultureInfo.InvariantCulture, $"cd '{_now}'\n");
        foreach (var step in steps)
        {
            script.Append(CultureInfo.InvariantCulture, $"printf '\\036'\n{Actual(step.Command)}\nprintf '\\036%s\\n' $?\n");
        }

        return script.Append(CultureInfo.InvariantCulture, $"pwd >'{Path.Combine(_parent, "now")}'\n").ToString();
    }

    private Dictionary<string, string> Variables()
    {
        var docker = Environment.GetEnvironmentVariable("DOCKER_CONFIG") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");
        var variables = new Dictionary<string, string>
        {
            ["PATH"] = $"{Path.Combine(_parent, "bin")}:{Environment.GetEnvironmentVariable("PATH")}",
            ["HOME"] = Home,
            ["DOCKER_CONFIG"] = docker,
            ["BUILDKIT_PROGRESS"] = "plain",
            ["NO_COLOR"] = "1",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
        };
        foreach (var role in (string[])["AUTHOR", "COMMITTER"])
        {
            variables[$"GIT_{role}_NAME"] = "ada";
            variables[$"GIT_{role}_EMAIL"] = "ada@example.org";
        }

        if (Engine is { } engine)
        {
            variables["DOCKER_HOST"] = engine;
        }

        return variables;
    }
}
