using System.Runtime.Versioning;
using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Cli;

/// <summary>The workspace's <c>.env</c>: what the projects' own say of the variables that they use, under the names of the generated file.</summary>
public class EnvironmentTests
{
    private const string Compose = """
        services:
          web:
            image: "i:${TAG:-latest}"
            environment: [SECRET]
            volumes: ["${DATA}:/data"]
        """;

    [Test]
    public void Values_of_two_projects_stay_apart()
    {
        using var workspace = Two("SECRET=one", "SECRET=two");

        Assert.That(Lines(workspace), Is.EqualTo(new[] { "A_SECRET=one", "B_SECRET=two" }));
    }

    [Test]
    public void The_committed_files_are_the_same_with_and_without_them()
    {
        using var workspace = Two("SECRET=one\nTAG=1\nDATA=/x", "SECRET=two");
        var with = Pipeline.Run(new WorkspaceFiles(workspace.Root), new DiagnosticBag())!;
        File.Delete(workspace.PathOf("projects/a/.env"));
        File.Delete(workspace.PathOf("projects/b/.env"));
        var without = Pipeline.Run(new WorkspaceFiles(workspace.Root), new DiagnosticBag())!;

        Assert.That(with.ComposeFile, Is.EqualTo(without.ComposeFile).And.Not.Contain("one"));
        Assert.That(with.LockFile, Is.EqualTo(without.LockFile));
        Assert.That(Lines(workspace), Is.Empty);
    }

    [TestCase("TAG=1 # a comment", "A_TAG=1")]
    [TestCase("export TAG = 1", "A_TAG=1")]
    [TestCase("TAG: 1", "A_TAG=1")]
    [TestCase("TAG='$1 #'", "A_TAG='$1 #'")]
    [TestCase("TAG=\"a\nb\"", "A_TAG=\"a\nb\"")]
    [TestCase("TAG=1\nTAG=2", "A_TAG=2")]
    [TestCase("BASE=1\nTAG=${BASE}-x", "A_BASE=1|A_TAG=${A_BASE-${BASE-}}-x")]
    [TestCase("TAG=${HOME}", "A_TAG=${HOME}")]
    [TestCase("""BASE=1\nTAG="\$BASE $BASE" """, """A_BASE=1|A_TAG="\$BASE ${A_BASE-${BASE-}}" """)]
    [TestCase("UNUSED=1\nTAG", "")]
    [TestCase("DATA=./files", "A_DATA=./projects/a/files")]
    [TestCase("DATA=../files", "A_DATA=./projects/files")]
    [TestCase("DATA=volume", "A_DATA=volume")]
    [TestCase("\uFEFFTAG=1\r\nDATA=/x\r\n", "A_TAG=1|A_DATA=/x")]
    public void A_line_means_what_it_meant_in_its_project(string environment, string expected)
    {
        using var workspace = Two(environment.Replace(@"1\n", "1\n", StringComparison.Ordinal).TrimEnd(' '), string.Empty);

        Assert.That(string.Join('|', Lines(workspace)), Is.EqualTo(expected.TrimEnd(' ')));
    }

    [Test]
    public void A_broken_line_is_said_and_the_others_count()
    {
        using var workspace = Two("no value\nTAG=1\nx y=2\nDATA=\"open", string.Empty);
        var bag = new DiagnosticBag();

        Assert.That(Lines(workspace, bag), Is.EqualTo(new[] { "A_TAG=1" }));
        Assert.That(
            bag.Sorted().Select(diagnostic => $"{diagnostic.Code} {diagnostic.Span}"),
            Is.EqualTo(new[] { "CG0216 projects/a/.env:3:1", "CG0216 projects/a/.env:4:6" })
        );
    }

    [Test]
    public void What_chooses_files_for_compose_is_said_to_choose_none_here()
    {
        using var workspace = Two("COMPOSE_FILE=a.yaml:b.yaml\nCOMPOSE_PROJECT_NAME=x\nTAG=1", string.Empty);
        var bag = new DiagnosticBag();

        Assert.That(Lines(workspace, bag), Is.EqualTo(new[] { "A_TAG=1" }));
        Assert.That(
            bag.Sorted().Select(diagnostic => $"{diagnostic.Code} {diagnostic.Span}"),
            Is.EqualTo(new[] { "CG0217 projects/a/.env:1:1" })
        );
    }

