using System.Text.Json;
using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>How commands tell what is wrong.</summary>
public class ReportingTests
{
    private const string Sound = "services: {web: {image: 'busybox:1'}}\n";

    private ScratchWorkspace _workspace = null!;

    [SetUp]
    public void MakeWorkspace() =>
        _workspace = new ScratchWorkspace().With("which-project", "shop\nz*\n").With("projects/shop/compose.yml", Sound);

    [TearDown]
    public void RemoveWorkspace() => _workspace.Dispose();

    [Test]
    public async Task A_document_is_all_that_stands_on_standard_output([Values("json", "sarif", "gitlab")] string format)
    {
        _workspace.With("projects/shop/compose.yml", "services: {web: {imag: x}}\n");

        foreach (var command in (string[])["validate", "generate"])
        {
            var run = await Run(command, "--format", format);

            using var document = JsonDocument.Parse(run.Output);
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Error, Is.Empty);
            Assert.That(run.Output, Does.Contain("CG0301").And.Contain("CG0107"));
        }
    }

    [Test]
    public async Task A_document_says_that_there_is_nothing_to_say()
    {
        _workspace.With("which-project", "shop\n");

        var run = await Run("validate", "--format", "json");

        using var document = JsonDocument.Parse(run.Output);
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(document.RootElement.GetProperty("diagnostics").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task What_is_stale_is_in_the_document_and_no_diff_is()
    {
        var run = await Run("generate", "--check", "--format", "json");

        using var document = JsonDocument.Parse(run.Output);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Contain("CG0704"));
    }

    [Test]
    public async Task Paths_are_those_of_the_repository_where_services_show_them()
    {
        Directory.CreateDirectory(_workspace.PathOf("../.git"));

        var github = await Run("validate", "--format", "github");
        var plain = await Run("validate", "--format", "plain");

        Assert.That(github.Error, Does.StartWith("::warning file=scratch/which-project,line=2,"));
        Assert.That(plain.Error, Does.StartWith("which-project(2,1): warning CG0107: "));
    }

    [Test]
    public async Task A_warning_is_an_error_where_it_is_asked_for()
    {
        var lenient = await Run("generate", "--stdout");
        var strict = await Run("generate", "--strict");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lenient.ExitCode, Is.Zero);
            Assert.That(strict.ExitCode, Is.EqualTo(1));
            Assert.That(strict.Error, Does.Contain("error CG0107"));
            Assert.That(File.Exists(_workspace.PathOf("docker-compose.yml")), Is.False, "nothing is written when anything is wrong");
        }
    }

    [Test]
    public async Task The_workspace_makes_errors_of_some_warnings_and_does_not_show_others()
    {
        _workspace.With("composegen.yml", "warnings: {errors: [CG0107]}\n");
        var forbidden = await Run("validate");
        _workspace.With("composegen.yml", "warnings: {ignore: [CG0107]}\n");
        var ignored = await Run("validate", "--strict");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(forbidden.ExitCode, Is.EqualTo(1));
            Assert.That(forbidden.Error, Does.Contain("error CG0107"));
            Assert.That(ignored.ExitCode, Is.Zero);
            Assert.That(ignored.Error, Is.Empty);
        }
    }

    [TestCase("CG0107")]
    [TestCase("cg0107")]
    [TestCase("107")]
    public async Task A_code_is_explained_as_its_page_does(string code)
    {
        var page = ErrorPage.Of("CG0107")!;

        var run = await Run("explain", code);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Is.EqualTo($"CG0107: {page.Title}\n\n{page.Text}\n"));
        Assert.That(File.ReadAllText(Repository.PathOf("docs", "errors.md")), Does.Contain($"## CG0107: {page.Title}\n\n{page.Text}\n"));
    }

    [Test]
    public async Task Without_a_code_all_are_listed()
    {
        var run = await Run("explain");

        Assert.That(run.Output, Does.Contain("CG0101  error    ").And.Contain("CG0107  warning  ").And.Contain("CG0520  note     "));
    }

    [Test]
    public async Task A_code_that_is_none_is_answered()
    {
        var run = await Run("explain", "CG9999");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("there is no message `CG9999`"));
    }

    private async Task<Outcome> Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await Program.Run([.. arguments, "-C", _workspace.Root], new Terminal(output, error, HasColor: false));
        return new Outcome(code, output.ToString(), error.ToString());
    }
}
