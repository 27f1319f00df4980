using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Rendering;
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

    /// <summary>The built-in templates are not run service by service: what is written is what they would write, and is sound when it is read back.</summary>
    [TestCaseSource(nameof(Cases))]
    public void The_templates_write_the_same(string name)
    {
        var root = Repository.PathOf("tests", "ComposeGen.Tests", "Golden", name);
        if (Pipeline.Run(new WorkspaceFiles(root), new DiagnosticBag()) is not { } generated || !generated.Plan.Workspace.Templates.IsEmpty)
        {
            return;
        }

        var own = new SourceText($"compose.templates/{ServiceText.Template}", "{{~ ## changed ## ~}}\n" + TemplateSet.BuiltIn(ServiceText.Template));
        var workspace = generated.Plan.Workspace with
        {
            Templates = generated.Plan.Workspace.Templates.Add(ServiceText.Template, own),
        };
        var (bag, problems) = (new DiagnosticBag(), new DiagnosticBag());
        var rendered = Pipeline.Text(generated.Plan with { Workspace = workspace }, bag);
        RenderedYaml.Check(generated.ComposeFile, problems);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(generated.ComposeFile, Does.EndWith("\n" + rendered).And.Length.EqualTo(generated.ComposeFile.IndexOf('\n', StringComparison.Ordinal) + 1 + rendered!.Length));
            Assert.That(problems.Sorted(), Is.Empty);
        }
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
