using CommandLine;

namespace ComposeGen.Cli;

// The commands that make a workspace and say what is in it.

[Verb("list", HelpText = "Show every project, its services, and what is selected and why.")]
internal sealed class ListOptions : TableOptions;

[Verb("init", HelpText = "Make a workspace of a folder: find the projects in it, or begin with a notebook where it is empty.")]
internal sealed class InitOptions : CommonOptions
{
    /// <summary>The folder; null for the current one.</summary>
    public string? Folder => Arguments.FirstOrDefault();

    [Option("move", SetName = "move", HelpText = "Move what is not in projects/ there, with `git mv` where git keeps it.")]
    public bool Move { get; set; }

    [Option("link", SetName = "link", HelpText = "Leave what is not in projects/ where it is, and write a small file there that names its place.")]
    public bool Link { get; set; }

    [Option("leave", SetName = "leave", HelpText = "Leave out what is not in projects/.")]
    public bool Leave { get; set; }

    [Option('n', "dry-run", HelpText = "Only show what would be done.")]
    public bool DryRun { get; set; }

    /// <summary>Which of them was given.</summary>
    public Bringing Bringing =>
        Move ? Bringing.Move
        : Link ? Bringing.Link
        : Leave ? Bringing.Leave
        : Bringing.Undecided;
}

[Verb("new", HelpText = "Make a project from a template, and select it; without a kind, show which there are.")]
internal sealed class NewOptions : CommonOptions
{
    /// <summary>The template's name.</summary>
    public string? Kind => Arguments.FirstOrDefault();

    /// <summary>The project's path, or that of an executable in it.</summary>
    public string? Name => Arguments.Skip(1).FirstOrDefault();

    [Option("no-enable", HelpText = "Leave which-project as it is.")]
    public bool NoEnable { get; set; }
}

[Verb("enable", HelpText = "Select projects, or services as project:service, in which-project.")]
internal sealed class EnableOptions : CommonOptions;

[Verb("disable", HelpText = "Select projects, or services as project:service, no more.")]
internal sealed class DisableOptions : CommonOptions;
