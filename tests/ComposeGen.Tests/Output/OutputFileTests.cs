using System.Runtime.Versioning;
using ComposeGen.Diagnostics;
using ComposeGen.Output;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Output;

public class OutputFileTests
{
    [Test]
    public void A_file_that_says_the_same_is_not_touched()
    {
        using var workspace = new ScratchWorkspace().With("f", "a\r\nb\r\n");

        Assert.That(OutputFile.WriteAll([new(workspace.PathOf("f"), "a\nb\n")], new DiagnosticBag()), Is.True);

        Assert.That(workspace.Read("f"), Is.EqualTo("a\r\nb\r\n"));
    }

    [Test]
    public void What_a_killed_run_left_behind_is_gone_after_the_next()
    {
        using var workspace = new ScratchWorkspace().With("f", "old").With("f.composegen-tmp", "torn and longer than what is written now");

        Assert.That(OutputFile.WriteAll([new(workspace.PathOf("f"), "new")], new DiagnosticBag()), Is.True);

        Assert.That(workspace.Read("f"), Is.EqualTo("new"));
        Assert.That(Directory.GetFiles(workspace.Root).Select(Path.GetFileName), Is.EqualTo(new[] { "f" }));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void Permissions_stay()
    {
        using var workspace = new ScratchWorkspace().With("f", "old");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(workspace.PathOf("f"), Mode);

        OutputFile.WriteAll([new(workspace.PathOf("f"), "new")], new DiagnosticBag());

        Assert.That(File.GetUnixFileMode(workspace.PathOf("f")), Is.EqualTo(Mode));
    }

    [Test]
    public void Where_it_cannot_be_written_the_old_file_is_whole_and_the_reason_is_said()
    {
        using var workspace = new ScratchWorkspace().With("f", "old");
        using var other = new FileStream(workspace.PathOf("f.composegen-tmp"), FileMode.Create, FileAccess.Write, FileShare.None);
        var bag = new DiagnosticBag();

        Assert.That(OutputFile.WriteAll([new(workspace.PathOf("f"), "new")], bag), Is.False);

        Assert.That(workspace.Read("f"), Is.EqualTo("old"));
        Assert.That(bag.Sorted().Single().Code, Is.EqualTo("CG0703"));
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
}
