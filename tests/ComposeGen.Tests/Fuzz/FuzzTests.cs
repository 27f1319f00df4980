using System.Diagnostics;
using System.Text;
using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Planning;
using ComposeGen.Rendering;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Fuzz;

/// <summary>
/// Every reader takes any bytes: it answers with what it read or with messages, and neither throws nor runs on. Inputs are files of the
/// golden workspaces and what is in Fuzz/Corpus, changed at random by a seed; one that fails is named by its seed, and what it was
/// belongs into the corpus.
/// </summary>
public class FuzzTests
{
    private const int Longest = 4000;
    private const string Template = "template";

    // What a template is given.
    private static readonly Lazy<Plan> Plan = new(() =>
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "a\n")
            .With("projects/a/compose.yml", "services: {web: {image: x, ports: [80]}, db: {image: y}}\nvolumes: {data: }\n");
        return Pipeline.Run(new WorkspaceFiles(workspace.Root), new DiagnosticBag())!.Plan;
    });

    // One that is not done with a few thousand bytes by then runs on.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly string[] Pieces =
    [
        "\n", "\t", " ", "  ", ":", ": ", "- ", "#", "{", "}", "[", "]", "\"", "'", "|", ">", "&a ", "*a", "<<: *a", "!reset ", "!override ", "---\n", "...\n", "? ", "%YAML 1.2\n",
        "${", "${A:-", "${A:?", "}", "$$", "$A", "\\", "\\u0000", "\0", "\x1b[2J", "\u0085", "\u2028", "\uFEFF", "\uD83D\uDE00", "\uD800", "é", "0", "-1", "65536", "1e999", "0x", "0o", "~", "null", "true", ".inf",
        "2001-01-01", "services:", "service:", "image: x", "build: .", "ports:", "depends_on:", "extends:", "include:", "volumes:", "x-", "members: [\"*\"]", "healthcheck:", "interval: 1", "test: []",
        "FROM x\n", "FROM x AS y\n", "EXPOSE 80/tcp\n", "EXPOSE $A\n", "ARG A=$A$A\n", "RUN <<E\n", "# escape=`\n", "COPY --from=x ", "version 1\n", "port a:b 80 8080\n", "port a:b 80-90 8080-8090\n", "subnet a 10.0.0.0/8\n", "end\n",
        "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "||||||| c\n", "!", "*", "**/", "../", "/", "a:b", "-r x.txt\n", "-e .\n", "dependencies:\n", "- pip:\n", "[project]\n", "[[a]]\n", "requires-python = \">=3\"\n", "= ",
        "{{", "{{~", "}}", "~}}", "for x in services; ", "end; ", "if x; ", "func f; ", "f; ", "include 'service.yml.sbn'", "yaml ", "entry ", "services[0]", " | ", "array.", "string.", "object.", "math.", "(", ")", "..", "@", "this", "capture y; ",
    ];

    private static readonly (string Name, string Files, Action<SourceText> Read)[] Readers =
    [
        ("which-project", "which-project", text => ManifestReader.Read(text, new DiagnosticBag())),
        ("descriptor", "*.y*ml", Descriptor),
        ("lock", "which-project.lock", text => PortLock.Read(text, new DiagnosticBag()).ToText()),
        ("settings", "composegen.yml", text => Settings.Read(text, new DiagnosticBag())),
        ("local settings", "composegen.yml", text => LocalSettings.Read(text, new DiagnosticBag())),
        ("Dockerfile", "Dockerfile", text => Dockerfile.ExposedPorts(text, new DiagnosticBag())),
        (".env", "*.env", text => DotEnv.Read(text, new DiagnosticBag())),
        ("environment.yml", "environment.yml", text => CondaEnvironment.Read(text, "environment.yml", new DiagnosticBag())),
        ("requirements.txt", "requirements.txt", text => PythonRequirements.Read(text, "requirements.txt", new DiagnosticBag())),
        ("pyproject.toml", "*.toml", text => TomlReader.Read(text, new DiagnosticBag())),
        (Template, "*.sbn", Render),
    ];

    public static IEnumerable<string> Names() => Readers.Select(reader => reader.Name);

    [TestCaseSource(nameof(Names))]
    public void A_reader_takes_anything(string name)
    {
        var (_, files, read) = Readers.Single(reader => reader.Name == name);
        var seeds = Seeds(files);
        var first = int.Parse(Environment.GetEnvironmentVariable("COMPOSEGEN_SEED") ?? "1", System.Globalization.CultureInfo.InvariantCulture);
        // A template is rendered as well, which takes ten times as long.
        var times = LongRun.Times(3000, name == Template ? 100_000 : 1_000_000);
        Parallel.For(
            first,
            first + times,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            seed =>
            {
                var input = Mutate(seeds, seed);
                var watch = Stopwatch.StartNew();
                try
                {
                    if (SourceText.Decode("projects/a/file", input, new DiagnosticBag()) is { } text)
                    {
                        read(text);
                    }
                }
                catch (Exception e)
                {
                    throw new InvalidOperationException($"{name}, seed {seed}: {Convert.ToBase64String(input)}", e);
                }

                Assert.That(watch.Elapsed, Is.LessThan(Patience), $"{name}, seed {seed}: {Convert.ToBase64String(input)}");
            }
        );
        TestContext.Out.WriteLine($"{name}: {times} inputs");
    }

    private static void Render(SourceText text)
    {
        var workspace = Plan.Value.Workspace;
        var templates = workspace.Templates.SetItem(TemplateRenderer.MainTemplate, text with { File = TemplateRenderer.MainTemplate });
        var bag = new DiagnosticBag();
        var rendered = Pipeline.Text(Plan.Value with { Workspace = workspace with { Templates = templates } }, bag);
        Assert.That(rendered is null, Is.EqualTo(bag.HasErrors));
    }

    private static void Descriptor(SourceText text)
    {
        var bag = new DiagnosticBag();
        if (DescriptorReader.ReadTree(text, bag) is { } tree)
        {
            DescriptorReader.FromTree((YamlMapping)MergeTags.Settle(tree), "a", bag);
        }

        // Whoever reports it shows it.
        using var output = new StringWriter();
        var writer = new DiagnosticWriter(output, _ => text.Text);
        foreach (var diagnostic in bag.Sorted())
        {
            writer.Write(diagnostic);
        }

        Assert.That(output.ToString().Where(c => c is not ('\n' or '\r') && char.IsControl(c)), Is.Empty, "nothing steers a terminal");
    }

    private static byte[][] Seeds(string files)
    {
        var tests = Repository.PathOf("tests", "ComposeGen.Tests");
        byte[][] seeds =
        [
            .. Directory
                .GetFiles(Path.Combine(tests, "Golden"), files, SearchOption.AllDirectories)
                .Concat(Directory.GetFiles(Repository.PathOf("compose.templates"), files))
                .Concat(Directory.GetFiles(Path.Combine(tests, "Fuzz", "Corpus")))
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes)
                .Where(bytes => bytes.Length <= Longest),
        ];
        Assert.That(seeds, Is.Not.Empty);
        return seeds;
    }

    private static byte[] Mutate(byte[][] seeds, int seed)
    {
        var random = new Random(seed);
        var bytes = new List<byte>(seeds[random.Next(seeds.Length)]);
        for (var changes = random.Next(1, 8); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 3 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 4:
                    var other = seeds[random.Next(seeds.Length)];
                    var from = random.Next(other.Length + 1);
                    bytes.InsertRange(at, other.Skip(from).Take(random.Next(200)));
                    break;
                case 5:
                    var piece = Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]);
                    for (var times = random.Next(2, 60); times > 0; times--)
                    {
                        bytes.InsertRange(at, piece);
                    }

                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
