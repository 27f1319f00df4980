using ComposeGen.Cli;
using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Planning;
using ComposeGen.Tests.Golden;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Cli;

/// <summary>What <c>composegen graph</c> draws, as those read it that it is for.</summary>
public class GraphTests
{
    private const string Sample = "the repository";

    // Names that are words of Mermaid's, or would be quotes, tags, entities, Markdown or escapes.
    private static readonly string[] Awkward = ["end", "subgraph", "it's (so)", "R&amp;D", "x--y = z", "a; b", "%% c", "1. one", "- two", "`code`", "über 日本 🎉"];

    // The same of texts that no folder may be called.
    private static readonly string[] Worse = [.. Awkward, "a\"b", "c#35;", "<b>bold<br>", "x\\ny", "\\N", "a|b{c}[d]", "style x:#1;", "&lt;"];

    public static IEnumerable<string> Cases() => GoldenTests.Cases().Where(name => Plans(name) is not null).Prepend(Sample);

    [TestCaseSource(nameof(Cases))]
    public void Graphviz_draws_what_is_in_the_plan(string name)
    {
        var plan = Plans(name)!;
        var graph = Graph.Of(plan, plan.Services);

        var drawn = Graphviz.Draw(GraphText.Of(graph, GraphFormat.Dot));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(drawn.Error, Is.Empty);
            Assert.That(drawn.Clusters.Select(cluster => cluster.Split('\n')[0]), Is.EquivalentTo(plan.Services.Select(service => service.Project.Path).Distinct()));
            Assert.That(drawn.Nodes.Where(node => !node.Key.Contains(' ', StringComparison.Ordinal)).Select(node => (node.Key, node.Value.Split('\n')[0])), Is.EquivalentTo(plan.Services.Select(service => (service.Key, service.Name))));
            Assert.That(drawn.Edges.Where(edge => !edge.From.StartsWith("host ", StringComparison.Ordinal) && !edge.To.StartsWith("volume ", StringComparison.Ordinal)).Distinct(), Is.EquivalentTo(Needs(plan)));
            Assert.That(drawn.Edges.Where(edge => edge.From.StartsWith("host ", StringComparison.Ordinal)).Select(edge => (drawn.Nodes[edge.From], edge.To)), Is.EquivalentTo(Ports(plan)));
            Assert.That(drawn.Edges.Where(edge => edge.To.StartsWith("volume ", StringComparison.Ordinal)).Select(edge => (edge.From, drawn.Nodes[edge.To])), Is.EquivalentTo(SharedVolumes(plan)));
        }
    }

    [Test]
    public void Mermaid_reads_what_is_in_each_plan()
    {
        var plans = Cases().Select(name => (Name: name, Plan: Plans(name)!)).ToList();

        var charts = MermaidChart.Read([.. plans.Select(pair => GraphText.Of(Graph.Of(pair.Plan, pair.Plan.Services), GraphFormat.Mermaid))]);

        using (Assert.EnterMultipleScope())
        {
            foreach (var ((name, plan), chart) in plans.Zip(charts))
            {
                Assert.That(chart.Error, Is.Null, name);
                var texts = chart.Nodes!.ToDictionary(node => node.Id, node => node.Text);
                Assert.That(chart.Groups!.Select(group => group.Title.Split("<br>")[0]), Is.EquivalentTo(plan.Services.Select(service => service.Project.Path).Distinct()), name);
                Assert.That(chart.Groups!.SelectMany(group => group.Nodes.Select(node => (group.Title.Split("<br>")[0], node))), Is.EquivalentTo(plan.Services.Select(service => (service.Project.Path, Id(service.Key)))), name);
                Assert.That(texts.Where(node => node.Key.StartsWith("s_", StringComparison.Ordinal)).Select(node => (node.Key, node.Value.Split("<br>")[0])), Is.EquivalentTo(plan.Services.Select(service => (Id(service.Key), service.Name))), name);
                Assert.That(chart.Edges!.Where(edge => edge.From[0] == 's' && edge.To[0] == 's').Select(edge => (edge.From, edge.To)).Distinct(), Is.EquivalentTo(Needs(plan).Select(edge => (Id(edge.From), Id(edge.To)))), name);
                Assert.That(chart.Edges!.Where(edge => edge.From[0] == 'h').Select(edge => (texts[edge.From], edge.To)), Is.EquivalentTo(Ports(plan).Select(port => (port.Place, Id(port.Key)))), name);
                Assert.That(chart.Edges!.Where(edge => edge.To[0] == 'v').Select(edge => (edge.From, texts[edge.To])), Is.EquivalentTo(SharedVolumes(plan).Select(user => (Id(user.Key), user.Volume))), name);
            }
        }
    }

    [Test]
    public void Neither_reads_just_anything()
    {
        Assert.That(MermaidChart.Read("flowchart LR\n  a[\"x\"y\"]\n", "flowchart LR\n  a --> end\n").Select(chart => chart.Error), Has.All.Not.Null);
        Assert.That(Graphviz.Draw("digraph {\n  a [label=\"x\"y\"]\n}\n").Error, Does.Contain("syntax error"));
    }

    [Test]
    public void Both_show_awkward_names_as_they_are()
    {
        using var workspace = new ScratchWorkspace().With("which-project", "*\n");
        for (var i = 0; i < Awkward.Length; i++)
        {
            // The key is made of letters and digits.
            workspace.With($"projects/{Awkward[i]}/project.yml", $"services: {{end: {{image: i}}, s{i}: {{image: i, depends_on: [end]}}}}\n");
        }

        var bag = new DiagnosticBag();
        var plan = Pipeline.Run(new WorkspaceFiles(workspace.Root), bag)?.Plan;
        Assert.That(plan, Is.Not.Null, () => string.Join('\n', bag.Sorted().Select(problem => problem.Message)));
        var graph = Graph.Of(plan!, plan!.Services);

        var chart = MermaidChart.Read(GraphText.Of(graph, GraphFormat.Mermaid))[0];
        var drawn = Graphviz.Draw(GraphText.Of(graph, GraphFormat.Dot));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chart.Error, Is.Null);
            Assert.That(chart.Groups?.Select(group => group.Title).Select(title => title[..title.LastIndexOf("<br>", StringComparison.Ordinal)]), Is.EquivalentTo(Awkward));
            Assert.That(chart.Edges, Has.Count.EqualTo(Awkward.Length));
            Assert.That(drawn.Error, Is.Empty);
            Assert.That(drawn.Clusters.Select(cluster => cluster.Split('\n')[0]), Is.EquivalentTo(Awkward));
        }
    }

    [Test]
    public void Both_show_any_text_as_it_is()
    {
        var charts = MermaidChart.Read([.. Worse.Select(text => $"flowchart LR\n  a[\"{GraphText.MermaidText(text)}\"]\n")]);
        var drawn = Graphviz.Draw($"digraph {{\n{string.Concat(Worse.Select((text, i) => $"  {i} [label=\"{GraphText.DotText(text)}\"]\n"))}}}\n");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(charts.Select(chart => chart.Error ?? chart.Nodes![0].Text), Is.EqualTo(Worse));
            Assert.That(drawn.Nodes.OrderBy(node => int.Parse(node.Key, System.Globalization.CultureInfo.InvariantCulture)).Select(node => node.Value), Is.EqualTo(Worse));
        }
    }

    [Test]
    public void A_tree_says_who_needs_whom_and_on_what_condition()
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "shop\n")
            .With(
                "projects/shop/project.yml",
                """
                services:
                  web: {image: i, ports: [80], depends_on: {db: {condition: service_healthy}, "stock:api": {condition: service_started}}, volumes: ["data:/d"]}
                  db: {image: i, volumes: ["data:/d"], networks: [back]}
                volumes: {data: {}}
                networks: {back: {internal: true}}

                """
            )
            .With("projects/stock/project.yml", "services: {api: {image: i}, other: {image: i}}\n");

        Assert.That(Tool(workspace), Is.EqualTo("""
            shop
            ├── db  network shop-back
            │   └── volume shop-data, shared with shop:web
            └── web  127.0.0.1:8080  networks shop, shared
                ├── needs db  healthy
                ├── needs stock:api
                └── volume shop-data, shared with shop:db
            stock  networks stock, shared
            └── api

            """));
        Assert.That(Tool(workspace, "stock"), Is.EqualTo("stock  networks stock, shared\n└── api\n"));
        Assert.That(Tool(workspace, "--all"), Does.EndWith("├── api\n└── other  not selected\n"));
        Assert.That(Tool(workspace, "--all", "-o", "mermaid"), Does.Contain("s_stock_other[\"other\"]:::off").And.Contain("s_shop_web -->|\"healthy\"| s_shop_db\n"));
    }

    [Test]
    public void The_picture_in_the_documentation_is_the_samples()
    {
        var plan = Plans(Sample)!;

        Assert.That(
            File.ReadAllText(Repository.PathOf("docs", "running.md")),
            Does.Contain($"```mermaid\n{GraphText.Of(Graph.Of(plan, plan.Services), GraphFormat.Mermaid)}```\n")
        );
    }

    private static string Tool(ScratchWorkspace workspace, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter();
        var code = Program.Run(["graph", "-C", workspace.Root, .. arguments], new Terminal(output, error, HasColor: false)).GetAwaiter().GetResult();
        Assert.That(code, Is.Zero, error.ToString());
        return output.ToString();
    }

    private static Plan? Plans(string name) =>
        Pipeline.Run(new WorkspaceFiles(name == Sample ? Repository.Root : Repository.PathOf("tests", "ComposeGen.Tests", "Golden", name)), new DiagnosticBag())?.Plan;

    private static string Id(string key) => $"s_{key.Replace('-', '_')}";

    private static List<(string From, string To)> Needs(Plan plan) =>
        [.. plan.Services.SelectMany(service => plan.Dependencies.Needs(service).Where(plan.IsRunning).Select(other => (service.Key, other.Key))).Distinct()];

    private static IEnumerable<(string Place, string Key)> Ports(Plan plan) =>
        plan.Services.SelectMany(service =>
            service
                .Ports.Select(port => $"{(port.HostIp.Contains(':', StringComparison.Ordinal) ? $"[{port.HostIp}]" : port.HostIp)}:{port.Host}{(port.Request.Count > 1 ? $"-{port.Host + port.Request.Count - 1}" : string.Empty)}{(port.Request.Protocol == "tcp" ? string.Empty : "/" + port.Request.Protocol)}")
                .Distinct()
                .Select(place => (place, service.Key))
        );

    // By the generated file, which has the keys of volumes that services mount.
    private static List<(string Key, string Volume)> SharedVolumes(Plan plan)
    {
        var document = ComposeBuilder.Build(plan);
        var volumes = document.Sections.FirstOrDefault(section => section.Name == "volumes").Entries;
        if (volumes.IsDefaultOrEmpty)
        {
            return [];
        }

        var uses = document
            .Services.SelectMany(service => ResourceReferences.Collect(service.Body).Where(reference => reference.Section == "volumes").Select(reference => (service.Planned.Key, reference.Name)).Distinct())
            .ToLookup(use => use.Name);
        return [.. uses.Where(users => users.Count() > 1).SelectMany(users => users.Select(use => (use.Key, use.Name)))];
    }
}
