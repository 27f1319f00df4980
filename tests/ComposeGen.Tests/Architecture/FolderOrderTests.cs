using System.Text.RegularExpressions;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Architecture;

public partial class FolderOrderTests
{
    private static readonly string[] Order =
    [
        "Diagnostics",
        "Manifests",
        "Workspaces",
        "Planning",
        "Compose",
        "Rendering",
        "Output",
        "Processes",
        "Docker",
        "Cli",
    ];

    [Test]
    public void A_folder_uses_only_those_before_it()
    {
        var source = Repository.PathOf("src", "ComposeGen");
        var wrong =
            from file in Directory.GetFiles(source, "*.cs", SearchOption.AllDirectories)
            let parts = Path.GetRelativePath(source, file).Split(Path.DirectorySeparatorChar)
            where parts.Length > 1
            from Match use in Use().Matches(File.ReadAllText(file))
            where Array.IndexOf(Order, use.Groups[1].Value) > Array.IndexOf(Order, parts[0])
            select $"{string.Join('/', parts)} uses {use.Groups[1].Value}";

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Every_folder_has_its_place()
    {
        var folders = Directory
            .GetDirectories(Repository.PathOf("src", "ComposeGen"))
            .Select(Path.GetFileName)
            .Where(name => name is not ("bin" or "obj"));

        Assert.That(folders, Is.EquivalentTo(Order));
    }

    [TestCase("Process.Start(", "Processes/ForeignProgram.cs")]
    [TestCase("File.Move(", "Output/Replacement.cs")]
    // Which builds are this run's, and whether the clock is right.
    [TestCase("DateTime", "Docker/BuildHistory.cs", "Docker/Checks/MachineClock.cs")]
    [TestCase("Guid.NewGuid")]
    public void What_touches_the_machine_stands_where_it_is_known_to(string call, params string[] places)
    {
        var source = Repository.PathOf("src", "ComposeGen");
        var files = Directory
            .GetFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains(call, StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(source, file).Replace(Path.DirectorySeparatorChar, '/'));

        Assert.That(files, Is.EquivalentTo(places));
    }

    [GeneratedRegex(@"ComposeGen\.(Diagnostics|Manifests|Workspaces|Planning|Compose|Rendering|Output|Processes|Docker|Cli)\b")]
    private static partial Regex Use();
}
