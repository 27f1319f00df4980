using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Workspaces;

/// <summary>Templates are read from inside of the workspace alone, wherever their folder is.</summary>
public class TemplateFilesTests
{
    private static readonly SourceSpan Setting = new(Settings.FileName, 1, 12);

    [Test]
    public void Templates_are_called_by_their_path_in_the_folder()
    {
        using var workspace = new ScratchWorkspace()
            .With("my/templates/a.sbn", "a")
            .With("my/templates/b/c.sbn", "c")
            .With("my/d.sbn", "d");
        var bag = new DiagnosticBag();

        var templates = Load(workspace, "my/templates", bag);

        Assert.That(templates.Keys, Is.EquivalentTo(new[] { "a.sbn", "b/c.sbn" }));
        Assert.That(bag.Sorted(), Is.Empty);
    }

    [TestCase("my/templates/linked.sbn")]
    [TestCase("my/templates/linked")]
    [TestCase("my/templates")]
    [TestCase("my")]
    public void A_symbolic_link_on_the_way_is_an_error(string link)
    {
        using var outside = new ScratchWorkspace().With("templates/secret.sbn", "secret").With("secret.sbn", "secret");
        using var workspace = new ScratchWorkspace();
        Directory.CreateDirectory(Path.GetDirectoryName(workspace.PathOf(link))!);
        var target = link.EndsWith(".sbn", StringComparison.Ordinal) ? outside.PathOf("secret.sbn") : outside.Root;
        Directory.CreateSymbolicLink(workspace.PathOf(link), target);
        var bag = new DiagnosticBag();

        var templates = Load(workspace, "my/templates", bag);

        Assert.That(templates, Is.Empty);
        Assert.That(bag.Sorted().Select(diagnostic => diagnostic.Code).Distinct(), Is.EqualTo(new[] { "CG0602" }));
    }

    [Test]
    public void Without_a_setting_the_folder_need_not_be_there()
    {
        using var workspace = new ScratchWorkspace();
        var bag = new DiagnosticBag();

        Assert.That(TemplateFiles.Load(new WorkspaceFiles(workspace.Root), TemplatesFolder.Default, bag), Is.Empty);
        Assert.That(bag.Sorted(), Is.Empty);
    }

    private static ImmutableDictionary<string, SourceText> Load(ScratchWorkspace workspace, string folder, DiagnosticBag bag) =>
        TemplateFiles.Load(new WorkspaceFiles(workspace.Root), new TemplatesFolder(folder, Setting), bag);
}
