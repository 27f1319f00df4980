using System.Globalization;
using System.Text;

namespace ComposeGen.Benchmarks.Workspaces;

/// <summary>
/// A workspace as people have them, and worse: all kinds of projects mixed, in folders of any depth, small and large, with
/// few ports and many, with texts of a word and of pages. A seed gives one workspace, the same wherever it is written.
/// </summary>
internal sealed class MixedWorkspace
{
    // Two services a project on the average: half of the projects have one.
    private const int MostServices = 6;

    private static readonly string[] Words =
    [
        .. (string[])["shop", "blog", "queue", "notes", "lab", "paper", "model", "course", "week", "api"],
        .. (string[])["mail", "crawler", "report", "atlas", "ledger", "search", "wiki", "chat", "photo", "music"],
    ];

    private static readonly string[] Roles = ["web", "db", "cache", "worker", "proxy", "metrics"];
    private static readonly string[] Images = ["nginx:1.27", "postgres:16", "redis:7", "ghcr.io/example/worker:2.4.1", "traefik:v3", "prom/prometheus"];
    private static readonly int[] Ports = [80, 5432, 6379, 8080, 443, 9090];

    private readonly Random _random;
    private readonly string _root;

    private MixedWorkspace(string root, int seed)
    {
        _root = root;
#pragma warning disable CA5394 // Nothing secret hangs on it: what is wanted is the same numbers each time.
        _random = new Random(seed);
#pragma warning restore CA5394
    }

    /// <summary>Writes so many projects, all of them selected, into a folder that is empty.</summary>
    public static void Write(string root, int projects, int seed)
    {
        var workspace = new MixedWorkspace(root, seed);
        for (var i = 0; i < projects; i++)
        {
            workspace.Project(i);
        }

        workspace.File("which-project", "**\n");
        // The range that is given by itself holds some ten thousand projects less than ask for a port here.
        workspace.File("composegen.yml", "ports: {range: 2000-60999}\n");
    }

    private void Project(int number)
    {
        var name = $"{One(Words)}{number.ToString(CultureInfo.InvariantCulture)}";
        var folders = Enumerable.Range(0, Below(100) < 90 ? Below(4) : 4 + Below(8)).Select(_ => One(Words) + Below(10).ToString(CultureInfo.InvariantCulture));
        // `in-` and not a bare word: a folder of projects must not be called like a project.
        var folder = string.Join('/', ["projects", .. folders.Select(part => "in-" + part), name]);
        switch (Below(100))
        {
            case < 40:
                Descriptor(folder);
                break;
            case < 70:
                Adopted(folder);
                break;
            case < 85:
                File($"{folder}/Dockerfile", $"FROM debian:bookworm-slim\n# {Text(60)}\nRUN true\nEXPOSE {3000 + Below(2000)}\nCMD [\"sleep\", \"infinity\"]\n");
                break;
            case < 95:
                Python(folder);
                break;
            default:
                Members(folder);
                break;
        }
    }

    private void Descriptor(string folder)
    {
        var count = Services();
        var text = new StringBuilder();
        if (count == 1)
        {
            text.Append("service:\n");
            Service(text, "  ", 0, []);
        }
        else
        {
            text.Append("services:\n");
            for (var i = 0; i < count; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {Roles[i]}:\n");
                Service(text, "    ", i, Roles[..i]);
            }
        }

        text.Append("volumes: {data: }\n");
        File($"{folder}/project.yml", text.ToString());
    }

    private void Adopted(string folder)
    {
        var count = Services();
        var text = new StringBuilder($"# {Text(200)}\nx-common: &common\n  restart: unless-stopped\n  logging: {{driver: json-file, options: {{max-size: 10m}}}}\n\nservices:\n");
        for (var i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Roles[i]}:\n    <<: *common\n");
            Service(text, "    ", i, Roles[..i]);
            if (Below(2) == 0)
            {
                text.Append("    networks: [default, back]\n");
            }
        }

        text.Append("networks:\n  back:\n    driver: bridge\nvolumes:\n  data:\n");
        File($"{folder}/compose.yaml", text.ToString());
        if (Below(2) == 0)
        {
            File($"{folder}/.env", $"TAG={Below(100)}\nPASSWORD={Text(12).Replace(' ', '-')}\n");
        }
    }

    private void Service(StringBuilder text, string indent, int role, string[] others)
    {
        text.Append(indent).Append(Below(4) == 0 ? "build: {context: ., target: " + Roles[role] + "}\n" : $"image: \"{Images[role]}${{TAG:-}}\"\n");
        text.Append(indent).Append("environment:\n");
        for (var i = Below(12); i >= 0; i--)
        {
            var value = Below(20) == 0 ? Text(400) : Below(4) == 0 ? "${PASSWORD:-secret}" : Text(1 + Below(30));
            text.Append(CultureInfo.InvariantCulture, $"{indent}  SETTING_{i}: \"{value}\"\n");
        }

        if (Below(3) > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}ports:\n");
            for (var i = Below(40) == 0 ? 8 : Below(2); i >= 0; i--)
            {
                text.Append(CultureInfo.InvariantCulture, $"{indent}  - \"{Ports[role] + i}\"\n");
            }
        }

        if (Below(2) == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}volumes: [\"./config:/etc/app:ro\", \"data:/var/lib/data\"]\n");
        }

        if (Below(3) == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}healthcheck:\n{indent}  test: [CMD, curl, -f, \"http://localhost:{Ports[role]}/\"]\n{indent}  interval: 30s\n{indent}  retries: 3\n");
        }

        if (others.Length > 0 && Below(2) == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}depends_on: [{One(others)}]\n");
        }

        if (Below(4) == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}labels: {{org.example.team: {One(Words)}, org.example.about: \"{Text(80)}\"}}\n");
        }
    }

    private void Python(string folder)
    {
        File($"{folder}/requirements.txt", $"pandas==2.{Below(3)}\nmatplotlib\n{One(Words)}=={Below(9)}.{Below(9)}\n");
        File($"{folder}/notes.ipynb", "{\"cells\": [], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}\n");
    }

    private void Members(string folder)
    {
        File($"{folder}/project.yml", "members: [\"*\"]\n");
        for (var i = 1 + Below(3); i >= 0; i--)
        {
            File($"{folder}/part{i}/Dockerfile", $"FROM debian:bookworm-slim\nEXPOSE {4000 + Below(1000)}\n");
        }
    }

    private int Services() => Below(2) == 0 ? 1 : 1 + Below(MostServices - 1);

    // Words with blanks between them, so many characters or a few less.
    private string Text(int length)
    {
        var text = new StringBuilder(One(Words));
        while (text.Length < length)
        {
            text.Append(' ').Append(One(Words));
        }

        return text.ToString(0, Math.Min(length, text.Length)).Trim();
    }

#pragma warning disable CA5394 // See the constructor.
    private int Below(int bound) => _random.Next(bound);
#pragma warning restore CA5394

    private string One(string[] values) => values[Below(values.Length)];

    private void File(string path, string text)
    {
        path = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
    }
}
