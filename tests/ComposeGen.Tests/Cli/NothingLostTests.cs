using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using ComposeGen.Cli;
using ComposeGen.Output;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>Whatever becomes of a run (killed, no disk, no permission, another run beside it), its files are of one run and whole.</summary>
[UnsupportedOSPlatform("windows")]
public class NothingLostTests
{
    private const int Projects = 60;
    private const int Killed = 128 + 9;
    private static readonly string[] Written = [".env", "docker-compose.yml", "which-project.lock"];
    private static readonly string[] Whole = [".env", "docker-compose.yml", "projects", "which-project", "which-project.lock"];

    private static string Binary => Repository.PathOf("artifacts", "tool", "composegen");

    [OneTimeSetUp]
    public void Build() => Assert.That(Run.Tool(Repository.Root, "--version").ExitCode, Is.Zero);

    /// <summary>
    /// Killed at any instant, and every second time while it is writing: each file is the old one or the new one, and the next
    /// run leaves the new ones and nothing else.
    /// </summary>
    [Test]
    public void A_killed_run_leaves_whole_files_and_the_next_one_ends_what_it_began()
    {
        using var workspace = Many();
        var states = new Dictionary<string, string[]>();
        var (longest, writing) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var state in (string[])["one", "two", "one"])
        {
            SetState(workspace, state);
            (longest, writing) = Measure(workspace);
            states[state] = Texts(workspace);
        }

        Assert.That(states["one"].Zip(states["two"]).Select(pair => pair.First == pair.Second), Is.All.False, "every file differs");
        var (killed, torn, mixed) = (0, 0, 0);
        var tries = LongRun.Times(15, 500);
        for (var i = 0; i < tries; i++)
        {
            var (old, now) = i % 2 == 0 ? ("one", "two") : ("two", "one");
            SetState(workspace, now);
            // Spread evenly over the run, whichever number of tries there is: the golden ratio's multiples.
            var part = i * 0.618034 % 1;
            var code = RunAndKill(workspace, isWriting: i / 2 % 2 == 0, longest * part, writing * part);
            Assert.That(code, Is.Zero.Or.EqualTo(Killed));

            var left = Texts(workspace);
            killed += code == Killed ? 1 : 0;
            torn += Leftovers(workspace) ? 1 : 0;
            mixed += left.SequenceEqual(states[old]) || left.SequenceEqual(states[now]) ? 0 : 1;
            for (var file = 0; file < Written.Length; file++)
            {
                Assert.That(left[file], Is.EqualTo(states[old][file]).Or.EqualTo(states[now][file]), Written[file]);
            }

            var check = Run.Program(Binary, workspace.Root, "generate", "--check");
            Assert.That(check.ExitCode, Is.EqualTo(left[1] == states[now][1] && left[2] == states[now][2] ? 0 : 1), check.ToString);
            Assert.That(check.Error.Split('\n').Where(line => line.StartsWith("error", StringComparison.Ordinal)), Is.All.StartsWith("error CG0704"));
            Generate(workspace);
            Assert.That(Texts(workspace), Is.EqualTo(states[now]));
            Assert.That(Entries(workspace), Is.EqualTo(Whole));
        }

