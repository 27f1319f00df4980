using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Hostile;

/// <summary>A template that a stranger wrote cannot fill memory, run on, evaluate a text, or read what lies outside its folder.</summary>
public class TemplateTests
{
    [TestCase("""{{ x = "aaaa"; for i in 1..40; x = x + x; end }}""", "LimitToString")]
    [TestCase("""{{ x = "aaaa"; x = x * 30000; x = x * 30000 }}""", "LimitToString")]
    [TestCase("""{{ x = "a" | string.pad_left 2000000000 }}""", "LimitToString")]
    [TestCase("""{{ a = (1..2000000000) | array.reverse }}""", "LoopLimit")]
    [TestCase("""{{ a = []; a[2000000000] = 1 }}""", "iteration limit")]
    [TestCase("""{{ x = sections; for i in 1..30; x = x + x; end; x }}""", "iteration limit")]
    [TestCase("""{{ services[0] = 1 }}""", "`services` can only be read")]
    [TestCase("""{{ x = 10; for i in 1..40; x = x * x; end }}""", "maximum supported integer magnitude")]
    [TestCase("""{{ x = 1 << 2000000000 }}""", "maximum supported magnitude")]
    [TestCase("""{{ for i in 1..300; for j in 1..300; for k in 1..300; end; end; end }}""", "iteration limit")]
    [TestCase("""{{ while true; end }}""", "iteration limit")]
    [TestCase("""{{ func f; f; f; end; f }}""", "recursive depth limit")]
    [TestCase("""{{ include "docker-compose.yml.sbn" }}""", "recursive depth limit")]
    [TestCase("""{{ x = {}; x.a = x; x }}""", "reference loops")]
    [TestCase("""{{ for i in 1..1000; "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" * 100000; end }}""", "OutputLimit")]
    [TestCase("""{{ regex.match "a" "^(a+)+$" }}""", "`regex` was not found")]
    [TestCase("""{{ "{{ 1 }}" | object.eval_template }}""", "is not for templates here")]
    [TestCase("""{{ "1" | object.eval }}""", "is not for templates here")]
    [TestCase("""{{ object.from_json "1" }}""", "is not for templates here")]
    [TestCase("""{{ math.random 1 9 }}""", "is not for templates here")]
    [TestCase("""{{ math.uuid }}""", "is not for templates here")]
    [TestCase("""{{ date.now }}""", "`date` was not found")]
    [TestCase("""{{ include "../../../etc/passwd" }}""", "there is no template `../../../etc/passwd`")]
    [TestCase("""{{ include "/etc/passwd" }}""", "there is no template `/etc/passwd`")]
    [TestCase("""{{ env }}""", "`env` was not found")]
    public void It_ends_in_a_message(string template, string message) => Assert.That(Message(template), Does.Contain(message));

    // Each step is small enough, and there would be minutes of them.
    [Test]
    public void Rendering_that_takes_long_is_stopped() =>
        Assert.That(Message("""{{ for i in 1..90000; x = "aaaaaaaa" * 2000000; end }}"""), Does.Contain("takes too long"));

    private static string Message(string template)
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "a\n")
            .With("projects/a/compose.yml", "services:\n  a: {image: x}\n")
            .With("compose.templates/docker-compose.yml.sbn", template);
        var bag = new DiagnosticBag();

        Pipeline.Run(new WorkspaceFiles(workspace.Root), bag);

        var error = bag.Sorted().Single(diagnostic => diagnostic.Severity == Severity.Error);
        Assert.That(error.Span?.File, Is.EqualTo("compose.templates/docker-compose.yml.sbn"));
        return error.Message;
    }
}
