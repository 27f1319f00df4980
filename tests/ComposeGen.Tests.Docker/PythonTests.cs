using System.Text.Json;
using System.Text.RegularExpressions;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>Folders without a Dockerfile that say in their own files, or only by their notebooks, what Python they need.</summary>
public partial class PythonTests : EngineFixture
{
    // Of the packages that the base image of these tests has already, so that no index has to be reached.
    private const string Requirement = "pandas>=1.5";

    // Not the ports that would be given, so that a link with the container's port is told from one with the host's.
    private const string Lock = """
        version 1
        port listed:listed 8888 18871
        port model:model 8888 18872
        port noted:noted 8888 18873
        port noted-too:noted-too 8888 18874
        port script:script 8000 18875

        """;

    private const string Program = """
        import http.server, pandas
        open("started", "w").close()
        http.server.test(http.server.SimpleHTTPRequestHandler, port=8000)

        """;

    private static readonly string[] Notebooks = ["listed", "noted"];
    private Stack _stack = null!;
    private Outcome _up = null!;

    [OneTimeSetUp]
    public void Brings_them_up()
    {
        _stack = new Stack("python")
            .With("which-project", "*\n")
            .With("which-project.lock", Lock)
            .With("composegen.yml", "python: \"3.11\"\n")
            .With("projects/listed/requirements.txt", $"{Requirement}\n")
            .With("projects/listed/sums.ipynb", Notebook("pandas.Series([20, 22]).sum()", "import pandas"))
            .With("projects/noted/sums.ipynb", Notebook("20 + 22", "import os"))
            .With("projects/noted-too/other.ipynb", Notebook("1", "import os"))
            .With("projects/model/pyproject.toml", $"[project]\nname = \"model\"\ndependencies = [\"{Requirement}\"]\n")
            .With("projects/model/apt.txt", "hostname   # small\n")
            .With("projects/script/requirements.txt", $"{Requirement}\n")
            .With("projects/script/main.py", Program)
            .With("projects/script/project.yml", "service: {command: [python, main.py], ports: [8000]}\n");
        Own(_stack, "1234:1235");
        _up = Up();
        Assert.That(_up.ExitCode, Is.Zero, _up.ToString);
    }

    [OneTimeTearDown]
    public void Removes_them()
    {
        if (_stack is not null)
        {
            Own(_stack, "--reference=/workspace");
            _stack.Dispose();
        }
    }

