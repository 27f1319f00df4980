using System.Collections.Concurrent;
using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Docker.Verdicts;

/// <summary>
/// What Compose accepts, ComposeGen accepts, and what it refuses, is refused: real Compose files with a mistake in each are put
/// through both, and every difference is one that <see cref="ExplainedDifferences"/> gives a reason for.
/// </summary>
public class VerdictTests : ComposeFixture
{
    private static string Golden => Repository.PathOf("tests", "ComposeGen.Tests", "Golden");

    [Test]
    public void Both_say_the_same_of_changed_compose_files()
    {
        var seeds = Seeds().ToList();
        var first = int.Parse(Environment.GetEnvironmentVariable("COMPOSEGEN_SEED") ?? "1", System.Globalization.CultureInfo.InvariantCulture);
        var times = LongRun.Times(40, 1000);
        var verdicts = new ConcurrentBag<Verdict>();
        Parallel.For(first, first + times, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed => verdicts.Add(Judge(seeds[seed % seeds.Count], seed)));

        var different = verdicts.Where(verdict => verdict.IsAccepted != verdict.IsAcceptedByCompose).OrderBy(verdict => verdict.Seed).ToList();
        var unexplained = different.Where(verdict => ExplainedDifferences.Reason(verdict) is null).Select(verdict => verdict.ToString()).ToList();
        TestContext.Out.WriteLine(
            $"{verdicts.Count} files: {verdicts.Count(v => v.IsAccepted && v.IsAcceptedByCompose)} accepted by both, {verdicts.Count(v => !v.IsAccepted && !v.IsAcceptedByCompose)} refused by both, {different.Count} different, of which {different.Count - unexplained.Count} explained"
        );
        unexplained.ForEach(TestContext.Out.WriteLine);
        Assert.That(unexplained, Is.Empty);
        // Where all are sound, or none is, nothing was tested.
        Assert.That(verdicts.Count(v => v.IsAcceptedByCompose), Is.InRange(times / 10, times * 9 / 10));
    }

    private static IEnumerable<(string Case, string File)> Seeds() =>
        from folder in Directory.GetDirectories(Golden, "compose-*").Order(StringComparer.Ordinal)
        where File.Exists(Path.Combine(folder, "expected", "docker-compose.yml"))
        from file in Directory.GetFiles(Path.Combine(folder, "projects"), "*compose.y*ml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file)))! == "projects"
        select (Path.GetFileName(folder), Path.GetRelativePath(folder, file));

    private static Verdict Judge((string Case, string File) seed, int number)
    {
        using var workspace = new ScratchWorkspace().WithCopyOf(Path.Combine(Golden, seed.Case));
        var tree = (YamlMapping)YamlReader.Read(new SourceText(seed.File, workspace.Read(seed.File)), new DiagnosticBag())!;
        var mutation = new Mutation(tree, number);
        workspace.With(seed.File, mutation.Text);
        var bag = new DiagnosticBag();
        Pipeline.Run(new WorkspaceFiles(workspace.Root), bag);
        var folder = Path.GetDirectoryName(seed.File)!;
        var compose = Run.Program("docker", workspace.PathOf(folder), "compose", "-p", "scratch", "--profile", "*", "config", "--quiet");
        return new Verdict(
            number,
            $"{seed.Case}/{seed.File}",
            mutation.What,
            [.. bag.Sorted().Where(diagnostic => diagnostic.Severity == Severity.Error)],
            compose.ExitCode == 0,
            compose.Error.Trim().Split('\n')[^1]
        );
    }
}
