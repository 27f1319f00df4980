using System.Text.Json;

namespace ComposeGen.Tests.Cli;

/// <summary>A flow chart as Mermaid itself reads it, which draws it in web pages. It runs on Node.js.</summary>
internal sealed record MermaidChart(
    string? Error,
    IReadOnlyList<MermaidChart.Node>? Nodes,
    IReadOnlyList<MermaidChart.Edge>? Edges,
    IReadOnlyList<MermaidChart.Group>? Groups
)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    private static readonly Lazy<string> Folder = new(() => NodeFolder.Install("mermaid", "how Mermaid reads a graph"));

    internal sealed record Node(string Id, string Text);

    internal sealed record Edge(string From, string To, string Text);

    internal sealed record Group(string Title, IReadOnlyList<string> Nodes);

    public static IReadOnlyList<MermaidChart> Read(params string[] texts) =>
        JsonSerializer.Deserialize<MermaidChart[]>(NodeFolder.Run(Folder.Value, "look.mjs", JsonSerializer.Serialize(texts)), Options)!;
}
