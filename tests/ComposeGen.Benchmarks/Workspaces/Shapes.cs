using System.Globalization;
using System.Text;

namespace ComposeGen.Benchmarks.Workspaces;

/// <summary>One of them: how large it is here, how to write one of a size into an empty folder, and how a generation ends.</summary>
internal sealed record Shape(string Name, int Size, Action<string, int> Write)
{
    public int ExitCode { get; init; }
}

/// <summary>Workspaces that are large in one way only: where a cost grows faster than what causes it, one of them shows it.</summary>
internal static class Shapes
{
    public static IReadOnlyList<Shape> All { get; } =
    [
        new("services in one project", 10_000, Services),
        new("ports of one service", 10_000, Ports),
        new("folders inside each other", 2_000, Folders),
        new("services in a chain of dependencies", 5_000, Chain),
        new("lines of the manifest", 10_000, Lines),
        new("misspelt names among as many", 10_000, Mistakes) { ExitCode = 1 },
    ];

    private static void Services(string root, int size) =>
        Project(root, "one", string.Concat(Numbers(size).Select(i => $"  s{i}: {{image: \"redis:7\", ports: [6379]}}\n")));

    private static void Ports(string root, int size) =>
        Project(root, "one", $"  web:\n    image: nginx\n    ports: [{string.Join(", ", Numbers(size))}]\n");

    private static void Folders(string root, int size) =>
        Project(root, string.Join('/', Enumerable.Repeat("f", size)), "  web: {image: nginx, ports: [80]}\n");

    private static void Chain(string root, int size) =>
        Project(
            root,
            "one",
            string.Concat(Numbers(size).Select(i => $"  s{i}: {{image: nginx{(i == "1" ? string.Empty : $", depends_on: [s{int.Parse(i, CultureInfo.InvariantCulture) - 1}]")}}}\n"))
        );

    private static void Lines(string root, int size)
    {
        foreach (var i in Numbers(size))
        {
            Project(root, $"p{i}", "  web: {image: nginx}\n");
        }

        File.WriteAllText(Path.Combine(root, "which-project"), string.Concat(Numbers(size).Select(i => $"p{i}\n")));
    }

    // Every line is wrong, and each is looked for among as many names.
    private static void Mistakes(string root, int size)
    {
        foreach (var i in Numbers(size))
        {
            Project(root, $"project{i}", "  web: {image: nginx}\n");
        }

        File.WriteAllText(Path.Combine(root, "which-project"), string.Concat(Numbers(size).Select(i => $"projcet{i}\n")));
    }

    private static IEnumerable<string> Numbers(int size) => Enumerable.Range(1, size).Select(i => i.ToString(CultureInfo.InvariantCulture));

    private static void Project(string root, string name, string services)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "projects", name)).FullName;
        File.WriteAllText(Path.Combine(folder, "project.yml"), new StringBuilder("services:\n").Append(services).ToString());
        File.WriteAllText(Path.Combine(root, "which-project"), "**\n");
        File.WriteAllText(Path.Combine(root, "composegen.yml"), "ports: {range: 2000-60999}\n");
    }
}
