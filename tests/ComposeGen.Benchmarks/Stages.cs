using BenchmarkDotNet.Attributes;
using ComposeGen.Cli;
using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Rendering;
using ComposeGen.Workspaces;

namespace ComposeGen.Benchmarks;

/// <summary>The stages of a generation, each on its own, and all together, over projects of two services.</summary>
[MemoryDiagnoser]
public class Stages
{
    private readonly DiagnosticBag _bag = new();
    private string _root = string.Empty;
    private Workspace _workspace = null!;
    private Plan _plan = null!;
    private ComposeDocument _document = null!;
    private string _text = string.Empty;

    /// <summary>How many projects the workspace has.</summary>
    [Params(100, 1_000)]
    public int Projects { get; set; }

    /// <summary>Writes the workspace and prepares each stage's input.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _root = Directory.CreateTempSubdirectory("composegen-bench-").FullName;
        for (var i = 0; i < Projects; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_root, "projects", $"group{i % 20}", $"project{i}")).FullName;
            File.WriteAllText(
                Path.Combine(folder, "project.yml"),
                $$"""
                services:
                  web:
                    build: .
                    ports: [80]
                    environment: {NUMBER: "{{i}}", TEXT: text, BLANKS: "with blanks"}
                    depends_on: {db: {condition: service_healthy} }
                    volumes: ["./data:/data", "cache:/cache"]
                  db:
                    image: redis:7
                    healthcheck: {test: [CMD, redis-cli, ping], interval: 5s}
                volumes: {cache: }
                """
            );
        }

        File.WriteAllText(Path.Combine(_root, Manifest.FileName), "**\n");
        _workspace = Load();
        _plan = MakePlan();
        _document = Document();
        _text = Render();
    }

    /// <summary>Removes the workspace.</summary>
    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(_root, recursive: true);

    /// <summary>Files → workspace.</summary>
    [Benchmark]
    public object Read() => Load();

    /// <summary>Workspace → plan, ports included.</summary>
    [Benchmark]
    public object PlanAll() => MakePlan();

    /// <summary>The ports alone.</summary>
    [Benchmark]
    public object Allocate() =>
        PortAllocator.Allocate(
            _plan.All.SelectMany(service =>
                service.Ports.Select(port => new PortNeed(
                    new PortKey(service.Address, port.Request.Target),
                    1,
                    null,
                    false,
                    port.Request.Span
                ))
            ),
            PortLock.Empty,
            PortSettings.Default,
            _bag
        );

    /// <summary>Plan → Compose document.</summary>
    [Benchmark]
    public object Build() => Document();

    /// <summary>Compose document → text, checked.</summary>
    [Benchmark]
    public object RenderAndCheck() => Render();

    /// <summary>The check of the text alone.</summary>
    [Benchmark]
    public void Check() => RenderedYaml.Check(_text, _bag);

    /// <summary>The checksum of the text.</summary>
    [Benchmark]
    public object Header() => GeneratedText.ComposeFile.WithHeader(_text);

    /// <summary>Everything but writing.</summary>
    [Benchmark]
    public object? Everything() => Pipeline.Run(new WorkspaceFiles(_root), _bag);

    private Workspace Load() => WorkspaceLoader.Load(new WorkspaceFiles(_root), _bag)!;

    private Plan MakePlan() => Planner.Plan(_workspace, _bag);

    private ComposeDocument Document() => ComposeBuilder.Build(_plan);

    private string Render() => TemplateRenderer.Render(_document, new TemplateSet(_workspace), _bag)!;
}