    [Test]
    public void A_variable_in_an_env_file_is_asked_for_by_its_own_name()
    {
        const string Service = "services: {web: {image: i, env_file: [app.env, {path: raw.env, format: raw}]}}";
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*")
            .With("projects/a/compose.yaml", Service)
            .With("projects/a/app.env", "URL=db://${USER_A}:${SHARED}@db\nOTHER='${LITERAL}'")
            .With("projects/a/raw.env", "RAW=${RAW_ONLY}")
            .With("projects/a/.env", "USER_A=me\nSHARED=1\nLITERAL=1\nRAW_ONLY=1")
            .With("projects/b/compose.yaml", """services: {web: {image: "i:${SHARED}"}}""");
        var bag = new DiagnosticBag();

        Assert.That(Lines(workspace, bag), Is.EqualTo(new[] { "A_USER_A=me", "USER_A=me", "A_SHARED=1" }));
        Assert.That(bag.Sorted().Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "CG0412" }));
    }

    [Test]
    public void Two_included_files_with_a_value_each_are_told_apart()
    {
        const string Included = """services: {NAME: {image: "i:${TAG}"}}""";
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*")
            .With(
                "projects/a/compose.yaml",
                "include: [one/compose.yaml, {path: two/compose.yaml, env_file: [two/first.env, two/last.env]}]\n"
            )
            .With("projects/a/one/compose.yaml", Included.Replace("NAME", "one", StringComparison.Ordinal))
            .With("projects/a/one/.env", "TAG=1\nONE=1")
            .With(
                "projects/a/two/compose.yaml",
                Included.Replace("NAME", "two", StringComparison.Ordinal).Replace("TAG", "TAG}${TWO", StringComparison.Ordinal)
            )
            .With("projects/a/two/first.env", "TAG=2\nTWO=first")
            .With("projects/a/two/last.env", "TWO=last");
        var bag = new DiagnosticBag();

        Assert.That(Lines(workspace, bag), Is.EqualTo(new[] { "A_TAG=1", "A_TWO=last" }));
        Assert.That(
            bag.Sorted().Select(diagnostic => $"{diagnostic.Code} {diagnostic.Span}"),
            Has.One.EqualTo("CG0413 projects/a/two/first.env:1:1")
        );
    }

    [Test]
    public void What_the_user_wrote_outside_of_the_block_stays_and_counts_more()
    {
        using var workspace = Two("SECRET=one\nTAG=1", "SECRET=two").With(".env", "A_SECRET=mine\n# a note");

        var first = Text(workspace)!;
        workspace.With(".env", first);
        var second = Text(workspace);

        Assert.That(first, Does.StartWith("A_SECRET=mine\n# a note\n").And.Contain("A_TAG=1\n").And.Contain("B_SECRET=two\n"));
        Assert.That(first, Does.Not.Contain("A_SECRET=one"));
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void What_is_demanded_is_handed_on_from_the_shell()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*")
            .With("projects/a/compose.yaml", """services: {web: {image: "i:${TAG:?which}"}}""")
            .With("projects/b/compose.yaml", """services: {web: {image: "i:${TAG?which}"}}""")
            .With("projects/b/.env", "TAG=1");

        Assert.That(Lines(workspace), Is.EqualTo(new[] { "A_TAG=${TAG-}", "B_TAG=1" }));
    }

    [Test]
    public void A_block_with_nothing_left_to_say_goes()
    {
        using var workspace = Two("SECRET=one", string.Empty).With(".env", "MINE=1\n");
        workspace.With(".env", Text(workspace)!);
        File.Delete(workspace.PathOf("projects/a/.env"));

        Assert.That(Text(workspace), Is.EqualTo("MINE=1\n"));
    }

    [Test]
    public void A_link_that_leads_nowhere_is_no_file()
    {
        using var workspace = Two(string.Empty, "SECRET=two");
        File.Delete(workspace.PathOf("projects/a/.env"));
        File.CreateSymbolicLink(workspace.PathOf("projects/a/.env"), "mailer.conf");
        var bag = new DiagnosticBag();

        Assert.That(Lines(workspace, bag), Is.EqualTo(new[] { "B_SECRET=two" }));
        Assert.That(bag.Sorted(), Is.Empty);
    }

    [Test]
    public void A_link_in_a_circle_is_told()
    {
        using var workspace = Two(string.Empty, "SECRET=two");
        File.Delete(workspace.PathOf("projects/a/.env"));
        File.CreateSymbolicLink(workspace.PathOf("projects/a/.env"), ".env");
        var bag = new DiagnosticBag();

        Lines(workspace, bag);

        Assert.That(bag.Sorted().Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "CG0215" }));
        Assert.That(bag.Sorted()[0].Message, Does.StartWith("projects/a/.env cannot be read: ").And.Not.Contain(workspace.Root));
    }

    [Test]
    public void Where_there_is_nothing_to_say_no_file_is_made()
    {
        using var workspace = Two(string.Empty, string.Empty);

        Assert.That(Text(workspace), Is.Null);
    }

    [Test]
    public void A_port_that_another_service_has_is_not_taken_from_a_project()
    {
        const string Port = """services: {web: {image: i, ports: ["${PORT:-8080}:80"]}}""";
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*")
            .With("projects/a/compose.yaml", Port)
            .With("projects/a/.env", "PORT=9000")
            .With("projects/b/compose.yaml", Port)
            .With("projects/b/.env", "PORT=9000")
            .With("projects/c/compose.yaml", Port)
            .With("projects/c/.env", "PORT=8080");
        var bag = new DiagnosticBag();

        Assert.That(Lines(workspace, bag), Is.EqualTo(new[] { "A_PORT=9000" }));
        Assert.That(
            bag.Sorted().Where(d => d.Code == "CG0513").Select(d => d.Span?.File),
            Is.EqualTo(new[] { "projects/b/.env", "projects/c/.env" })
        );
    }

    [Test]
    public void Of_an_address_and_a_port_in_one_the_port_is_used()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*")
            .With("projects/a/compose.yaml", """services: {web: {image: i, ports: ["${PORT}:80", "${DB:-127.0.0.1:13306}:3306"]}}""")
            .With("projects/a/.env", "PORT=0.0.0.0:9000");
        var bag = new DiagnosticBag();

        Assert.That(Lines(workspace, bag), Is.EqualTo(new[] { "A_PORT=9000" }));
        Assert.That(bag.Sorted().Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "CG0514" }));
    }

    [Test]
    public void What_is_said_with_a_ports_variable_besides_stays()
    {
        const string Port =
            """services: {web: {image: i, environment: ["LISTEN=${PORT:-8080}"], ports: ["${PORT:-8080}:${PORT:-8080}"]}}""";
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*")
            .With("projects/a/compose.yaml", Port)
            .With("projects/b/compose.yaml", Port)
            .With("projects/b/.env", "PORT=8080");

        Assert.That(Lines(workspace), Is.EqualTo(new[] { "B_PORT_PUBLISHED=8081", "B_PORT=8080" }));
    }

    [Test]
    public void Names_that_would_meet_are_spaced()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "*")
            .With("projects/shop/compose.yaml", """services: {web: {image: "i:${API_KEY}"}}""")
            .With("projects/shop/.env", "API_KEY=shop")
            .With("projects/shop-api/compose.yaml", """services: {web: {image: "i:${KEY}"}}""")
            .With("projects/shop-api/.env", "KEY=api")
            .With("projects/3d/compose.yaml", """services: {web: {image: "i:${KEY}"}}""")
            .With("projects/3d/.env", "KEY=3d");

        Assert.That(Lines(workspace), Is.EqualTo(new[] { "_3D_KEY=3d", "SHOP__API_KEY=shop", "SHOP_API__KEY=api" }));
    }

    [Test]
    public void Git_has_to_ignore_it()
    {
        using var workspace = Two("SECRET=one", string.Empty).With(".git/HEAD", "ref: refs/heads/main\n");
        var bag = new DiagnosticBag();
        Text(workspace, bag);
        workspace.With(".gitignore", "/artifacts/\r\n/.env\r\n");
        var after = new DiagnosticBag();
        Text(workspace, after);

        Assert.That(bag.Sorted().Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "CG0706" }));
        Assert.That(after.Sorted(), Is.Empty);
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void Only_its_owner_may_read_it()
    {
        using var workspace = new ScratchWorkspace().With("open", "old");
        OutputText[] texts = [new("new", "x") { IsSecret = true }, new("open", "x") { IsSecret = true }];
        Assert.That(OutputFile.WriteAll(new WorkspaceFiles(workspace.Root), texts, new DiagnosticBag()), Is.True);

        Assert.That(texts.Select(text => File.GetUnixFileMode(workspace.PathOf(text.File))), Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private static ScratchWorkspace Two(string a, string b) =>
        new ScratchWorkspace()
            .With("which-project", "*")
            .With("projects/a/compose.yaml", Compose)
            .With("projects/a/.env", a)
            .With("projects/b/compose.yaml", Compose)
            .With("projects/b/.env", b);

    private static string? Text(ScratchWorkspace workspace, DiagnosticBag? bag = null)
    {
        var files = new WorkspaceFiles(workspace.Root);
        return WorkspaceEnvironment.Text(files, Pipeline.Run(files, new DiagnosticBag())!.Plan, bag ?? new DiagnosticBag());
    }

    private static string[] Lines(ScratchWorkspace workspace, DiagnosticBag? bag = null) =>
        [
            .. DotEnv
                .Read(new SourceText(".env", EnvironmentFile.Read(Text(workspace, bag) ?? string.Empty).Block), new DiagnosticBag())
                .Select(line => line.ToString()),
        ];
}
