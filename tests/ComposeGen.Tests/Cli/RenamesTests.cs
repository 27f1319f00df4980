using ComposeGen.Manifests;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>A project whose folder has another name keeps its ports where git shows it, in a real repository.</summary>
public sealed class RenamesTests : IDisposable
{
    private const string One = "service:\n  image: i\n  ports: [80]\n";

    private readonly ScratchWorkspace _scratch = new();
    private readonly TeamCheckout _checkout;
    private int _seconds;

    public RenamesTests() => _checkout = new TeamCheckout(_scratch.Root, "main", "merge", () => DateTimeOffset.UnixEpoch.AddSeconds(++_seconds));

    [SetUp]
    public void Start()
    {
        foreach (var entry in new DirectoryInfo(_scratch.Root).GetDirectories())
        {
            entry.Delete(recursive: true);
        }

        _checkout.Git("init", "--quiet", "--initial-branch=main");
        _scratch
            .With("which-project", "a\n")
            .With("projects/a/project.yml", "service: {image: a, ports: [80]}\n")
            .With("projects/shop/project.yml", One)
            .With("projects/zoo/project.yml", "service: {image: z, ports: [80]}\n")
            // What the next free port would not come to by itself.
            .With(PortLock.FileName, "version 1\nport a:a 80 8080\nport shop:shop 80 9000\nport zoo:zoo 80 8081\nend\n");
        _checkout.Generate();
        _checkout.Commit("base");
    }

    public void Dispose() => _scratch.Dispose();

    [Test]
    public void A_folder_that_git_moved_keeps_its_ports()
    {
        _checkout.Git("mv", "projects/shop", "projects/store");

        Assert.That(Said("CG0517"), Has.One.Contains("`store` is what `shop` was (git shows the same files)"));
        Assert.That(_checkout.Lock, Does.Contain("port store:store 80 9000\n").And.Not.Contain("shop"));
    }

    [Test]
    public void So_does_one_that_was_moved_without_git()
    {
        Directory.Move(_checkout.Folder("shop"), _checkout.Folder("store"));

        Assert.That(Said("CG0517"), Has.One.Contains("`store` is what `shop` was"));
        Assert.That(_checkout.Lock, Does.Contain("port store:store 80 9000\n"));
    }

