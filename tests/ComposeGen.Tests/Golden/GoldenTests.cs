using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Golden;

/// <summary>
/// Each folder here is a small workspace with what it comes to in <c>expected/</c>: the files, where it is sound, and the
/// messages, where there are any. COMPOSEGEN_GOLDEN=rewrite writes <c>expected/</c> anew; read the difference before you
/// commit it.
/// </summary>
public class GoldenTests
{
    private static readonly bool IsRewriting = Environment.GetEnvironmentVariable("COMPOSEGEN_GOLDEN") == "rewrite";

    public static IEnumerable<string> Cases() =>
        Directory
            .GetDirectories(Repository.PathOf("tests", "ComposeGen.Tests", "Golden"))
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Cases))]
    public void A_workspace_comes_to_what_is_expected(string name)
    {
        var root = Repository.PathOf("tests", "ComposeGen.Tests", "Golden", name);
        using var messages = new StringWriter { NewLine = "\n" };
        var files = new WorkspaceFiles(root);
        var bag = new DiagnosticBag();
        var generated = Pipeline.Run(files, bag);
        bag.AddAll([.. generated?.Plan.Ports.Repairs ?? [], .. generated?.Plan.Ports.News ?? []]);
        var writer = new DiagnosticWriter(messages, files.TryReadText);
        foreach (var diagnostic in bag.Sorted())
        {
            writer.Write(diagnostic);
        }

        Assert.That(generated is null, Is.EqualTo(bag.HasErrors), "a file comes out exactly where there is no error");
        using (Assert.EnterMultipleScope())
        {
            Expect(root, "docker-compose.yml", generated?.ComposeFile);
            Expect(root, PortLock.FileName, generated?.LockFile);
            Expect(root, "messages.txt", messages.ToString() is { Length: > 0 } text ? text : null);
        }
    }

    /// <summary>The lock is enough: with it, the same ports come out again, and nothing is left to say about them.</summary>
    [TestCaseSource(nameof(Cases))]
    public void A_second_run_changes_nothing(string name)
    {
        var root = Repository.PathOf("tests", "ComposeGen.Tests", "Golden", name);
        if (Pipeline.Run(new WorkspaceFiles(root), new DiagnosticBag()) is not { } first)
        {
            return;
        }

        using var copy = new ScratchWorkspace();
        copy.WithCopyOf(root);
        copy.With(PortLock.FileName, first.LockFile);

        var second = Pipeline.Run(new WorkspaceFiles(copy.Root), new DiagnosticBag());

        Assert.That(second?.ComposeFile, Is.EqualTo(first.ComposeFile));
        Assert.That(second!.LockFile, Is.EqualTo(first.LockFile));
        Assert.That(second.Plan.Ports.Repairs, Is.Empty);
    }

    private static void Expect(string root, string file, string? actual)
    {
        var path = Path.Combine(root, "expected", file);
        if (IsRewriting)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Delete(path);
            if (actual is not null)
            {
                File.WriteAllText(path, actual);
            }

            return;
        }

        Assert.That(actual, Is.EqualTo(File.Exists(path) ? File.ReadAllText(path) : null), file);
    }
}
