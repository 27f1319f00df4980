using System.Diagnostics;
using System.Globalization;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Hostile;

/// <summary>
/// Files as large as they may be, filled with whatever costs most, and larger ones: the published tool answers with 300 MB of
/// memory. How long it takes is printed, not asserted.
/// </summary>
public class BombTests
{
    private const string Compose = "projects/a/compose.yml";
    private const string Lock = "which-project.lock";
    private const string Service = "services:\n  a:\n    image: x\n";

    // Of the heap, in hexadecimal: 268 million bytes. The rest of the process takes about 20.
    private const string Memory = "10000000";

    private static TestCaseData[] Bombs =>
        [
            Bomb("variables in one text", Compose, Service + $"    command: \"{Repeated(500_000, _ => "$A")}\"\n", null),
            Bomb("variables of many names", Compose, Service + "    environment:\n" + Repeated(60_000, i => $"      V{i}: ${{V{i}}}\n"), null),
            Bomb("one scalar", Compose, Service + $"    command: \"{Repeated(500_000, _ => "a b ")}\"\n", null),
            Bomb("ports", Compose, Service + "    ports:\n" + Repeated(100_000, i => $"    - \"{1 + (i % 65_000)}\"\n"), "CG0504"),
            Bomb("services that extend the next", Compose, "services:\n" + Repeated(20_000, i => $"  s{i}: {{extends: s{i + 1}}}\n"), "CG0360"),
            Bomb("aliases of aliases", Compose, $"a0: &a0 [x]\n{Repeated(9, i => $"a{i + 1}: &a{i + 1} [{Repeated(9, _ => $"*a{i},")}]\n")}", "CG0207"),
            Bomb("brackets", Compose, $"a: {new string('[', 500_000)}", "CG0208"),
            Bomb("keys", Compose, Service + "    labels:\n" + Repeated(1_000_000, i => $"      k{i}: 1\n"), "CG0214"),
            Bomb("one scalar of 100 MB", Compose, $"{Service}    command: \"{new string('a', 100_000_000)}\"\n", "CG0214"),
            Bomb("EXPOSE", "projects/a/Dockerfile", "FROM x\n" + Repeated(150_000, i => $"EXPOSE {1 + (i % 65_000)}\n"), "CG0504"),
            Bomb("requirements", "projects/a/requirements.txt", Repeated(400_000, _ => "a==1\n"), null),
            Bomb("lines of the lock for one port", Lock, $"version 1\n{Repeated(180_000, i => $"port p{i}:a 80 1000\n")}end\n", "CG0511"),
            Bomb("lines of the lock that are none", Lock, Repeated(4_000_000, _ => "x\n"), "CG0508"),
        ];

    [TestCaseSource(nameof(Bombs))]
    public void It_ends_in_a_message(string file, string text, string? code)
    {
        using var workspace = new ScratchWorkspace().With("which-project", "a\n").With(file, text);
        if (file == Lock)
        {
            workspace.With(Compose, Service);
        }

        var watch = Stopwatch.StartNew();
        var outcome = Run.Program(
            Repository.Script,
            workspace.Root,
            new Dictionary<string, string?> { ["DOTNET_GCHeapHardLimit"] = Memory },
            "validate"
        );
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0.00} s"));

        Assert.That(outcome.ExitCode, Is.LessThanOrEqualTo(1), outcome.ToString);
        Assert.That(outcome.Error, code is null ? Does.Not.Contain("error CG") : Does.Contain(code), outcome.ToString);
    }

    private static TestCaseData Bomb(string name, string file, string text, string? code) =>
        new TestCaseData(file, text, code).SetArgDisplayNames(name);

    private static string Repeated(int times, Func<int, string> part) => string.Concat(Enumerable.Range(0, times).Select(part));
}
