using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>
/// A Debian with nothing installed, in a network, processes and files of its own. Its mirror is this machine's, by way of this
/// process: nothing else is reached from there. All of it is gone when this is disposed of.
/// </summary>
internal sealed partial class BareDebian : IDisposable
{
    private const int NetworkNamespace = 0x40000000; // CLONE_NEWNET
    private const int Http = 80;

    private static readonly string Home =
        Environment.GetEnvironmentVariable("COMPOSEGEN_ENGINE_HOME") is { Length: > 0 } home ? home : "/var/lib/composegen-test-engine";

    // What the machine has, beside what debootstrap laid. Its disk is memory, over a tree that stays as it is.
    private const string Boot = """
        set -eu
        mount -t tmpfs none "$2"
        mkdir "$2/upper" "$2/work" "$2/root"
        mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/root"
        cd "$2/root"
        mkdir -p var/lib/docker opt/composegen workspace
        mount -t proc proc proc
        mount -t sysfs sysfs sys
        mount --rbind /sys/fs/cgroup sys/fs/cgroup
        mount --rbind /dev dev
        for folder in run tmp; do mount -t tmpfs none "$folder"; done
        # Images would fill the memory; and overlays lie on no overlay.
        mkdir "$2-docker"
        mount --bind "$2-docker" var/lib/docker
        ip link set lo up
        printf '127.0.0.1 localhost %s\n' "$3" >etc/hosts
        cp -r "$4/." opt/composegen
        printf 'web\n' >workspace/which-project
        # A root, and not only a chroot: an engine enters its containers by their mounts' root.
        mkdir .before
        pivot_root . .before
        cd /
        umount --lazy /.before
        rmdir /.before
        echo ready
        exec sleep infinity
        """;

    private readonly string _place;
    private readonly Process _process;
    private readonly TcpListener _mirror;
    private readonly string _inner;

    /// <param name="suite">Debian's name for the release.</param>
    public BareDebian(string suite)
    {
        var mirror = Mirror();
        var tree = Tree(suite, mirror);
        _place = Path.Combine(Home, $"bare-{suite}-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}");
        Directory.CreateDirectory(_place);
        _process = Run.Start(
            "unshare",
            "/",
            [],
            [
                .. (string[])["--mount", "--pid", "--net", "--uts", "--fork", "--kill-child", "--mount-proc"],
                .. (string[])["sh", "-c", Boot, "sh", tree, _place, mirror.Host, Path.Combine(Repository.Root, "artifacts", "tool")],
            ]
        );
        if (_process.StandardOutput.ReadLine() != "ready")
        {
            throw new InvalidOperationException($"the bare {suite} does not start: {_process.StandardError.ReadToEnd()}");
        }

        _inner = Child(_process.Id);
        _mirror = Listen(_inner);
        _ = Task.Run(() => HandOn(_mirror, mirror.Host));
    }

    /// <summary>Runs a program there.</summary>
    public Outcome Do(params string[] command) =>
        Run.Program(
            "nsenter",
            "/",
            [
                .. (string[])["--target", _inner, "--mount", "--pid", "--net", "--uts", "--"],
                .. (string[])["env", "-i", "HOME=/root", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
                .. command,
            ]
        );

    /// <summary>Copies a file, or a folder with all that is in it, to a place there.</summary>
    public void Put(string from, string to)
    {
        var outcome = Run.Program("cp", "/", "--recursive", "--dereference", from, $"/proc/{_inner}/root{to}");
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
    }

    public void Dispose()
    {
        _mirror.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        // What was mounted there went with its processes, but for a moment.
        Eventually.IsTrue(() => Run.Program("rmdir", "/", _place).ExitCode == 0, () => $"{_place} cannot be removed");
        Run.Program("rm", "/", "--recursive", "--force", $"{_place}-docker");
    }

    // `unshare` stays where it was; its child is the machine's first process.
    private static string Child(int process) => File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task/{process}/children")).Trim();

    private static Uri Mirror()
    {
        var targets = Run.Program("apt-get", "/", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages").Output.Split('\n');
        return targets.Where(target => target.StartsWith("http://", StringComparison.Ordinal) && target.TrimEnd('/').EndsWith("/debian", StringComparison.Ordinal)).Select(target => new Uri(target)).FirstOrDefault()
            ?? throw new IgnoreException("NOT TESTED: apt is set up here without a mirror of Debian's");
    }

    private static string Tree(string suite, Uri mirror)
    {
        var tree = Path.Combine(Home, $"tree-{suite}");
        if (!Directory.Exists(tree))
        {
            if (!Programs.Has("debootstrap"))
            {
                var install = Run.Program("apt-get", "/", "install", "-y", "debootstrap", "debian-archive-keyring");
                Assert.That(install.ExitCode, Is.Zero, install.ToString);
            }

            var unfinished = $"{tree}.unfinished";
            Run.Program("rm", "/", "--recursive", "--force", unfinished);
            var outcome = Run.Program("unshare", "/", "--mount", "debootstrap", "--variant=minbase", suite, unfinished, mirror.ToString());
            Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
            Directory.Move(unfinished, tree);
        }

        return tree;
    }

    // A socket stays in the network that its thread was in when it was made; the thread is one for this alone.
    private static TcpListener Listen(string process)
    {
        TcpListener? listener = null;
        var thread = new Thread(() =>
        {
            using var place = File.OpenHandle($"/proc/{process}/ns/net");
            if (SetNamespace(place, NetworkNamespace) == 0)
            {
                listener = new TcpListener(IPAddress.Loopback, Http);
                listener.Start();
            }
        });
        thread.Start();
        thread.Join();
        return listener ?? throw new InvalidOperationException("the bare machine's network cannot be entered");
    }

    private static async Task HandOn(TcpListener listener, string host)
    {
        while (true)
        {
            TcpClient caller;
            try
            {
                caller = await listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It was stopped: the machine is gone.
                return;
            }

            _ = HandOn(caller, host);
        }
    }

    private static async Task HandOn(TcpClient caller, string host)
    {
        using var called = new TcpClient();
        using (caller)
        {
            try
            {
                await called.ConnectAsync(host, Http);
                var (near, far) = (caller.GetStream(), called.GetStream());
                await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Whoever called sees the connection end, and says so.
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNamespace(Microsoft.Win32.SafeHandles.SafeFileHandle place, int kind);
}
