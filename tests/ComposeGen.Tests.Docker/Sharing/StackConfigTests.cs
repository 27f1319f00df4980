using System.Text.RegularExpressions;
using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Docker.Sharing;

/// <summary>The stack file of every workspace that there are golden files for, in the eyes of <c>docker stack</c> itself.</summary>
public partial class StackConfigTests : ComposeFixture
{
    private static string Golden => Repository.PathOf("tests", "ComposeGen.Tests", "Golden");

    private static IEnumerable<string> Cases() =>
        Directory
            .GetDirectories(Golden)
            .Where(folder => File.Exists(Path.Combine(folder, "expected", "docker-compose.yml")))
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Cases))]
    public void Docker_takes_the_stack_file(string name)
    {
        using var workspace = new ScratchWorkspace().WithCopyOf(Path.Combine(Golden, name));
        var bag = new DiagnosticBag();
        using var first = Fill(workspace, bag);
        // What a config or secret is taken from has to come from somewhere.
        var unset = Unset().Matches(string.Concat(bag.Sorted().Select(diagnostic => diagnostic.Message))).Select(match => $"{match.Groups[1].Value}=given\n");
        File.AppendAllText(workspace.PathOf(".env"), string.Concat(unset));
        bag = new DiagnosticBag();
        using var file = Fill(workspace, bag);
        var refused = bag.Sorted().Where(diagnostic => diagnostic.Severity == Severity.Error).Select(diagnostic => diagnostic.Code).Distinct();

        // What it says does not run in a swarm, or is not there, is not sent.
        Assert.That(refused, Is.SubsetOf(new[] { "CG0933", "CG0943" }));
        var outcome = Run.Program("docker", workspace.Root, "stack", "config", "--compose-file", file.Path);
        Assert.That(outcome.ExitCode, Is.Zero, () => $"{outcome}\n{File.ReadAllText(file.Path)}");
    }

    private static StackFile Fill(ScratchWorkspace workspace, DiagnosticBag bag)
    {
        var files = new WorkspaceFiles(workspace.Root);
        var plan = Pipeline.Run(files, new DiagnosticBag())!.Plan;
        var file = new StackFile(files, plan, "golden", WorkspaceEnvironment.Load(files));
        var images = plan.Services.ToDictionary(service => service.Key, service => $"registry.test/{service.Key}:1", StringComparer.Ordinal);
        file.Render(images, isEncrypted: true, bag);
        file.Fill(bag);
        return file;
    }

    [GeneratedRegex("the variable `([^`]+)` is not set")]
    private static partial Regex Unset();
}
