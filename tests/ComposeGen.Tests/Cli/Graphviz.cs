using System.Xml.Linq;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>A drawing that Graphviz makes of a text in DOT.</summary>
/// <param name="Error">What it refuses the text with; empty where it does not.</param>
/// <param name="Nodes">The nodes' names, with what is written in each.</param>
/// <param name="Edges">The edges, by the names at their ends.</param>
/// <param name="Clusters">What is written at each cluster.</param>
internal sealed record Graphviz(
    string Error,
    IReadOnlyDictionary<string, string> Nodes,
    IReadOnlyList<(string From, string To)> Edges,
    IReadOnlyList<string> Clusters
)
{
    private const string Arrow = "->";

    private static readonly Lazy<bool> IsThere = new(Install);

    public static Graphviz Draw(string dot)
    {
        if (!IsThere.Value)
        {
            Assert.Ignore("NOT TESTED, for want of Graphviz, which root on Debian or Ubuntu gets installed: what `dot` draws");
        }

        using var process = Run.Start("dot", Path.GetTempPath(), [], "-Tsvg");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.Write(dot);
        process.StandardInput.Close();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Read(output.GetAwaiter().GetResult()) with { Error = error.GetAwaiter().GetResult() }
            : new Graphviz(error.GetAwaiter().GetResult(), new Dictionary<string, string>(), [], []);
    }

    private static Graphviz Read(string svg)
    {
        // Its document type names a file on the network.
        var groups = XDocument.Parse(svg[svg.IndexOf("<svg", StringComparison.Ordinal)..]).Descendants().Where(element => element.Name.LocalName == "g").ToLookup(group => (string?)group.Attribute("class"));
        return new Graphviz(
            string.Empty,
            groups["node"].ToDictionary(Title, Text),
            [.. groups["edge"].Select(Title).Select(title => (title[..title.IndexOf(Arrow, StringComparison.Ordinal)], title[(title.IndexOf(Arrow, StringComparison.Ordinal) + Arrow.Length)..]))],
            [.. groups["cluster"].Select(Text)]
        );
    }

    private static string Title(XElement group) => group.Elements().Single(element => element.Name.LocalName == "title").Value;

    // What an SVG says twice escaped is an entity that was left as it was.
    private static string Text(XElement group) => string.Join('\n', group.Elements().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Replace('\u00a0', ' ')));

    private static bool Install()
    {
        if (Has("dot"))
        {
            return true;
        }

        if (Environment.UserName != "root" || !Has("apt-get"))
        {
            return false;
        }

        string[] apt = ["-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"];
        var environment = new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive" };
        _ = Run.Program("apt-get", "/", environment, [.. apt, "update"]);
        var install = Run.Program("apt-get", "/", environment, [.. apt, "install", "--yes", "--no-install-recommends", "graphviz"]);
        Assert.That(install.ExitCode, Is.Zero, install.ToString());
        return true;
    }

    private static bool Has(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
