using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Cli;

/// <summary>An address that a service's env_file sets is not set over: the workspace's <c>.env</c> has the file's value.</summary>
public class EnvironmentFileTests
{
    private const string Compose = """
        services:
          db: {image: i}
          web: {image: i, depends_on: [db], env_file: [one.env, {path: two.env, required: false}]}
          worker: {image: i, depends_on: [db], env_file: worker.env}
        """;

    [TestCase("A_DB_HOST=elsewhere", "A_WEB_FILE_A_DB_HOST=elsewhere")]
    [TestCase("OTHER=1\nA_DB_HOST='$x' # why", "A_WEB_FILE_A_DB_HOST='$x'")]
    [TestCase("A_DB_HOST=", "A_WEB_FILE_A_DB_HOST=")]
    [TestCase("A_DB_HOST=${TAG}", "A_WEB_FILE_A_DB_HOST=${TAG}")]
    [TestCase("N=1\nA_DB_HOST=db$N", "A_WEB_FILE_N=1|A_WEB_FILE_A_DB_HOST=db${N-${A_WEB_FILE_N-}}")]
    [TestCase("N=1\nA_DB_HOST=${X:-${N:-2}}", "A_WEB_FILE_N=1|A_WEB_FILE_A_DB_HOST=${X:-${N:-${A_WEB_FILE_N:-2}}}")]
    [TestCase("N=1\nA_DB_HOST=\"\\$N ${N:+2}\"", "A_WEB_FILE_N=1|A_WEB_FILE_A_DB_HOST=\"\\$N ${A_WEB_FILE_N:+2}\"")]
    [TestCase("A_DB_PORT=1\nA_WORKER_HOST=x", "")]
    public void A_line_of_an_env_file_is_handed_on(string file, string expected)
    {
        using var workspace = Workspace(Compose).With("projects/a/one.env", file);

        Assert.That(string.Join('|', Lines(workspace)), Is.EqualTo(expected));
    }

    [Test]
    public void Of_several_files_the_last_one_counts()
    {
        using var workspace = Workspace(Compose).With("projects/a/one.env", "A_DB_HOST=first").With("projects/a/two.env", "A_DB_HOST=second");

        Assert.That(Lines(workspace), Is.EqualTo(new[] { "A_WEB_FILE_A_DB_HOST=second" }));
    }

    [Test]
    public void A_raw_file_means_what_it_says()
    {
        using var workspace = Workspace("services: {a: {image: i, env_file: [{path: raw.env, format: raw}]}}")
            .With("projects/a/raw.env", "# A_A_HOST=no\r\nA_A_HOST=\"$x\" 'y' \\ # z\r\n");

        Assert.That(Lines(workspace), Is.EqualTo(new[] { """A_FILE_A_A_HOST="\"\$x\" 'y' \\ # z" """.TrimEnd() }));
    }

    [Test]
    public void Two_services_files_stay_apart()
    {
        using var workspace = Workspace(Compose)
            .With("projects/a/one.env", "A_DB_HOST=of-web")
            .With("projects/a/worker.env", "A_DB_HOST=of-worker");

        Assert.That(Lines(workspace), Is.EqualTo(new[] { "A_WEB_FILE_A_DB_HOST=of-web", "A_WORKER_FILE_A_DB_HOST=of-worker" }));
    }

    [Test]
    public void The_committed_file_is_the_same_with_and_without_them()
    {
        using var workspace = Workspace(Compose).With("projects/a/one.env", "A_DB_HOST=elsewhere");
        var with = Generate(workspace).ComposeFile;
        File.Delete(workspace.PathOf("projects/a/one.env"));

        Assert.That(Generate(workspace).ComposeFile, Is.EqualTo(with).And.Contain("\"${A_WEB_FILE_A_DB_HOST-a-db}\""));
        Assert.That(Lines(workspace), Is.Empty);
    }

    private static ScratchWorkspace Workspace(string compose) =>
        new ScratchWorkspace().With("which-project", "*").With("projects/a/compose.yaml", compose);

    private static Generated Generate(ScratchWorkspace workspace) =>
        Pipeline.Run(new WorkspaceFiles(workspace.Root), new DiagnosticBag())!;

    private static string[] Lines(ScratchWorkspace workspace)
    {
        var text = WorkspaceEnvironment.Text(new WorkspaceFiles(workspace.Root), Generate(workspace).Plan, new DiagnosticBag());
        var block = EnvironmentFile.Read(text ?? string.Empty).Block;
        return [.. DotEnv.Read(new SourceText(".env", block), new DiagnosticBag()).Select(line => line.ToString())];
    }
}
