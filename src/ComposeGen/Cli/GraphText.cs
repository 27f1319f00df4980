using System.Globalization;
using System.Text;
using ComposeGen.Diagnostics;
using Spectre.Console;

namespace ComposeGen.Cli;

/// <summary>A graph as text: a tree for people, Mermaid and DOT for what draws it.</summary>
internal static class GraphText
{
    private const string Off = "not selected";

    public static string Of(Graph graph, GraphFormat format) =>
        format switch
        {
            GraphFormat.Mermaid => Mermaid(graph),
            GraphFormat.Dot => Dot(graph),
            _ => Trees(graph),
        };

    private static string Trees(Graph graph)
    {
        var edges = graph.Edges.ToLookup(edge => edge.From.Key);
        var volumes = graph.Volumes.SelectMany(volume => volume.Users.Select(user => (user.Key, volume))).ToLookup(pair => pair.Key, pair => pair.volume);
        return string.Concat(graph.Projects.SelectMany(project => Tables.Lines(Tree(project, edges, volumes))).Select(line => line + "\n"));
    }

    private static Tree Tree(GraphProject project, ILookup<string, GraphEdge> edges, ILookup<string, GraphVolume> volumes)
    {
        var tree = new Tree(new Text(Line(project.Path, project.Title)));
        foreach (var service in project.Services)
        {
            var node = tree.AddNode(new Text(Line([service.Planned.Name, .. service.Ports, project.TitleOf(service), service.IsSelected ? string.Empty : Off])));
            foreach (var edge in edges[service.Planned.Key])
            {
                var other = edge.To.Project == service.Planned.Project ? edge.To.Name : edge.To.Label;
                node.AddNode(new Text(Line($"{(edge.IsOptional ? "may need" : "needs")} {other}", edge.Label)));
            }

            foreach (var volume in volumes[service.Planned.Key])
            {
                node.AddNode(new Text(Line($"volume {volume.Key}, shared with {string.Join(", ", volume.Users.Where(user => user != service.Planned).Select(user => user.Label))}")));
            }
        }

        return tree;
    }

    private static string Line(params string[] parts) => DiagnosticWriter.Visible(string.Join("  ", parts.Where(part => part.Length > 0)));

    private static string Mermaid(Graph graph)
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (var (project, number) in graph.Projects.Select((project, i) => (project, i)))
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph p{number}[\"{Quoted(project.Path, project.Title, MermaidText, "<br>")}\"]\n");
            foreach (var service in project.Services)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {Id(service.Planned.Key)}[\"{Quoted(service.Planned.Name, project.TitleOf(service), MermaidText, "<br>")}\"]{(service.IsSelected ? string.Empty : ":::off")}\n");
            }

            text.Append("  end\n");
        }

        foreach (var (service, place, number) in Places(graph))
        {
            text.Append(CultureInfo.InvariantCulture, $"  h{number}([\"{place}\"]) --> {Id(service.Planned.Key)}\n");
        }

        foreach (var edge in graph.Edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Id(edge.From.Key)} {(edge.IsOptional ? "-.->" : "-->")}{(edge.Label.Length > 0 ? $"|\"{MermaidText(edge.Label)}\"|" : string.Empty)} {Id(edge.To.Key)}\n");
        }

        foreach (var (volume, number) in graph.Volumes.Select((volume, i) => (volume, i)))
        {
            text.Append(CultureInfo.InvariantCulture, $"  v{number}[(\"{MermaidText(volume.Key)}\")]\n");
            foreach (var user in volume.Users)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {Id(user.Key)} -.- v{number}\n");
            }
        }

        return graph.Services.All(service => service.IsSelected) ? text.ToString() : text.Append("  classDef off stroke-dasharray: 4 4\n").ToString();
    }

    private static string Dot(Graph graph)
    {
        var text = new StringBuilder("digraph composegen {\n  rankdir=LR\n  node [shape=box]\n");
        foreach (var (project, number) in graph.Projects.Select((project, i) => (project, i)))
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph cluster_{number} {{\n    label=\"{Quoted(project.Path, project.Title, DotText, "\\n")}\"\n");
            foreach (var service in project.Services)
            {
                text.Append(CultureInfo.InvariantCulture, $"    \"{service.Planned.Key}\" [label=\"{Quoted(service.Planned.Name, project.TitleOf(service), DotText, "\\n")}\"{(service.IsSelected ? string.Empty : ", style=dashed")}]\n");
            }

            text.Append("  }\n");
        }

        foreach (var (service, place, number) in Places(graph))
        {
            text.Append(CultureInfo.InvariantCulture, $"  \"host {number}\" [label=\"{DotText(place)}\", shape=oval]\n  \"host {number}\" -> \"{service.Planned.Key}\"\n");
        }

        foreach (var edge in graph.Edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"  \"{edge.From.Key}\" -> \"{edge.To.Key}\" [label=\"{DotText(edge.Label)}\"{(edge.IsOptional ? ", style=dashed" : string.Empty)}]\n");
        }

        foreach (var (volume, number) in graph.Volumes.Select((volume, i) => (volume, i)))
        {
            text.Append(CultureInfo.InvariantCulture, $"  \"volume {number}\" [label=\"{DotText(volume.Key)}\", shape=cylinder]\n");
            foreach (var user in volume.Users)
            {
                text.Append(CultureInfo.InvariantCulture, $"  \"{user.Key}\" -> \"volume {number}\" [dir=none, style=dotted]\n");
            }
        }

        return text.Append("}\n").ToString();
    }

    private static IEnumerable<(GraphService Service, string Place, int Number)> Places(Graph graph) =>
        graph.Services.SelectMany(service => service.Ports.Select(place => (service, place))).Select((pair, i) => (pair.service, pair.place, i));

    // Letters of a key are lower case, and none is `_`: it stands for `-`, which would be read as the start of an arrow; and no key is a word of Mermaid's.
    private static string Id(string key) => $"s_{key.Replace('-', '_')}";

    private static string Quoted(string name, string title, Func<string, string> escape, string lineBreak) =>
        title.Length == 0 ? escape(name) : $"{escape(name)}{lineBreak}{escape(title)}";

    /// <summary>
    /// What Mermaid shows as this text, in double quotes: what could be a quote, a tag, an entity, Markdown or a line break to it is
    /// written by its number.
    /// </summary>
    public static string MermaidText(string text)
    {
        var shown = DiagnosticWriter.Visible(text);
        var escaped = new StringBuilder(shown.Length);
        for (var i = 0; i < shown.Length; i++)
        {
            var c = shown[i];
            // `1. ` and `- ` would begin a list.
            var isPlain = char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is ' ' or '_' or '/' or ',' || (c is '-' or '.' && i + 1 < shown.Length && shown[i + 1] != ' ');
            _ = isPlain ? escaped.Append(c) : escaped.Append(CultureInfo.InvariantCulture, $"#{(int)c};");
        }

        return escaped.ToString();
    }

    /// <summary>The same for DOT, which knows quotes, escapes of its own and HTML's entities in a label.</summary>
    public static string DotText(string text) =>
        DiagnosticWriter
            .Visible(text)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("&", "&amp;", StringComparison.Ordinal);
}