        TestContext.Out.WriteLine(
            $"{tries} runs, of {longest.TotalMilliseconds:0} ms, {writing.TotalMilliseconds:0} of which they write: "
                + $"{killed} killed, {torn} of them with a temporary file left, {mixed} between two files"
        );
        Assert.That(killed, Is.Positive);
        Assert.That(torn, Is.Positive, "some were killed while they were writing");
    }

    /// <summary>Whichever of the files a killed run had replaced, the next one makes what that one would have made.</summary>
    [Test]
    public void Old_and_new_files_side_by_side_are_mended_without_a_word()
    {
        using var workspace = new ScratchWorkspace();
        With(workspace, "one");
        Generate(workspace);
        var old = Texts(workspace);
        SetState(workspace, "two");
        Generate(workspace);
        var now = Texts(workspace);
        for (var mix = 0; mix < 1 << Written.Length; mix++)
        {
            for (var file = 0; file < Written.Length; file++)
            {
                workspace.With(Written[file], (mix & (1 << file)) == 0 ? old[file] : now[file]);
            }

            var outcome = Run.Program(Binary, workspace.Root, "generate");

            Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
            Assert.That(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.All.StartsWith("wrote "));
            Assert.That(Texts(workspace), Is.EqualTo(now));
        }
    }

    /// <summary>Many at once, and the manifest edited in between: what is left is what one run makes of what there is now.</summary>
    [Test]
    public void Runs_at_once_come_to_what_one_comes_to()
    {
        using var workspace = Many();
        SetState(workspace, "one");
        var count = LongRun.Times(8, 50);
        var running = new List<(Process Process, Task<string> Error)>();
        for (var i = 0; i < count; i++)
        {
            if (i == count / 2)
            {
                Replace(workspace, "which-project", "p1\np2\n");
                SetState(workspace, "two");
            }

            var process = Run.Start(Binary, workspace.Root, [], "generate");
            running.Add((process, process.StandardError.ReadToEndAsync()));
        }

        foreach (var (process, error) in running)
        {
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero, error.GetAwaiter().GetResult());
            process.Dispose();
        }

        using var alone = Many().With("which-project", "p1\np2\n");
        SetState(alone, "two");
        Generate(alone);
        Assert.That(Texts(workspace), Is.EqualTo(Texts(alone)));
        Assert.That(Entries(workspace), Is.EqualTo(Whole));
    }

    [Test]
    public void A_run_waits_for_another_says_for_which_and_reads_only_then()
    {
        using var workspace = Small();
        using var log = new StringWriter();
        Process waiting;
        Task<string> rest;
        string? said;
        using (WorkspaceLock.ToWrite(workspace.Root, log))
        {
            waiting = Run.Start(Binary, workspace.Root, [], "generate");
            said = waiting.StandardError.ReadLine();
            Replace(workspace, "which-project", "a\n");
            rest = waiting.StandardError.ReadToEndAsync();
            Assert.That(waiting.HasExited, Is.False);
            Assert.That(Run.Program(Binary, workspace.Root, "validate").ExitCode, Is.Zero, "who does not write does not wait");
        }

        waiting.WaitForExit();
        Assert.That(waiting.ExitCode, Is.Zero);
        Assert.That(rest.GetAwaiter().GetResult(), Is.EqualTo("wrote docker-compose.yml: 1 project, 1 service\n"));
        Assert.That(said, Does.StartWith(OperatingSystem.IsLinux() ? $"waiting for process {Environment.ProcessId} (" : "waiting for another run"));
        Assert.That(log.ToString(), Is.Empty);
        waiting.Dispose();
    }

    /// <summary>No room at all, room for one of the files, for two, and so on: the old files, or all of the new ones.</summary>
    [Test]
    [Platform("Linux")]
    public void A_full_disk_changes_nothing_and_is_called_by_its_name()
    {
        OnlyRoot();
        using var workspace = new ScratchWorkspace();
        using var disk = new Mount(workspace.Root, "-t", "tmpfs", "-o", "size=512k", "tmpfs");
        With(workspace, "one");
        Generate(workspace);
        var old = Texts(workspace);
        SetState(workspace, "two");
        var refused = 0;
        for (var pages = 0; ; pages++)
        {
            Fill(workspace.PathOf("filler"), pages);
            var outcome = Run.Program(Binary, workspace.Root, "generate");
            File.Delete(workspace.PathOf("filler"));
            Assert.That(Entries(workspace), Is.EqualTo(Whole));
            if (outcome.ExitCode == 0)
            {
                break;
            }

            refused++;
            Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString);
            Assert.That(outcome.Error, Does.Contain("error CG0709: ").And.Contain("the disk is full").And.Contain("nothing was changed"));
            Assert.That(Texts(workspace), Is.EqualTo(old));
        }

        Assert.That(refused, Is.GreaterThanOrEqualTo(Written.Length));
        Assert.That(Run.Program(Binary, workspace.Root, "generate", "--check").ExitCode, Is.Zero);
    }

    [Test]
    [Platform("Linux")]
    public void A_disk_that_is_mounted_read_only_is_called_so()
    {
        OnlyRoot();
        using var workspace = Small();
        using var disk = new Mount(workspace.Root, "--bind", workspace.Root);
        Assert.That(Run.Program("mount", "/", "-o", "remount,ro,bind", workspace.Root).ExitCode, Is.Zero);

        var outcome = Run.Program(Binary, workspace.Root, "generate");

        Assert.That(outcome.ExitCode, Is.EqualTo(2));
        Assert.That(outcome.Error, Does.StartWith($"error CG0711: which-project.lock cannot be written: {workspace.Root} can only be read\n"));
        Assert.That(Run.Program(Binary, workspace.Root, "validate").ExitCode, Is.Zero);
    }

    [TestCase(".", "755", "CG0710: which-project.lock may not be written: {0} belongs to root, and you are nobody")]
    [TestCase("projects/a", "700", "CG0220: projects/a may not be read: it belongs to root")]
    [TestCase("projects/a/project.yml", "600", "CG0220: projects/a/project.yml may not be read: it belongs to root")]
    [TestCase("compose.templates", "700", "CG0220: compose.templates may not be read: it belongs to root")]
    [Platform("Linux")]
    public void Who_lacks_a_permission_is_told_where_and_whose_it_is(string place, string mode, string message)
    {
        OnlyRoot();
        using var workspace = Small().With("compose.templates/header.sbn", string.Empty).With("../bin/composegen", string.Empty);
        File.Copy(Binary, workspace.PathOf("../bin/composegen"), overwrite: true);
        Do("chmod", "755", "..", ".", "../bin/composegen");
        Do("chown", "-R", "nobody", ".");
        Do("chown", "root", place);
        Do("chmod", mode, place);

        var outcome = Run.Program("setpriv", workspace.Root, "--reuid=nobody", "--clear-groups", workspace.PathOf("../bin/composegen"), "generate");

        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString);
        Assert.That(outcome.Error, Does.StartWith($"error {string.Format(CultureInfo.InvariantCulture, message, workspace.Root)}\n"));
        Assert.That(File.Exists(workspace.PathOf("docker-compose.yml")), Is.False);

        void Do(string program, params string[] arguments) => Assert.That(Run.Program(program, workspace.Root, arguments).ExitCode, Is.Zero);
    }

    /// <summary>A folder that comes and goes all the time: what is written is with it or without it, or nothing is.</summary>
    [Test]
    public async Task A_folder_that_vanishes_while_it_is_read_is_read_whole_or_not_at_all()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*\n*/*\n")
            .With("projects/stays/project.yml", "service: {image: i, ports: [80]}\n")
            .With("projects/g/composed/compose.yaml", "services: {web: {image: \"i:${TAG}\", ports: [80]}}\n")
            .With("projects/g/composed/compose.override.yml", "services: {web: {command: run}}\n")
            .With("projects/g/composed/.env", "TAG=1\n")
            .With("projects/g/python/requirements.txt", "numpy\n")
            .With("projects/g/python/runtime.txt", "python-3.12\n")
            .With("projects/g/python/.env", "JUPYTER_TOKEN=always-this\n")
            .With("projects/g/members/project.yml", "members: [\"*\"]\n")
            .With("projects/g/members/x/Dockerfile", "FROM scratch\nEXPOSE 80\n")
            .With("projects/g/members/y/Dockerfile", "FROM scratch\nEXPOSE 80\n");
        var (here, away) = (workspace.PathOf("projects/g"), workspace.PathOf("../away"));
        Expect(workspace, "generate", 0);
        Directory.Move(here, away);
        Expect(workspace, "generate", 0);
        var without = Texts(workspace);
        Directory.Move(away, here);
        Expect(workspace, "generate", 0);
        var with = Texts(workspace);
        Assert.That(with, Is.Not.EqualTo(without));

        var (answers, tries) = (new int[3], LongRun.Times(60, 3000));
        using var ended = new CancellationTokenSource();
        var moving = Task.Run(() => MoveToAndFro(here, away, ended.Token));
        try
        {
            for (var i = 0; i < tries; i++)
            {
                using var error = new StringWriter();
                var code = await global::Program.Run(["generate", "-C", workspace.Root], new Terminal(TextWriter.Null, error, HasColor: false));
                var said = $"{i}: {code}\n{error}";
                Assert.That(Texts(workspace), Is.EqualTo(with).Or.EqualTo(without), said);
                Assert.That(code == 0 || said.StartsWith($"{i}: 2\nerror CG0221", StringComparison.Ordinal), said);
                answers[code != 0 ? 2 : Texts(workspace).SequenceEqual(with) ? 0 : 1]++;
            }
        }
        finally
        {
            await ended.CancelAsync();
            await moving;
        }

        TestContext.Out.WriteLine($"{tries} runs: {answers[0]} with the folder, {answers[1]} without it, {answers[2]} were told to run again");
        Assert.That(answers, Is.All.Positive, "it was there, it was not, and it vanished in the middle");
    }

    [TestCase("generate")]
    [TestCase("up")]
    [TestCase("ports", "prune")]
    [TestCase("ports", "move", "gone", "a")]
    public void No_command_writes_over_what_a_person_wrote(params string[] command)
    {
        using var workspace = Small().With("which-project.lock", "version 1\nport gone:gone 80 9999\nend\n").With("docker-compose.yml", "services: {}\n");

        var outcome = Run.Program(Binary, workspace.Root, command);

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString);
        Assert.That(outcome.Error, Does.Contain("error CG0701"));
        Assert.That(workspace.Read("docker-compose.yml"), Is.EqualTo("services: {}\n"));
        Assert.That(workspace.Read("which-project.lock"), Is.EqualTo("version 1\nport gone:gone 80 9999\nend\n"));
    }

    [Test]
    public void What_force_writes_over_is_kept_each_time()
    {
        using var workspace = Small();
        foreach (var (text, name) in (ReadOnlySpan<(string, string)>)[("one: 1\n", "docker-compose.yml.bak"), ("two: 2\n", "docker-compose.yml.bak2")])
        {
            workspace.With("docker-compose.yml", text);
            var outcome = Run.Program(Binary, workspace.Root, "generate", "--force");
            Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
            Assert.That(outcome.Error, Does.Contain($"kept what was there as {name}\n"));
        }

        Assert.That((workspace.Read("docker-compose.yml.bak"), workspace.Read("docker-compose.yml.bak2")), Is.EqualTo(("one: 1\n", "two: 2\n")));
    }

    // Now at once, now after longer than a run takes.
    private static void MoveToAndFro(string here, string away, CancellationToken ended)
    {
        for (var i = 0; !ended.IsCancellationRequested; i++)
        {
            foreach (var (from, to) in (ReadOnlySpan<(string, string)>)[(here, away), (away, here)])
            {
                Directory.Move(from, to);
                for (var since = Stopwatch.StartNew(); since.ElapsedMilliseconds < i % 30;) { }
            }
        }
    }

    // How long a run takes, and how much of that from its first temporary file on.
    private static (TimeSpan Whole, TimeSpan Writing) Measure(ScratchWorkspace workspace)
    {
        using var process = Run.Start(Binary, workspace.Root, [], "generate");
        var time = Stopwatch.StartNew();
        while (!process.HasExited && !Leftovers(workspace)) { }
        var begun = time.Elapsed;
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
        return (time.Elapsed, time.Elapsed - begun);
    }

    private static int RunAndKill(ScratchWorkspace workspace, bool isWriting, TimeSpan after, TimeSpan further)
    {
        using var process = Run.Start(Binary, workspace.Root, [], "generate");
        var time = Stopwatch.StartNew();
        while (!process.HasExited && (isWriting ? !Leftovers(workspace) : time.Elapsed < after)) { }
        for (var since = Stopwatch.StartNew(); isWriting && since.Elapsed < further;) { }
        process.Kill();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static bool Leftovers(ScratchWorkspace workspace) => Directory.EnumerateFiles(workspace.Root, "*.composegen-tmp").Any();

    private static string[] Texts(ScratchWorkspace workspace) => [.. Written.Select(file => File.Exists(workspace.PathOf(file)) ? workspace.Read(file) : string.Empty)];

    private static IEnumerable<string?> Entries(ScratchWorkspace workspace) =>
        Directory.EnumerateFileSystemEntries(workspace.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private static void Generate(ScratchWorkspace workspace) => Expect(workspace, "generate", 0);

    private static void Expect(ScratchWorkspace workspace, string command, int code)
    {
        var outcome = Run.Program(Binary, workspace.Root, command);
        Assert.That(outcome.ExitCode, Is.EqualTo(code), outcome.ToString);
    }

    private static ScratchWorkspace Small() =>
        new ScratchWorkspace()
            .With("which-project", "*\n")
            .With("projects/a/project.yml", "service: {image: i, ports: [80]}\n")
            .With("projects/b/project.yml", "service: {image: i, ports: [80]}\n");

    private static ScratchWorkspace Many()
    {
        var workspace = new ScratchWorkspace();
        With(workspace, "one");
        foreach (var i in Enumerable.Range(0, Projects))
        {
            workspace.With($"projects/p{i}/project.yml", "service: {image: i, ports: [80], volumes: [\"data:/data\"]}\nvolumes: {data: {}}\n");
        }

        return workspace;
    }

    private static void With(ScratchWorkspace workspace, string state)
    {
        workspace.With("which-project", "*\n").With("projects/toggled/project.yml", string.Empty).With("projects/toggled/.env", string.Empty);
        SetState(workspace, state);
    }

    // All three files differ: an image, a port that has to be this one, and a value.
    private static void SetState(ScratchWorkspace workspace, string state)
    {
        var port = state == "one" ? 9001 : 9002;
        Replace(
            workspace,
            "projects/toggled/project.yml",
            $$"""
            service:
              image: "{{state}}:${TAG}"
              ports: [{ target: 80, published: {{port}}, x-fixed: true }]
            """
        );
        Replace(workspace, "projects/toggled/.env", $"TAG={state}\n");
    }

    // As editors do, in one step.
    private static void Replace(ScratchWorkspace workspace, string file, string text)
    {
        workspace.With("../new", text);
        File.Copy(workspace.PathOf("../new"), workspace.PathOf(file + ".new"));
        File.Move(workspace.PathOf(file + ".new"), workspace.PathOf(file), overwrite: true);
    }

    // All of the disk but some pages.
    private static void Fill(string file, int free)
    {
        const int Page = 4096;
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                stream.Write(new byte[Page]);
            }
        }
        catch (IOException)
        {
            stream.SetLength(Math.Max(0, stream.Length - ((long)free * Page)));
        }
    }

    private static void OnlyRoot()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("only root can mount, and be somebody else");
        }
    }

    private sealed class Mount : IDisposable
    {
        private readonly string _folder;

        public Mount(string folder, params string[] how)
        {
            _folder = folder;
            Assert.That(Run.Program("mount", "/", [.. how, folder]).ExitCode, Is.Zero);
        }

        public void Dispose() => Assert.That(Run.Program("umount", "/", _folder).ExitCode, Is.Zero);
    }
}
