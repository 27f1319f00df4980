using System.Diagnostics;
using System.Globalization;
using System.Text;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>A program that runs until it is told to stop; killed when this is disposed of.</summary>
internal sealed class ForegroundRun : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _printed = new();

    private ForegroundRun(Process process)
    {
        _process = process;
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Printed
    {
        get
        {
            lock (_printed)
            {
                return _printed.ToString();
            }
        }
    }

    /// <summary>With pipes for its streams, as under a CI runner.</summary>
    public static ForegroundRun InPipes(string folder, params string[] command)
    {
        // Whoever started the tests may have had signals ignored (a shell does, for what it runs in the background), which is
        // inherited; GNU's env alone can undo it.
        var line = OperatingSystem.IsLinux() ? (string[])["env", "--default-signal=INT,HUP,QUIT,TERM", .. command] : command;
        return new(Run.Start(line[0], folder, [], line[1..]));
    }

    /// <summary>The same in a process group of its own (<c>setsid</c> of util-linux), which <see cref="SignalGroup"/> signals.</summary>
    public static ForegroundRun InGroup(string folder, params string[] command)
    {
        if (!OperatingSystem.IsLinux() || !Programs.Has("setsid"))
        {
            Assert.Ignore("NOT TESTED: there is no `setsid` of util-linux to make a process group");
        }

        return InPipes(folder, ["setsid", .. command]);
    }

    /// <summary>On a terminal of its own, made by <c>script</c> (util-linux), which hands on the program's exit code.</summary>
    public static ForegroundRun OnTerminal(string folder, params string[] command)
    {
        if (!OperatingSystem.IsLinux() || !Programs.Has("script"))
        {
            Assert.Ignore("NOT TESTED: there is no `script` of util-linux to make a terminal");
        }

        var line = string.Join(' ', command.Select(word => $"'{word}'"));
        var environment = new Dictionary<string, string?> { ["TERM"] = "xterm", ["SHELL"] = "/bin/sh" };
        return new(Run.Start("script", folder, environment, "--quiet", "--return", "--command", line, "/dev/null"));
    }

    public ForegroundRun Expect(string text)
    {
        Eventually.IsTrue(
            () => _process.HasExited || Printed.Contains(text, StringComparison.Ordinal),
            () => $"`{text}` is not in what was printed:\n{Printed}"
        );
        Assert.That(Printed, Does.Contain(text));
        return this;
    }

    public ForegroundRun PressControlC() => Type("\x03");

    public ForegroundRun Type(string keys)
    {
        _process.StandardInput.Write(keys);
        _process.StandardInput.Flush();
        return this;
    }

    /// <param name="name">INT, TERM or HUP.</param>
    public ForegroundRun Signal(string name) => Signal(name, _process.Id);

    /// <summary>To the program and all that it has started, as of <see cref="InGroup"/>.</summary>
    public ForegroundRun SignalGroup(string name) => Signal(name, -_process.Id);

    private ForegroundRun Signal(string name, int target)
    {
        Run.Program("/bin/sh", "/", "-c", string.Create(CultureInfo.InvariantCulture, $"kill -{name} {target}"));
        return this;
    }

    /// <summary>Waits until the program has ended.</summary>
    public int ExitCode(int seconds = 60)
    {
        Eventually.IsTrue(() => _process.HasExited, () => $"it goes on:\n{Printed}", seconds);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Append(object sender, DataReceivedEventArgs line)
    {
        lock (_printed)
        {
            _printed.AppendLine(line.Data);
        }
    }
}
