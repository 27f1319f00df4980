using System.Globalization;
using ComposeGen.Cli;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Mistakes;

/// <summary>
/// Mistakes that people make, each a small workspace. What <c>validate</c> answers stands in <c>expected.txt</c>, to the letter;
/// what somebody would do upon it is in <c>mended/</c>, and after that there is nothing left to say. COMPOSEGEN_GOLDEN=rewrite writes
/// the answers anew.
/// </summary>
public class MistakesTests
{
    private static readonly bool IsRewriting = Environment.GetEnvironmentVariable("COMPOSEGEN_GOLDEN") == "rewrite";

    private static string Folder => Repository.PathOf("tests", "ComposeGen.Tests", "Mistakes");

    public static IEnumerable<string> Cases() =>
        Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    [Test]
    public void There_are_twenty_and_more() => Assert.That(Cases().Count(), Is.GreaterThanOrEqualTo(20));

    [TestCaseSource(nameof(Cases))]
    public void A_mistake_is_answered_so_that_it_can_be_mended(string name)
    {
        using var workspace = new ScratchWorkspace().WithCopyOf(Path.Combine(Folder, name));
        Directory.Delete(workspace.PathOf("mended"), recursive: true);
        var expected = Path.Combine(Folder, name, "expected.txt");

        var answer = Validate(workspace);

        if (IsRewriting)
        {
            File.WriteAllText(expected, answer);
        }

        Assert.That(answer, Is.EqualTo(File.ReadAllText(expected)));
        Assert.That(answer, Does.StartWith("exit code 1\n"));
    }

    [TestCaseSource(nameof(Cases))]
    public void Mended_there_is_nothing_left_to_say(string name)
    {
        using var workspace = new ScratchWorkspace().WithCopyOf(Path.Combine(Folder, name));
        foreach (var file in Directory.GetFiles(workspace.PathOf("mended"), "*", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            var path = Path.GetRelativePath(workspace.PathOf("mended"), file);
            if (text.Length > 0)
            {
                workspace.With(path, text);
            }
            else
            {
                File.Delete(workspace.PathOf(path));
            }
        }

        Assert.That(Validate(workspace), Does.StartWith("exit code 0\nno errors: "));
    }

    private static string Validate(ScratchWorkspace workspace)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var code = Program.Run(["validate", "-C", workspace.Root], new Terminal(output, output, HasColor: false)).GetAwaiter().GetResult();
        return $"exit code {code}\n{output}";
    }
}
