namespace ComposeGen.Tests.Docs;

/// <summary>Whoever writes a block that is wrong, or one that nothing is said of, hears of it.</summary>
public class HarnessTests
{
    [TestCase("```console\n$ composegen validate\n```\n", ExpectedResult = true)]
    [TestCase("```\ncomposegen validate\n```\n", ExpectedResult = true)]
    [TestCase("```json\n{}\n```\n", ExpectedResult = true)]
    [TestCase("<!-- before: true -->\n```console\n$ composegen validate\n```\n", ExpectedResult = true)]
    [TestCase("<!-- in: sample -->\n```\nany text\n```\n", ExpectedResult = true)]
    [TestCase("<!-- in: sample -->\n```console\n$ composegen validate\n```\n", ExpectedResult = false)]
    [TestCase("<!-- not run: a reason -->\n```console\n$ composegen validate\n```\n", ExpectedResult = false)]
    [TestCase("```yaml\n# projects/a/project.yml\n```\n", ExpectedResult = false)]
    public bool A_block_is_unknown_where_nothing_says_how_to_check_it(string page) => Pages.Read("page.md", page).Single().IsUnknown;

    [TestCase("```yaml\n# projects/a/project.yml\nservice: {image: \"redis:7\"}\n```\n", null)]
    [TestCase("```yaml\n# projects/a/project.yml\nservice: {imag: \"redis:7\"}\n```\n", "CG0301")]
    [TestCase("<!-- in: any -->\n```console\n$ echo one\none\n$ echo two  # said in words\n```\n", null)]
    [TestCase("<!-- in: any -->\n```console\n$ echo one\n```\n", "page.md:2: $ echo one")]
    [TestCase("<!-- in: any -->\n```console\n$ false\n```\n", "page.md:2: $ false")]
    [TestCase("<!-- in: any, exits 1 -->\n```console\n$ true\n$ false\n```\n", null)]
    [TestCase("<!-- in: any, exits 1 -->\n```console\n$ true\n```\n", "page.md:2: $ true")]
    [TestCase("<!-- in: nothing -->\n```console\n$ ls\ncomposegen\n```\n", null)]
    [TestCase("<!-- in: any\n     shows: which-project -->\n```\n**\n```\n", null)]
    [TestCase("<!-- in: any\n     shows: which-project -->\n```\nshop\n```\n", "page.md:3")]
    [TestCase("<!-- in: any\n     says: echo one; echo two -->\n```\ntwo\n```\n", null)]
    [TestCase("<!-- in: any -->\n```console\n$ mkdir sub && cd sub\n```\n<!-- in: same -->\n```console\n$ basename $PWD\nsub\n```\n", null)]
    public void What_is_wrong_is_told_with_its_place(string page, string? told)
    {
        var tale = Pages.Tell(Pages.Read("page.md", page)).Single();
        using var desk = new Desk(tale.Folder);
        void Check() => tale.Check(desk);

        if (told is null)
        {
            Assert.That(Check, Throws.Nothing);
        }
        else
        {
            // What fails here is not to fail this test.
            using (new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext())
            {
                Assert.That(Check, Throws.InstanceOf<AssertionException>().With.Message.Contains(told));
            }
        }
    }

    [TestCase("one\n…\nthree\n", "one\ntwo\nthree\n", ExpectedResult = true)]
    [TestCase("one\n…\nthree\n", "one\nthree\n", ExpectedResult = true)]
    [TestCase("one\n…\nthree\n", "one\ntwo\n", ExpectedResult = false)]
    [TestCase("one\n", "one\ntwo\n", ExpectedResult = false)]
    [TestCase("  hint: …\n", "  hint: run `composegen generate`\n", ExpectedResult = true)]
    [TestCase("held by process 1 (a)\n", "held by process 22 (b)\n", ExpectedResult = true)]
    [TestCase("held by process 1 (a)\n", "held by container a\n", ExpectedResult = false)]
    [TestCase("port 8080\n", "port 8081\n", ExpectedResult = false)]
    [TestCase("saved\n", " Container a-1  Started\n#5 DONE 0.1s\nsaved\n", ExpectedResult = true)]
    public bool Lines_are_compared(string page, string printed) => Printed.IsMatch(Printed.Lines(page), Printed.Lines(printed, withProgress: false));

    [TestCase("in: sample, engin")]
    [TestCase("on: sample")]
    [TestCase("not run")]
    public void A_note_that_is_not_understood_is_not_passed_over(string note) => Assert.That(() => Note.Parse(note), Throws.InstanceOf<FormatException>());

    [Test]
    public void A_comment_that_is_no_note_is_no_matter() => Assert.That(Note.IsOne("here the tables begin"), Is.False);
}
