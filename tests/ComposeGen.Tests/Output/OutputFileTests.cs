using System.Runtime.Versioning;
using ComposeGen.Diagnostics;
using ComposeGen.Output;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Output;

[UnsupportedOSPlatform("windows")]
public class OutputFileTests
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    [Test]
    public void A_file_that_says_the_same_is_not_touched()
    {
        using var workspace = new ScratchWorkspace().With("f", "a\r\nb\r\n");

        Write(workspace, "f", "a\nb\n");

        Assert.That(workspace.Read("f"), Is.EqualTo("a\r\nb\r\n"));
    }

    [Test]
    public void What_killed_runs_left_behind_is_gone_after_the_next_whichever_files_it_writes()
    {
        using var workspace = new ScratchWorkspace()
            .With("f", "old")
            .With("f.composegen-tmp", "torn and longer than what is written now")
            .With(".env.composegen-tmp", "torn")
            .With("kept/there", "old")
            .With("kept/there.composegen-tmp", "torn");
        File.CreateSymbolicLink(workspace.PathOf("link"), "kept/there");

        Write(workspace, "f", "new");

        Assert.That(workspace.Read("f"), Is.EqualTo("new"));
        Assert.That(Names(workspace), Is.EqualTo(new[] { "f", "kept/there", "link" }));
    }

    [Test]
    public void Permissions_stay()
    {
        using var workspace = new ScratchWorkspace().With("f", "old");
        File.SetUnixFileMode(workspace.PathOf("f"), Mode);

        Write(workspace, "f", "new");

        Assert.That(File.GetUnixFileMode(workspace.PathOf("f")), Is.EqualTo(Mode));
    }

    [Test]
    [Platform("Linux")]
    public void What_root_replaces_stays_its_owners_and_so_does_the_copy_that_is_kept()
    {
        OnlyRoot();
        using var workspace = new ScratchWorkspace().With("f", "old");
        Assert.That(Run.Program("chown", workspace.Root, "4711:4712", "f").ExitCode, Is.Zero);

        Write(workspace, new OutputText("f", "new") { Backup = "f.bak" });

        Assert.That(FileOwner.Of(workspace.PathOf("f")), Is.EqualTo(new FileOwner(4711, 4712)));
        Assert.That(FileOwner.Of(workspace.PathOf("f.bak")), Is.EqualTo(new FileOwner(4711, 4712)));
    }

    [Test]
    public void A_second_copy_does_not_take_the_firsts_place_and_an_equal_one_is_not_made()
    {
        using var workspace = new ScratchWorkspace().With("f", "one");
        var files = new WorkspaceFiles(workspace.Root);
        foreach (var text in (string[])["one", "two", "two", "one", "three"])
        {
            workspace.With("f", text);
            Write(workspace, new OutputText("f", "new") { Backup = OutputFile.BackupName(files, "f") });
        }

        Assert.That(Names(workspace), Is.EqualTo(new[] { "f", "f.bak", "f.bak2", "f.bak3" }));
        Assert.That((workspace.Read("f.bak"), workspace.Read("f.bak2"), workspace.Read("f.bak3")), Is.EqualTo(("one", "two", "three")));
    }

    [TestCase("here")]
    [TestCase("not-yet")]
    [TestCase("linked/here")]
    public void A_link_stays_and_what_it_leads_to_in_the_workspace_is_replaced(string target)
    {
        using var workspace = new ScratchWorkspace().With("here", "old").With("folder/here", "old");
        Directory.CreateSymbolicLink(workspace.PathOf("linked"), "folder");
        File.CreateSymbolicLink(workspace.PathOf("f"), target);

        Write(workspace, "f", "new");

        Assert.That(new FileInfo(workspace.PathOf("f")).LinkTarget, Is.EqualTo(target));
        Assert.That(workspace.Read(target), Is.EqualTo("new"));
    }

    [TestCase("../outside/f", "outside/f, outside of the workspace")]
    [TestCase("../outside/not-there", "outside of the workspace")]
    [TestCase("away/f", "outside/f, outside of the workspace")]
    [TestCase("f", "a link that leads nowhere")]
    public void A_link_to_elsewhere_is_refused(string target, string message)
    {
        using var workspace = new ScratchWorkspace().With("../outside/f", "old");
        Directory.CreateSymbolicLink(workspace.PathOf("away"), "../outside");
        File.CreateSymbolicLink(workspace.PathOf("f"), target);

        Assert.That(Refused(workspace, "f"), Does.StartWith("CG0713").And.Contain(message));

        Assert.That(Names(workspace), Is.EqualTo(new[] { "away", "f" }));
        Assert.That(Directory.GetFiles(workspace.PathOf("../outside")).Select(File.ReadAllText), Is.EqualTo(new[] { "old" }));
    }

    [Test]
    public void A_workspace_that_is_reached_by_a_link_is_none_the_less_its_own()
    {
        using var workspace = new ScratchWorkspace().With("kept/f", "old");
        File.CreateSymbolicLink(workspace.PathOf("f"), "kept/f");
        Directory.CreateSymbolicLink(workspace.PathOf("../by-link"), workspace.Root);

        Assert.That(OutputFile.WriteAll(new WorkspaceFiles(workspace.PathOf("../by-link")), [new("f", "new")], new DiagnosticBag()), Is.True);

        Assert.That(workspace.Read("kept/f"), Is.EqualTo("new"));
    }

    [Test]
    public void A_write_protected_file_is_left_alone_though_its_folder_would_let_it_be_replaced()
    {
        using var workspace = new ScratchWorkspace().With("f", "old");
        File.SetUnixFileMode(workspace.PathOf("f"), UnixFileMode.UserRead);

        Assert.That(Refused(workspace, "f"), Does.StartWith("CG0712").And.Contain("f is write-protected"));

        Assert.That(Names(workspace), Is.EqualTo(new[] { "f" }));
    }

    [Test]
    public void A_folder_in_a_files_place_is_named()
    {
        using var workspace = new ScratchWorkspace().With("f/inside", "old");

        Assert.That(Refused(workspace, "f"), Does.StartWith("CG0714"));

        Assert.That(workspace.Read("f/inside"), Is.EqualTo("old"));
    }

    /// <summary>The last of three cannot take its place, when the others have: they are what they were, new ones gone.</summary>
    [Test]
    [Platform("Linux")]
    public void What_was_replaced_already_is_put_back()
    {
        OnlyRoot();
        using var workspace = new ScratchWorkspace().With("first", "old").With("last", "old");
        File.SetUnixFileMode(workspace.PathOf("first"), Mode);
        using var place = new Immutable(workspace.PathOf("last"));

        Assert.That(
            Refused(workspace, "first", "created", "last"),
            Does.StartWith("CG0703").And.Contain("last cannot be written: the system protects it").And.Contain("nothing was changed")
        );

        Assert.That(Names(workspace), Is.EqualTo(new[] { "first", "last" }));
        Assert.That((workspace.Read("first"), workspace.Read("last")), Is.EqualTo(("old", "old")));
        Assert.That(File.GetUnixFileMode(workspace.PathOf("first")), Is.EqualTo(Mode));
    }

    [TestCase("body\n", true)]
    [TestCase("body\r\n", true)]
    [TestCase("changed\n", false)]
    public void The_header_tells_what_was_changed_by_hand_but_not_line_ends(string now, bool isUntouched)
    {
        var header = GeneratedText.ComposeFile.WithHeader("body\n").Split('\n')[0];

        Assert.That(GeneratedText.ComposeFile.Inspect($"{header}\n{now}"), Is.EqualTo((true, isUntouched)));
    }

    [Test]
    public void A_file_without_the_header_is_somebody_elses() =>
        Assert.That(GeneratedText.ComposeFile.Inspect("services: {}\n"), Is.EqualTo((false, false)));

    private static void Write(ScratchWorkspace workspace, string file, string text) => Write(workspace, new OutputText(file, text));

    private static void Write(ScratchWorkspace workspace, params OutputText[] texts)
    {
        var bag = new DiagnosticBag();
        Assert.That(OutputFile.WriteAll(new WorkspaceFiles(workspace.Root), texts, bag), Is.True, () => bag.Sorted()[0].Message);
    }

    private static string Refused(ScratchWorkspace workspace, params string[] names)
    {
        var bag = new DiagnosticBag();
        Assert.That(OutputFile.WriteAll(new WorkspaceFiles(workspace.Root), names.Select(name => new OutputText(name, "new")), bag), Is.False);
        var said = bag.Sorted().Single();
        return $"{said.Code} {said.Message} {said.Hint}";
    }

    // Files and links, and not what those lead to.
    private static IEnumerable<string> Names(ScratchWorkspace workspace) => Names(new DirectoryInfo(workspace.Root), string.Empty).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names(DirectoryInfo folder, string place) =>
        folder
            .EnumerateFileSystemInfos()
            .SelectMany(entry => entry is DirectoryInfo { LinkTarget: null } below ? Names(below, $"{place}{entry.Name}/") : [place + entry.Name]);

    private static void OnlyRoot() => Assume.That(Environment.IsPrivilegedProcess, "only root can give files away, and protect them from itself");

    private sealed class Immutable : IDisposable
    {
        private readonly string _file;

        public Immutable(string file)
        {
            _file = file;
            Change("+i");
        }

        public void Dispose() => Change("-i");

        private void Change(string how) => Assert.That(Run.Program("chattr", "/", how, _file).ExitCode, Is.Zero);
    }
}
