using ComposeGen.Output;
using ComposeGen.Tests.Support;
using CsCheck;

namespace ComposeGen.Tests.Output;

public class TextDiffTests
{
    [Test]
    public void The_same_text_has_none() => Assert.That(TextDiff.Unified("f", "a\nb\n", "a\r\nb\r\n"), Is.Empty);

    [Test]
    public void What_a_terminal_would_obey_is_shown_and_a_tab_stays() =>
        Assert.That(TextDiff.Unified("f", "\u001b]0;title\u0007\n", "a\tb\n"), Does.Contain("-\\x1b]0;title\\x07\n").And.Contain("+a\tb\n"));

    /// <summary>git takes the diff and makes the new text of the old one: no hunk is misplaced or miscounted.</summary>
    [Test]
    public void Git_can_apply_it() =>
        Gen.Select(Lines(), Lines())
            .Sample(
                (old, now) =>
                {
                    var diff = TextDiff.Unified("f", old, now);
                    if (diff.Length == 0)
                    {
                        return old == now;
                    }

                    using var workspace = new ScratchWorkspace().With("f", old).With("diff", diff);
                    var applied = Run.Program("git", workspace.Root, "apply", "-p0", "--unidiff-zero", "diff");
                    return applied.ExitCode == 0 && workspace.Read("f") == now;
                },
                iter: 60,
                threads: 1
            );

    private static Gen<string> Lines() => Gen.OneOf("a", "b", "c", "d").Array[1, 30].Select(lines => string.Join('\n', lines) + "\n");
}
