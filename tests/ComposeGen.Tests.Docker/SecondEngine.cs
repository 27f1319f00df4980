using System.Diagnostics;
using System.Globalization;
using System.Text;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>
/// An engine beside the one that all tests share, for what a test must not do to that one: filling its disk, killing it. Its
/// data are in memory, and it has no image and no network. All of it is gone when this is disposed of.
/// </summary>
internal sealed class SecondEngine : IDisposable
{
    private static readonly string Home =
        Environment.GetEnvironmentVariable("COMPOSEGEN_ENGINE_HOME") is { Length: > 0 } home ? home : "/var/lib/composegen-test-engine";

    // A socket's path must be short.
    private readonly string _run = $"/run/{Stack.Prefix}{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
    private readonly string _data = Path.Combine(Home, "second-engine");
    private readonly StringBuilder _log = new();
    private readonly Process _process;

    /// <param name="megabytes">How much its disk takes.</param>
    public SecondEngine(int megabytes)
    {
        // What a test left that was killed.
        Run.Program("umount", "/", "--lazy", _data);
        Directory.CreateDirectory(_data);
        Directory.CreateDirectory(_run);
        Do("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "none", _data);
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
                .. (string[])["--pid", "--net", "--fork", "--kill-child", "--mount-proc", "sh", "-c", "ip link set lo up && exec dockerd \"$@\"", "sh"],
                .. (string[])["--data-root", $"{_data}/data", "--exec-root", $"{_run}/exec", "--pidfile", $"{_run}/pid", "--host", Host],
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

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Do("umount", "--lazy", _data);
        Directory.Delete(_run, recursive: true);
        Directory.Delete(_data);
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
