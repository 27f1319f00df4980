using ComposeGen.Benchmarks.Workspaces;

namespace ComposeGen.Benchmarks.Runs;

/// <summary>
/// The published tool on workspaces of each size, beside <c>docker compose config -q</c> on what it wrote. Both run in turn, so
/// that a machine that slows down slows both, and ratios are taken pair by pair; a figure is the median of its runs.
/// </summary>
internal sealed class Scale(string tool, string hello, int seed, IReadOnlyList<int> sizes)
{
    private static readonly string[] ConfigArguments = ["compose", "config", "-q"];

    private readonly bool _hasCompose = HasCompose();

    public void Print()
    {
        Start();
        Sizes();
        Large();
    }

    private void Start()
    {
        using var folder = new Scratch();
        using var one = Mixed(1);
        using var ten = Mixed(10);
        const int Times = 41;
        var rows = new List<string[]>();
        foreach (
            var (name, root, arguments) in ((string, string, string[])[])
                [
                    ("--version", folder.Root, ["--version"]),
                    ("--help", folder.Root, ["--help"]),
                    ("generate, 1 project", one.Root, ["generate"]),
                    ("generate, 10 projects", ten.Root, ["generate"]),
                    ("completion of a project, 10 projects", ten.Root, ["__complete", "up", "p"]),
                    ("completion of an option", ten.Root, ["__complete", "up", "--"]),
                ]
        )
        {
            var pairs = Repeated.Pairs(
                Times,
                () =>
                {
                    RemoveOutput(root);
                    return Child.Time(root, tool, arguments);
                },
                () => Child.Time(root, hello)
            );
            rows.Add([name, Table.Milliseconds(Repeated.Median(pairs, pair => pair.A)), Table.Milliseconds(Repeated.Median(pairs, pair => pair.B)), Table.Ratio(Repeated.Median(pairs, pair => pair.A / pair.B))]);
        }

        Table.Write("Start", ["composegen", "time", "a native hello world", "ratio"], rows);
    }

    private void Sizes()
    {
        var rows = new List<string[]>();
        double? before = null;
        foreach (var size in sizes)
        {
            using var workspace = Mixed(size);
            var root = workspace.Root;
            var times = size >= 10_000 ? 5 : size >= 1000 ? 9 : 15;
            Generate();
            var runs = Enumerable.Range(0, times).Select(_ => (Full: Generate(), Unchanged: Child.Time(root, tool, "generate"))).ToList();
            var full = Repeated.Median(runs, run => run.Full);
            var pairs = _hasCompose ? Repeated.Pairs(size >= 10_000 ? 3 : 5, Generate, () => Child.Time(root, "docker", ConfigArguments)) : [];
            var compose = pairs.Count == 0 ? null : (double?)Repeated.Median(pairs, pair => pair.B);
            RemoveOutput(root);
            var peak = Child.Peak(0, root, tool, "generate");
            rows.Add(
                [
                    Table.Number(size),
                    Table.Number(Services(root)),
                    Table.Number(new FileInfo(Path.Combine(root, "docker-compose.yml")).Length / 1024.0),
                    Table.Milliseconds(full),
                    before is { } smaller ? Table.Ratio(full / smaller) : "-",
                    Table.Megabytes(peak),
                    Table.Milliseconds(Repeated.Median(runs, run => run.Unchanged)),
                    Table.Ratio(Repeated.Median(runs, run => run.Unchanged / run.Full)),
                    compose is { } config ? Table.Milliseconds(config) : "-",
                    pairs.Count == 0 ? "-" : Table.Ratio(Repeated.Median(pairs, pair => pair.A / pair.B)),
                ]
            );
            before = full;

            double Generate()
            {
                RemoveOutput(root);
                return Child.Time(root, tool, "generate");
            }
        }

        Table.Write(
            $"Mixed workspaces, seed {seed}",
            ["projects", "services", "KiB written", "generate", "growth", "peak", "unchanged", "of a full one", "compose config -q", "ratio"],
            rows
        );
    }

    private void Large()
    {
        var rows = new List<string[]>();
        foreach (var shape in Shapes.All)
        {
            var (small, large) = (Of(shape.Size / 10), Of(shape.Size));
            rows.Add([$"{Table.Number(shape.Size)} {shape.Name}", Table.Milliseconds(small.Time), Table.Milliseconds(large.Time), Table.Ratio(large.Time / small.Time), Table.Megabytes(large.Peak)]);

            (double Time, double? Peak) Of(int size)
            {
                using var workspace = new Scratch();
                shape.Write(workspace.Root, size);
                var times = Enumerable
                    .Range(0, 7)
                    .Select(_ =>
                    {
                        RemoveOutput(workspace.Root);
                        return Child.Run(workspace.Root, tool, ["generate"], shape.ExitCode).Milliseconds;
                    })
                    .ToList();
                RemoveOutput(workspace.Root);
                return (Repeated.Median(times, time => time), Child.Peak(shape.ExitCode, workspace.Root, tool, "generate"));
            }
        }

        Table.Write("Large in one way", ["generate", "a tenth", "all", "growth", "peak"], rows);
    }

    private Scratch Mixed(int projects)
    {
        var workspace = new Scratch();
        MixedWorkspace.Write(workspace.Root, projects, seed);
        return workspace;
    }

    private static int Services(string root) =>
        File.ReadLines(Path.Combine(root, "docker-compose.yml"))
            .SkipWhile(line => line != "services:")
            .Skip(1)
            .TakeWhile(line => line.Length == 0 || line[0] == ' ')
            .Count(line => line.Length > 2 && line[2] != ' ');

    private static void RemoveOutput(string root)
    {
        File.Delete(Path.Combine(root, "docker-compose.yml"));
        File.Delete(Path.Combine(root, "which-project.lock"));
        File.Delete(Path.Combine(root, ".env"));
    }

    private static bool HasCompose()
    {
        try
        {
            Child.Run(Path.GetTempPath(), "docker", ["compose", "version"]);
            return true;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }
}