    [TestCaseSource(nameof(Notebooks))]
    public void A_notebook_runs_and_what_it_writes_belongs_to_the_owner_of_the_folder(string service)
    {
        _stack.Exec(service, "as-owner", "jupyter", "nbconvert", "--to", "notebook", "--execute", "--output=executed", "sums.ipynb");
        using var executed = JsonDocument.Parse(_stack.Exec(service, "cat", "executed.ipynb"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(executed.RootElement.GetProperty("cells")[0].GetProperty("outputs").GetRawText(), Does.Contain("42"));
            Assert.That(
                _stack.Exec(service, "stat", "--format=%u:%g", ".", "executed.ipynb", "written").Split('\n'),
                Is.All.EqualTo(Owner(service))
            );
        }
    }

    [Test]
    public void The_command_of_a_descriptor_runs_instead_of_Jupyter_as_the_owner_too()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_stack.Exec("script", "stat", "--format=%u:%g", "started"), Is.EqualTo(Owner("script")));
            Assert.That(_stack.Exec("script", "sh", "-c", "command -v start-jupyter || echo none"), Is.EqualTo("none"));
        }

        Http.AnswersEventually(_stack.Urls()["script:script"]);
    }

    [Test]
    public void Jupyter_answers_to_its_token_alone()
    {
        const string Answer = "\"kernels\"";
        var status = $"{_stack.Urls()["listed:listed"]}/api/status";
        using (Assert.EnterMultipleScope())
        {
            // In this order: who came with the token once has a cookie from then on.
            Assert.That(async () => await GetOrRefusal(status), Does.Not.Contain(Answer));
            Assert.That(async () => await Http.Get($"{status}?token={Token("listed")}"), Does.Contain(Answer));
        }
    }

    [TestCase("listed")]
    [TestCase("noted")]
    [TestCase("model")]
    public void Jupyter_prints_the_link_with_the_token_and_the_port_of_the_host(string service)
    {
        var log = Engine.Try("logs", _stack.Container(service));
        var links = Link().Matches(log.Output + log.Error).Select(link => link.Value).ToList();
        Assert.That(links, Is.Not.Empty.And.All.EqualTo($"{_stack.Urls()[$"{service}:{service}"]}/?token={Token(service)}"));
    }

    [Test]
    public void The_notebooks_are_trusted() =>
        Assert.That(_stack.Exec("noted", "as-owner", "jupyter", "trust", "sums.ipynb"), Does.Contain("already signed"));

    [Test]
    public void A_pyproject_brings_its_dependencies_and_apt_txt_its_programs()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_stack.Exec("model", "python", "-c", "import pandas; print('there')"), Is.EqualTo("there"));
            Assert.That(_stack.Exec("model", "cat", "/opt/environment/requirements.txt"), Is.EqualTo(Requirement));
            Assert.That(_stack.Exec("model", "dpkg-query", "--show", "--showformat=${Status}", "hostname"), Does.Contain("installed"));
        }
    }

    [Test]
    public void Shared_memory_is_large_enough_for_the_workers_of_a_loader() =>
        Assert.That(_stack.Exec("listed", "df", "--output=size", "--block-size=G", "/dev/shm"), Does.Contain("2G"));

    [Test]
    public void Projects_of_equal_requirements_share_all_layers_but_the_last()
    {
        var (first, second) = (Layers("noted"), Layers("noted-too"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second, Has.Length.EqualTo(first.Length));
            Assert.That(second[..^1], Is.EqualTo(first[..^1]));
        }
    }

    [Test]
    public void A_change_to_a_notebook_rebuilds_and_recreates_nothing()
    {
        var before = _stack.Containers;
        _stack.With("projects/noted-too/other.ipynb", Notebook("2", "import os"));
        var again = Up();
        var steps = Step().Matches(again.Output + again.Error).Select(step => step.Groups["number"].Value).Distinct().ToList();
        var cached = Cached().Matches(again.Output + again.Error).Select(step => step.Groups["number"].Value).Distinct().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.ExitCode, Is.Zero, again.ToString);
            Assert.That(steps, Is.Not.Empty.And.SubsetOf(cached), again.ToString);
            Assert.That(_stack.Containers, Is.EqualTo(before));
        }
    }

    // Whoever has no token is refused, or sent to a page that asks for it.
    private static async Task<string> GetOrRefusal(string url)
    {
        try
        {
            return await Http.Get(url);
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }

    private static string Notebook(string expression, string import) =>
        $$"""
            {"cells": [{"cell_type": "code", "execution_count": null, "id": "one", "metadata": {}, "outputs": [],
              "source": "{{import}}\nopen('written', 'w').close()\nprint({{expression}})"}],
             "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"} },
             "nbformat": 4, "nbformat_minor": 5}
            """;

    // Through the engine, since only root may give files away. On Docker Desktop they stay whose they are.
    private static void Own(Stack stack, string owner) =>
        Engine.Docker(
            "run",
            "--rm",
            $"--volume={stack.Root}:/workspace",
            "debian:bookworm-slim",
            "sh",
            "-c",
            $"chown --recursive {owner} /workspace/projects/*"
        );

    private Outcome Up() =>
        Run.Program(
            Repository.Script,
            _stack.Root,
            new Dictionary<string, string?> { ["BUILDKIT_PROGRESS"] = "plain", ["JUPYTER_TOKEN"] = "sesame" },
            "up",
            "-d",
            "--wait"
        );

    private string Owner(string service) => _stack.Exec(service, "stat", "--format=%u:%g", ".");

    private string Token(string service) => _stack.Exec(service, "printenv", "JUPYTER_TOKEN");

    private string[] Layers(string service) =>
        Engine.Docker("image", "inspect", "--format", "{{join .RootFS.Layers \" \"}}", $"{_stack.Name}-{service}").Split(' ');

    [GeneratedRegex(@"http://\S*\?token=\S*")]
    private static partial Regex Link();

    // Steps that read from a folder or run in a container; `FROM` is neither done nor cached.
    [GeneratedRegex(@"^#(?<number>\d+) \[.*(RUN|COPY|WORKDIR)", RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex(@"^#(?<number>\d+) CACHED", RegexOptions.Multiline)]
    private static partial Regex Cached();
}
