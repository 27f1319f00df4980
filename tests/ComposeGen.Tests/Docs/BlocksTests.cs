using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Tests.Docs;

/// <summary>What README.md and docs/*.md show is true: see <see cref="Note"/> for how a block says what it takes.</summary>
public class BlocksTests
{
    private static IEnumerable<TestCaseData> Tales => Tale.Cases(onEngine: false);

    [TestCaseSource(nameof(Tales))]
    public void What_a_page_shows_is_what_happens(object tale)
    {
        using var desk = new Desk(((Tale)tale).Folder);
        ((Tale)tale).Check(desk);
    }

    [Test]
    public void No_block_is_passed_over() => Assert.That(Pages.Blocks.Where(block => block.IsUnknown).Select(Why), Is.Empty);

    [Test]
    public void Blocks_that_are_not_run_do_not_become_more_by_themselves() =>
        Assert.That(Pages.Blocks.Count(block => block.Note?.NotRun is not null), Is.EqualTo(Pages.NotRun), "Pages.NotRun says how many");

    [Test]
    public void What_is_only_read_is_yaml()
    {
        foreach (var block in Pages.Blocks.Where(block => block.Note is { IsOnlyRead: true }))
        {
            var bag = new DiagnosticBag();
            YamlReader.Read(new SourceText(block.Page, block.Text), bag);
            Assert.That(bag.Sorted(), Is.Empty, block.Place);
        }
    }

    private static string Why(Block block) =>
        $"{block.Place}: nothing says how this block is checked. Write a comment before it, such as <!-- in: sample -->: see tests/Docs/Harness/Note.cs";
}
