using System.Diagnostics;
using System.Globalization;
using System.Text;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>
/// An engine beside the one that all tests share, for what a test must not do to that one: filling its disk, killing it. It has
/// no image and, but for its own machine's, no network. All of it is gone when this is disposed of.
/// </summary>
internal sealed class SecondEngine : IDisposable
{
    private static readonly string Home =
        Environment.GetEnvironmentVariable("COMPOSEGEN_ENGINE_HOME") is { Length: > 0 } home ? home : "/var/lib/composegen-test-engine";

    // A socket's path must be short.
    private readonly string _run;
    private readonly string _data;
    private readonly StringBuilder _log = new();
    private readonly Process _process;

    /// <param name="megabytes">How much its disk takes, which is memory.</param>
    public SecondEngine(int megabytes)
        : this("second-engine", megabytes, ":") { }

    /// <summary>One of several, which has the machine's disk, but none of the files in its folder for temporary ones.</summary>
    /// <param name="name">What its machine is called.</param>
    /// <param name="options">Of the daemon.</param>
    public SecondEngine(string name, params string[] options)
        : this(name, null, $"hostname {name} && mount -t tmpfs none /tmp", options) { }

    private SecondEngine(string name, int? megabytes, string before, params string[] options)
    {
        _run = $"/run/{Stack.Prefix}{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-{name}";
        _data = Path.Combine(Home, name);
        // What a test left that was killed.
        Run.Program("umount", "/", "--lazy", _data);
        Directory.CreateDirectory(_data);
        Directory.CreateDirectory(_run);
        if (megabytes is { } size)
        {
            Do("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={size}m"), "none", _data);
        }

        // A namespace of processes ends with its first one, and all that the engine started with it.
        _process = Run.Start(
            "unshare",
            "/",
            new Dictionary<string, string?>
            {
                ["PATH"] = $"{Home}/root/usr/sbin:{Home}/root/usr/bin:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin",
            },
            [
                // A network of its own, or it would take the other engine's bridge away.
                .. (string[])["--pid", "--net", "--uts", "--fork", "--kill-child", "--mount-proc"],
                .. (string[])["sh", "-c", $"ip link set lo up && {before} && exec dockerd \"$@\"", "sh"],
                .. (string[])["--data-root", $"{_data}/data", "--exec-root", $"{_run}/exec", "--pidfile", $"{_run}/pid", "--host", Host, .. options],
            ]
        );
        _process.ErrorDataReceived += Append;
        _process.OutputDataReceived += Append;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        Eventually.IsTrue(Answers, () => $"the second engine does not answer:\n{_log}");
    }

    /// <summary>For <c>DOCKER_HOST</c>.</summary>
    public string Host => $"unix://{_run}/docker.sock";

    /// <summary>The process that ends all of it when it is killed.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Ends it at once, with all that it runs.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        // What its containers had mounted went with its processes, but for a moment.
        Run.Program("umount", "/", "--lazy", _data);
        Eventually.IsTrue(() => Run.Program("rm", "/", "--recursive", "--force", _run, _data).ExitCode == 0, () => $"{_data} cannot be removed");
    }

    private void Append(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
        {
            _log.AppendLine(line.Data);
        }
    }

    private bool Answers() => !_process.HasExited && Run.Program("docker", "/", "--host", Host, "version").ExitCode == 0;

    private static void Do(string program, params string[] arguments)
    {
        var outcome = Run.Program(program, "/", arguments);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
    }
}
