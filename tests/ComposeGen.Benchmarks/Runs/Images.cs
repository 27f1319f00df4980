using System.Text.RegularExpressions;

namespace ComposeGen.Benchmarks.Runs;

/// <summary>
/// What is built, and how long it takes, on a real engine: where the time of an <c>up</c> goes. Containers, networks and images
/// are removed afterwards; what the builder caches is not.
/// </summary>
internal sealed partial class Images(string tool)
{
    private const string Notebook = """{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""";

    public void Print()
    {
        Python();
        Executables();
        UpAgain();
    }

    private void Python()
    {
        using var workspace = new RunningWorkspace(tool);
        // Not what an earlier run has left in the builder's cache.
        var requirements = $"# {Guid.NewGuid()}\npandas\nmatplotlib\n";
        Project("first", requirements);
        Project("second", requirements);
        Project("third", requirements + "numpy\n");
        workspace.Generate();
        List<string[]> rows =
        [
            Build(workspace, "the first project, nothing cached", "first", "--no-cache"),
            Build(workspace, "a second one with the same requirements", "second"),
            Build(workspace, "a third one with others", "third"),
        ];
        workspace.Write("projects/first/notes.ipynb", Notebook.Replace("{}", "{\"title\": \"changed\"}", StringComparison.Ordinal));
        workspace.Write("projects/first/src/helper.py", "print('changed')\n");
        rows.Add(Build(workspace, "the first, after a change to its notebook and a module", "first"));
        workspace.Write("projects/first/requirements.txt", requirements + "nbformat\n");
        rows.Add(Build(workspace, "the first, after one more requirement", "first"));
        Print("Images of Python projects", rows);

        void Project(string name, string packages)
        {
            workspace.Write($"projects/{name}/requirements.txt", packages);
            workspace.Write($"projects/{name}/apt.txt", "graphviz\n");
            // The one of which tests/docker-engine makes a stand-in where no registry can be reached.
            workspace.Write($"projects/{name}/.python-version", "3.11\n");
            workspace.Write($"projects/{name}/notes.ipynb", Notebook);
        }
    }

    private void Executables()
    {
        using var workspace = new RunningWorkspace(tool);
        string[] names = ["api", "worker", "mailer", "cron"];
        const string Service = "{build: ., init: true, command: [sleep, infinity]}";
        workspace.Write("projects/alone/project.yml", $"services: {{api: {Service}}}\n");
        workspace.Write("projects/several/project.yml", $"services: {{{string.Join(", ", names.Select(name => $"{name}: {Service}"))}}}\n");
        foreach (var project in (string[])["alone", "several"])
        {
            workspace.Write($"projects/{project}/Dockerfile", $"FROM debian:bookworm-slim\nRUN sleep 2; echo {project}\nCOPY . /src\n");
        }

        workspace.Generate();
        List<string[]> rows =
        [
            Build(workspace, "one executable", "alone", "--no-cache"),
            Build(workspace, "four executables of one build", "several-api", "--no-cache"),
            Row("up, everything as it was built", workspace.Up()),
            Row("up again, unchanged", workspace.Up()),
        ];
        workspace.Write("projects/several/main.c", $"int main() {{}} // {Guid.NewGuid()}\n");
        rows.Add(Row("up, after a change to the source of the four", workspace.Up()));
        Print("Several executables", rows);
    }

    private void UpAgain()
    {
        var rows = new List<string[]>();
        foreach (var projects in (int[])[1, 10])
        {
            using var workspace = new RunningWorkspace(tool);
            for (var i = 0; i < projects; i++)
            {
                workspace.Write($"projects/p{i}/project.yml", "service: {image: \"debian:bookworm-slim\", init: true, command: [sleep, infinity], ports: [80]}\n");
            }

            workspace.Up();
            var pairs = Repeated.Pairs(15, () => workspace.Up().Milliseconds, () => workspace.Compose("up", "--detach", "--build").Milliseconds);
            rows.Add(
                [
                    Table.Number(projects),
                    Table.Milliseconds(Repeated.Median(pairs, pair => pair.A)),
                    Table.Milliseconds(Repeated.Median(pairs, pair => pair.B)),
                    Table.Milliseconds(Repeated.Median(pairs, pair => pair.A - pair.B)),
                ]
            );
        }

        Table.Write("up where everything runs already", ["projects", "composegen up -d", "docker compose up -d --build", "added"], rows);
    }

    private static string[] Build(RunningWorkspace workspace, string what, string service, params string[] how) =>
        Row(what, workspace.Compose(["--progress", "plain", "build", .. how, service]));

    private static string[] Row(string what, Ran ran)
    {
        var printed = ran.Output + ran.Error;
        var steps = Step().Matches(printed).Select(step => step.Groups["number"].Value).ToHashSet(StringComparer.Ordinal);
        var cached = Cached().Matches(printed).Select(step => step.Groups["number"].Value).Count(steps.Contains);
        return [what, Table.Milliseconds(ran.Milliseconds), Table.Number(steps.Count - cached), Table.Number(cached)];
    }

    private static void Print(string title, List<string[]> rows) => Table.Write(title, ["build", "time", "steps run", "steps cached"], rows);

    // Of BuildKit's plain progress: `#7 [first 2/9] RUN apt-get …`.
    [GeneratedRegex(@"^#(?<number>\d+) \[.*\] (RUN|COPY) ", RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex(@"^#(?<number>\d+) CACHED", RegexOptions.Multiline)]
    private static partial Regex Cached();
}
