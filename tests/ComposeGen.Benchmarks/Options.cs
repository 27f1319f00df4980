using CommandLine;

namespace ComposeGen.Benchmarks;

internal abstract class ToolOptions
{
    [Option("tool", Required = true, Hidden = true, HelpText = "The published composegen; ./bench gives it.")]
    public string Tool { get; set; } = string.Empty;
}

[Verb("scale", isDefault: true, HelpText = "The tool on workspaces of each size, beside docker compose config.")]
internal sealed class ScaleOptions : ToolOptions
{
    [Option("hello", Required = true, Hidden = true, HelpText = "A native hello world; ./bench gives it.")]
    public string Hello { get; set; } = string.Empty;

    [Option("seed", Default = 1, HelpText = "Another seed gives other workspaces.")]
    public int Seed { get; set; }

    [Option("sizes", Separator = ',', Default = new[] { 10, 100, 1_000, 10_000 }, HelpText = "Numbers of projects.")]
    public IEnumerable<int> Sizes { get; set; } = [];
}

[Verb("images", HelpText = "What is built anew, and what up adds to docker compose: needs an engine.")]
internal sealed class ImagesOptions : ToolOptions;

[Verb("stages", HelpText = "Each stage of a generation by itself, with what it allocates.")]
internal sealed class StagesOptions
{
    [Option("filter", Default = "*", HelpText = "Which of them, by a pattern of their names.")]
    public string Filter { get; set; } = string.Empty;
}

[Verb("workspace", HelpText = "Writes a mixed workspace to look at, or to try something with.")]
internal sealed class WorkspaceOptions
{
    [Value(0, Required = true, MetaName = "FOLDER", HelpText = "Where to; it must not be there yet.")]
    public string Folder { get; set; } = string.Empty;

    [Option("size", Default = 100, HelpText = "How many projects.")]
    public int Size { get; set; }

    [Option("seed", Default = 1, HelpText = "Another seed gives another workspace.")]
    public int Seed { get; set; }
}
