using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Start;

/// <summary><c>enable</c> and <c>disable</c> as edits of a manifest that people write comments into.</summary>
public class EnableTests
{
    private const string Service = "service: {image: debian}\n";
    private const string Two = "services: {web: {image: debian}, db: {image: debian}}\n";

    private ScratchWorkspace _workspace = null!;

    [SetUp]
    public void Begin()
    {
        _workspace = new ScratchWorkspace();
        foreach (var project in (string[])["a", "b", "course/week1", "course/week2"])
        {
            _workspace.With($"projects/{project}/project.yml", Service);
        }

        _workspace.With("projects/shop/project.yml", Two);
    }

    [TearDown]
    public void End() => _workspace.Dispose();

    [TestCase("# ours\na\n", "b", "# ours\na\nb\n", TestName = "A_line_is_added_at_the_end")]
    [TestCase("a", "b", "a\nb\n", TestName = "A_last_line_without_an_end_gets_one")]
    [TestCase("a\r\n", "b", "a\r\nb\r\n", TestName = "Line_ends_stay_what_they_are")]
    [TestCase("a\n!b # not now\n", "b", "a\n# not now\nb\n", TestName = "An_exclusion_of_it_goes_and_its_comment_stays")]
    [TestCase("*\n!b\n", "b", "*\n", TestName = "What_a_glob_selects_needs_no_line")]
    [TestCase("course/*\n", "course/week1", "course/*\n", TestName = "What_is_selected_stays_as_it_is")]
    [TestCase("a\n", "shop:db", "a\nshop:db\n", TestName = "A_service_alone")]
    [TestCase("shop:db\n", "shop", "shop:db\nshop\n", TestName = "The_whole_where_a_part_was_selected")]
    public void Enable(string before, string name, string after) => Assert.That(Edited("enable", before, name), Is.EqualTo(after));

    [TestCase("a\nb\n", "b", "a\n", TestName = "Its_line_goes")]
    [TestCase("# one\nb   # the blog\na\n", "b", "# one\n# the blog\na\n", TestName = "A_comment_behind_it_stays")]
    [TestCase("course/*\n", "course/week2", "course/*\n!course/week2\n", TestName = "What_a_glob_selects_is_left_out")]
    [TestCase("course/week1\ncourse/*\n", "course/week1", "course/*\n!course/week1\n", TestName = "Both_where_both_select_it")]
    [TestCase("shop\n", "shop:db", "shop\n!shop:db\n", TestName = "One_service_of_a_project")]
    [TestCase("shop:web\nshop:db\na\n", "shop", "a\n", TestName = "A_project_by_all_its_lines")]
    [TestCase("a\n", "b", "a\n", TestName = "What_is_not_selected_changes_nothing")]
    [TestCase("a\n# old\ngone\n", "gone", "a\n# old\n", TestName = "A_line_of_a_project_that_is_gone_goes_too")]
    public void Disable(string before, string name, string after) => Assert.That(Edited("disable", before, name), Is.EqualTo(after));

    [Test]
    public void An_exclusion_that_is_wider_is_shown_and_stays()
    {
        _workspace.With("which-project", "a\n!course/*\n");

        var outcome = InProcess.Tool(_workspace.Root, "enable", "course/week1");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain("which-project:2:1: error CG1006"));
        Assert.That(_workspace.Read("which-project"), Is.EqualTo("a\n!course/*\n"));
    }

    [TestCase("enable")]
    [TestCase("disable")]
    public void A_name_that_is_none_changes_nothing_and_the_nearest_is_told(string command)
    {
        _workspace.With("which-project", "a\n");

        var outcome = InProcess.Tool(_workspace.Root, command, "a", "shp");

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain("CG0103").And.Contain("did you mean `shop`?"));
        Assert.That(_workspace.Read("which-project"), Is.EqualTo("a\n"));
    }

    [Test]
    public void A_project_that_cannot_be_read_can_be_taken_out()
    {
        _workspace.With("projects/b/project.yml", "service: {imag: x}\n").With("which-project", "a\nb\n");

        Assert.That(InProcess.Tool(_workspace.Root, "disable", "b").ExitCode, Is.Zero);
        Assert.That(_workspace.Read("which-project"), Is.EqualTo("a\n"));
        Assert.That(InProcess.Tool(_workspace.Root, "validate").ExitCode, Is.EqualTo(1), "it is still there, and wrong");
    }

    [Test]
    public void What_others_need_is_said_to_come_along()
    {
        _workspace.With("projects/a/project.yml", "service: {image: debian, depends_on: [\"shop:db\"]}\n").With("which-project", "a\nshop\n");

        var outcome = InProcess.Tool(_workspace.Root, "disable", "shop");

        Assert.That(outcome.Error, Does.Contain("shop:db comes along all the same: a needs it"));
    }

    private string Edited(string command, string before, string name)
    {
        _workspace.With("which-project", before);
        var outcome = InProcess.Tool(_workspace.Root, command, name);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        return _workspace.Read("which-project");
    }
}
