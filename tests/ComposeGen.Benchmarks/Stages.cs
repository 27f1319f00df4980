using BenchmarkDotNet.Attributes;
using ComposeGen.Benchmarks.Runs;
using ComposeGen.Benchmarks.Workspaces;
using ComposeGen.Cli;
using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Rendering;
using ComposeGen.Workspaces;

namespace ComposeGen.Benchmarks;

/// <summary>The stages of a generation, each on its own, and all together, over a mixed workspace.</summary>
[MemoryDiagnoser]
#pragma warning disable CA1001 // BenchmarkDotNet calls CleanUp.
public class Stages
#pragma warning restore CA1001
{
    private readonly DiagnosticBag _bag = new();
    private Scratch _folder = null!;
    private SourceText[] _sources = [];
    private Workspace _workspace = null!;
    private Plan _plan = null!;
    private PortNeed[] _needs = [];
    private RenderedText _text = null!;
    private string _file = string.Empty;

    /// <summary>How many projects the workspace has.</summary>
    [Params(100, 1_000)]
    public int Projects { get; set; }

    /// <summary>Writes the workspace and prepares each stage's input.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _folder = new Scratch();
        MixedWorkspace.Write(_folder.Root, Projects, seed: 1);
        var files = new WorkspaceFiles(_folder.Root);
        _sources =
        [
            .. ProjectFinder
                .Find(files, _bag)
                .Projects.Where(project => project.Kind is ProjectKind.Descriptor or ProjectKind.ComposeFile)
                .Select(project => files.Read(project.File, _bag)!),
        ];
        _workspace = Load();
        _plan = MakePlan();
        _needs = [.. _plan.Needs.Values];
        _text = Write();
        _file = _text.ToString();
    }

    /// <summary>Removes the workspace.</summary>
    [GlobalCleanup]
    public void CleanUp() => _folder.Dispose();

    /// <summary>Text → trees, of every descriptor.</summary>
    [Benchmark]
    public int Parse() => _sources.Count(source => YamlReader.Read(source, _bag) is not null);

    /// <summary>Files → workspace.</summary>
    [Benchmark]
    public object Read() => Load();

    /// <summary>Workspace → plan, ports included.</summary>
    [Benchmark]
    public object PlanAll() => MakePlan();

    /// <summary>The ports alone.</summary>
    [Benchmark]
    public object Allocate() => PortAllocator.Allocate(_needs, PortLock.Empty, _workspace.Settings.Ports, _bag);

    /// <summary>Plan → trees of the Compose file.</summary>
    [Benchmark]
    public int Build() => ComposeBuilder.Build(_plan).Services.Count(service => service.Body.Entries.Length > 0);

    /// <summary>Plan → text, the trees built and checked on the way.</summary>
    [Benchmark]
    public object Render() => Write();

    /// <summary>What a text is checked by that a template of the workspace's own has written: it is read back.</summary>
    [Benchmark]
    public void Check() => RenderedYaml.Check(_file, _bag);

    /// <summary>The checksum of the text.</summary>
    [Benchmark]
    public object Header() => GeneratedText.ComposeFile.WithHeader(_text);

    /// <summary>Everything but writing.</summary>
    [Benchmark]
    public object? Everything() => Pipeline.Run(new WorkspaceFiles(_folder.Root), _bag);

    private Workspace Load() => WorkspaceLoader.Load(new WorkspaceFiles(_folder.Root), _bag)!;

    private Plan MakePlan() => Planner.Plan(_workspace, _bag);

    private RenderedText Write() => TemplateRenderer.Render(ComposeBuilder.Build(_plan), new TemplateSet(_workspace), _bag)!;
}
