using System.Text.Json;

namespace ComposeGen.Tests.Docker.Sample;

public class NotebookTests
{
    // Of data.csv and pendulum.csv, so that it is these that were read.
    [TestCase("project-a", "explore", "dry             12.5")]
    [TestCase("project-b", "pendulum", "40 measurements at 10 lengths")]
    public void A_notebook_runs_without_an_error_and_leaves_no_file_behind(string service, string notebook, string computed)
    {
        RunningSample.Stack.Exec(
            service,
            "jupyter",
            "nbconvert",
            "--to",
            "notebook",
            "--execute",
            "--output-dir",
            "/tmp/executed",
            $"{notebook}.ipynb"
        );
        using var executed = JsonDocument.Parse(RunningSample.Stack.Exec(service, "cat", $"/tmp/executed/{notebook}.ipynb"));
        var outputs = executed
            .RootElement.GetProperty("cells")
            .EnumerateArray()
            .Where(cell => cell.GetProperty("cell_type").GetString() == "code")
            .SelectMany(cell => cell.GetProperty("outputs").EnumerateArray())
            .ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outputs.Select(output => output.GetProperty("output_type").GetString()), Does.Not.Contain("error"));
            Assert.That(string.Concat(outputs.Select(output => output.GetRawText())), Does.Contain(computed).And.Contain("image/png"));
            Assert.That(RunningSample.Files(), Is.EqualTo(RunningSample.FilesBefore));
        }
    }

    [Test]
    public void Pandas_reads_the_projects_data() =>
        Assert.That(
            RunningSample.Stack.Exec("project-a", "python", "-c", "import pandas; print(len(pandas.read_csv('data.csv').columns))"),
            Is.EqualTo("5")
        );
}
