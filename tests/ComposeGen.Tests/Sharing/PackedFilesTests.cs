using ComposeGen.Cli;
using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Sharing;

/// <summary>Which files of a workspace go along into an archive.</summary>
public class PackedFilesTests
{
    private ScratchWorkspace _workspace = null!;

    [SetUp]
    public void Makes_a_workspace() =>
        _workspace = new ScratchWorkspace("lab")
            .With("which-project", "shop\n")
            .With("README.md", "ours")
            .With(".env", "KEY=secret\n")
            .With("projects/shop/page.html", "a page")
            .With("projects/shop/.env", "KEY=secret\n")
            .With("projects/shop/.git/HEAD", "history")
            .With("projects/shop/key.txt", "a key")
            .With("projects/shop/conf/app.conf", "a config");

    [TearDown]
    public void Removes_it() => _workspace.Dispose();

    [Test]
    public void What_is_mounted_goes_along_but_for_secrets_and_history()
    {
        var (files, messages) = Find("volumes: [\".:/src\"], secrets: [key]", withSecrets: false);

        Assert.That(files.Found.Select(file => file.Name), Is.EqualTo(new[] { "projects/shop/conf/app.conf", "projects/shop/page.html", "projects/shop/project.yml" }));
        Assert.That(files.LeftOut, Is.EqualTo(new[] { "projects/shop/key.txt" }));
        Assert.That(messages, Is.EqualTo(new[] { "CG0904 the secret `shop-key` is not packed: who unpacks it puts projects/shop/key.txt there before it starts" }));
    }

    [Test]
    public void Secrets_go_along_where_that_is_asked_for()
    {
        var (files, messages) = Find("volumes: [\".:/src\"], secrets: [key]", withSecrets: true);

        Assert.That(files.Secrets, Is.EqualTo(new[] { "projects/shop/.env", "projects/shop/key.txt" }));
        Assert.That(files.Found.Select(file => file.Name), Is.SupersetOf(files.Secrets));
        Assert.That(messages, Is.Empty);
    }

    [Test]
    public void What_the_archive_has_itself_is_its_own_and_nothing_outside_goes_along()
    {
        File.WriteAllText(Path.Combine(_workspace.Root, "..", "outside"), "not ours");
        File.CreateSymbolicLink(_workspace.PathOf("projects/shop/conf/out"), Path.Combine(_workspace.Root, "..", "outside"));
        File.CreateSymbolicLink(_workspace.PathOf("projects/shop/conf/in"), "../page.html");
        Directory.CreateSymbolicLink(_workspace.PathOf("projects/shop/conf/folder"), _workspace.Root);

        var (files, messages) = Find("volumes: [\"../..:/all\", \"/var/run/docker.sock:/sock\", \"${ELSEWHERE}:/e\"]", withSecrets: false);

        Assert.That(
            files.Found.Select(file => file.Name),
            Is.EqualTo(
                new[]
                {
                    "projects/shop/conf/app.conf",
                    "projects/shop/conf/in",
                    "projects/shop/key.txt",
                    "projects/shop/page.html",
                    "projects/shop/project.yml",
                    "which-project",
                }
            )
        );
        Assert.That(
            messages,
            Is.EquivalentTo(
                new[]
                {
                    "CG0907 README.md is not packed: the archive has one of its own there",
                    "CG0907 projects/shop/conf/folder is not packed: it is a link to a folder",
                    "CG0907 projects/shop/conf/out is not packed: it is a link that leads out of the workspace",
                    "CG0905 shop reads /var/run/docker.sock, which is not in the workspace and so not packed",
                    "CG0905 shop reads what a variable says, which is not in the workspace and so not packed",
                }
            )
        );
    }

    private (PackedFiles Files, string[] Messages) Find(string service, bool withSecrets)
    {
        _workspace.With("projects/shop/project.yml", $"service: {{image: shop, {service}}}\nsecrets: {{key: {{file: key.txt}}}}\n");
        var workspace = new WorkspaceFiles(_workspace.Root);
        var problems = new DiagnosticBag();
        var generated = Pipeline.Run(workspace, problems);
        Assert.That(generated, Is.Not.Null, () => string.Join('\n', problems.Sorted().Select(diagnostic => diagnostic.Message)));
        var bag = new DiagnosticBag();
        var files = new PackedFiles(workspace, withSecrets);
        files.Add(ComposeBuilder.Build(generated!.Plan), bag);
        return (files, [.. bag.Sorted().Select(diagnostic => $"{diagnostic.Code} {diagnostic.Message}")]);
    }
}
