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

    private void Move(string old, string now)
    {
        _checkout.Git("mv", $"projects/{old}", $"projects/{now}");
        _checkout.Commit("move");
    }

    private List<string> Said(string code) => [.. _checkout.Generate().Said.Where(said => said.Code == code).Select(said => said.Message)];
}