    [Test]
    public void So_does_one_that_was_committed_and_edited_and_moved_again_before_the_lock_was_written()
    {
        Move("shop", "store");
        _scratch.With("projects/store/project.yml", "service: {image: another, ports: [80, 81]}\n");
        _checkout.Commit("edit");
        _checkout.Git("mv", "projects/store", "projects/market");

        Assert.That(Said("CG0517"), Has.One.Contains("`market` is what `shop` was"));
        Assert.That(_checkout.Lock, Does.Contain("port market:market 80 9000\n"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void So_does_one_that_git_merged_by_itself(bool isIntoTheOther)
    {
        _checkout.Git("checkout", "--quiet", "-b", "other");
        Move("shop", "store");
        _scratch.With("projects/zoo/project.yml", "service: {image: z, ports: [80, 81]}\n");
        _checkout.Commit("another line of the lock, as a person may add one");
        _checkout.Git("checkout", "--quiet", "main");
        _scratch.With("projects/shop/project.yml", One + "  stop_signal: SIGINT\n");
        _checkout.Commit("edit");
        _checkout.Git("checkout", "--quiet", isIntoTheOther ? "other" : "main");

        _checkout.Merge(isIntoTheOther ? "main" : "other");

        Assert.That(Said("CG0517"), Has.One.Contains("`store` is what `shop` was"));
        Assert.That(_checkout.Lock, Does.Contain("port store:store 80 9000\n"));
    }

    [Test]
    public void Of_two_that_are_alike_it_is_not_known_which_is_which()
    {
        _scratch.With("projects/twin/project.yml", One);
        _checkout.Generate();
        _checkout.Commit("twin");
        Directory.Move(_checkout.Folder("shop"), _checkout.Folder("store"));
        Directory.Move(_checkout.Folder("twin"), _checkout.Folder("sibling"));

        Assert.That(Said("CG0517"), Is.Empty);
        Assert.That(_checkout.Lock, Does.Contain("port shop:shop 80 9000\n").And.Contain("port store:store 80 8084\n"));
    }

    [Test]
    public void Nothing_is_taken_for_a_rename_that_shares_less_than_half_of_its_files()
    {
        _scratch.With("projects/shop/b", "b").With("projects/shop/c", "c");
        _checkout.Commit("three files");
        Directory.Move(_checkout.Folder("shop"), _checkout.Folder("store"));
        _scratch.With("projects/store/b", "other").With("projects/store/project.yml", "service: {image: other, ports: [80]}\n");

        Assert.That(Said("CG0518"), Has.One.Contains("composegen ports move shop store"));
        Assert.That(_checkout.Lock, Does.Contain("port shop:shop 80 9000\n").And.Contain("port store:store 80 8082\n"));
    }

    [Test]
    public void What_one_branch_adds_goes_with_the_folder_that_another_renamed()
    {
        _checkout.Git("checkout", "--quiet", "-b", "other");
        Move("shop", "store");
        _scratch.With(PortLock.FileName, _checkout.Lock.Replace("port shop:shop 80 9000", "port store:store 80 9001", StringComparison.Ordinal));
        _checkout.Generate();
        _checkout.Commit("renamed, and moved to 9001");
        _checkout.Git("checkout", "--quiet", "main");
        _scratch.With("projects/shop/project.yml", One.Replace("[80]", "[80, 90]", StringComparison.Ordinal));
        _scratch.With(PortLock.FileName, _checkout.Lock.Replace("port zoo", "port shop:shop 90 9300\nport zoo", StringComparison.Ordinal));
        _checkout.Generate();
        _checkout.Commit("one port more");
        _checkout.Merge("other");

        Assert.That(Said("CG0517"), Has.One.Contains("`store` is what `shop` was"));
        Assert.That(_checkout.Lock, Does.Contain("port store:store 80 9001\nport store:store 90 9300\n"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_line_that_a_merge_lost_is_written_again_while_nobody_has_its_port(bool isTakenMeanwhile)
    {
        Directory.Delete(_checkout.Folder("shop"), recursive: true);
        _checkout.Generate();
        _checkout.Commit("shop goes, its line stays");
        _checkout.Git("checkout", "--quiet", "-b", "other");
        _scratch.With("projects/shop/project.yml", One);
        _checkout.Generate();
        _checkout.Commit("shop comes back");
        _checkout.Git("checkout", "--quiet", "main");
        _scratch.With(PortLock.FileName, _checkout.Lock.Replace("port shop:shop 80 9000\n", string.Empty, StringComparison.Ordinal));
        if (isTakenMeanwhile)
        {
            _scratch.With("projects/a/project.yml", "services: {a: {image: a, ports: [80]}, b: {image: b, ports: [9000]}}\n");
        }

        _checkout.Generate();
        _checkout.Commit("its line goes too");
        _checkout.Git("merge", "--quiet", "--no-edit", "other");
        Assert.That(_checkout.Lock, Does.Not.Contain("shop"), "what this is about");

        Assert.That(
            Said("CG0521"),
            Is.EqualTo(
                isTakenMeanwhile
                    ? (string[])["shop:shop gets another host port than it had before the merge: a:b has 9000 now"]
                    : ["shop:shop keeps host port 9000, whose line was lost in the merge"]
            )
        );
        Assert.That(_checkout.Lock, Does.Contain(isTakenMeanwhile ? "port shop:shop 80 8082\n" : "port shop:shop 80 9000\n"));
        // Who takes the line out by hand means it.
        _checkout.Commit("merged");
        _scratch.With(PortLock.FileName, _checkout.Lock.Replace("port shop:shop", "# port shop:shop", StringComparison.Ordinal));
        Assert.That(Said("CG0521"), Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void So_is_a_subnets(bool isTakenMeanwhile)
    {
        const string Line = "subnet shop 10.208.7.0/24\n";
        const string Shop = "{shared: false, service: {image: i, ports: [80]}}\n";
        Directory.Delete(_checkout.Folder("shop"), recursive: true);
        _scratch.With(PortLock.FileName, _checkout.Lock.Replace("end\n", Line + "end\n", StringComparison.Ordinal));
        _checkout.Generate();
        _checkout.Commit("shop goes, its lines stay");
        _checkout.Git("checkout", "--quiet", "-b", "other");
        _scratch.With("projects/shop/project.yml", Shop);
        _checkout.Generate();
        _checkout.Commit("shop comes back");
        _checkout.Git("checkout", "--quiet", "main");
        var pruned = _checkout.Lock.Replace("port shop:shop 80 9000\n", string.Empty, StringComparison.Ordinal);
        _scratch.With(PortLock.FileName, pruned.Replace(Line, isTakenMeanwhile ? "subnet gone 10.208.0.0/16\n" : string.Empty, StringComparison.Ordinal));
        _checkout.Generate();
        _checkout.Commit("its lines go too");
        _checkout.Git("merge", "--quiet", "--no-edit", "other");
        Assert.That(_checkout.Lock, Does.Not.Contain("shop"), "what this is about");

        Assert.That(
            Said("CG0521"),
            Has.One.EqualTo(
                isTakenMeanwhile
                    ? "network shop gets another subnet than it had before the merge: 10.208.7.0/24 overlaps another's now"
                    : "network shop keeps 10.208.7.0/24, whose line was lost in the merge"
            )
        );
        Assert.That(_checkout.Lock, isTakenMeanwhile ? Does.Not.Contain(Line) : Does.Contain(Line));
    }

    private void Move(string old, string now)
    {
        _checkout.Git("mv", $"projects/{old}", $"projects/{now}");
        _checkout.Commit("move");
    }

    private List<string> Said(string code) => [.. _checkout.Generate().Said.Where(said => said.Code == code).Select(said => said.Message)];
}
