using System.Text.RegularExpressions;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>What the tool is expected to write, in the eyes of <c>docker compose</c> itself.</summary>
public partial class ComposeConfigTests : ComposeFixture
{
    private const string Expected = "expected/docker-compose.yml";

    private static string Golden => Repository.PathOf("tests", "ComposeGen.Tests", "Golden");

    private static IEnumerable<string> Cases() =>
        Directory.Exists(Golden)
            ? Directory
                .GetDirectories(Golden)
                .Where(folder => File.Exists(Path.Combine(folder, Expected)))
                .Select(folder => Path.GetFileName(folder))
                .Order(StringComparer.Ordinal)
            : [];

    [Test]
    public void There_are_golden_files() => Assert.That(Cases(), Is.Not.Empty);

    [TestCaseSource(nameof(Cases))]
    public void Docker_compose_takes_the_golden_file(string name)
    {
        using var workspace = new ScratchWorkspace().WithCopyOf(Path.Combine(Golden, name));
        File.Copy(workspace.PathOf(Expected), workspace.PathOf("docker-compose.yml"), overwrite: true);
        AssertTaken(workspace.Root);
    }

    [Test]
    public void Docker_compose_takes_the_repositorys_own_file() => AssertTaken(Repository.Root);

    private static void AssertTaken(string folder)
    {
        // What `${NAME:?message}` demands has to come from somewhere.
        var environment = Demanded()
            .Matches(File.ReadAllText(Path.Combine(folder, "docker-compose.yml")))
            .DistinctBy(match => match.Groups["name"].Value)
            .ToDictionary(match => match.Groups["name"].Value, _ => (string?)"given");
        var outcome = Run.Program("docker", folder, environment, "compose", "-f", "docker-compose.yml", "config", "--quiet");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
            Assert.That(outcome.Error, Does.Not.Contain("level=error"));
        }
    }

    [GeneratedRegex(@"\$\{(?<name>\w+):?\?")]
    private static partial Regex Demanded();
}
