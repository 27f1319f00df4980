using CommandLine;

namespace ComposeGen.Cli;

// The commands around what runs.

[Verb("status", HelpText = "Show what is selected (or the projects named), how each service is, and its URL; exit with 1 unless all of it runs and is not unhealthy.")]
internal sealed class StatusOptions : TableOptions, IEngineOptions
{
    [Option("context", MetaValue = "NAME", HelpText = "The engine to use, as `docker context ls` calls it.")]
    public string? Context { get; set; }
}

[Verb("open", HelpText = "Open a project's page, with its token, in the browser; where there is none, print its URL.")]
internal sealed class OpenOptions : CommonOptions, IEngineOptions
{
    [Option("print", HelpText = "Print the URL, once it answers, and open nothing.")]
    public bool Print { get; set; }

    [Option("context", MetaValue = "NAME", HelpText = "The engine to use, as `docker context ls` calls it.")]
    public string? Context { get; set; }
}

[Verb("logs", HelpText = "Show what the containers print, of all or of the projects named.")]
internal sealed class LogsOptions : CommonOptions, IEngineOptions
{
    [Option('f', "follow", HelpText = "Go on with what they print from now on.")]
    public bool Follow { get; set; }

    [Option('n', "tail", MetaValue = "LINES", HelpText = "Only so many lines of each container, the last ones.")]
    public string? Lines { get; set; }

    [Option("since", MetaValue = "TIME", HelpText = "Only what was printed since, for example 10m or 2026-01-31T12:00:00.")]
    public string? Since { get; set; }

    [Option('t', "timestamps", HelpText = "Show when each line was printed.")]
    public bool Timestamps { get; set; }

    [Option("context", MetaValue = "NAME", HelpText = "The engine to use, as `docker context ls` calls it.")]
    public string? Context { get; set; }
}

[Verb("ps", HelpText = "List the containers, of all or of the projects named, as docker compose does.")]
internal sealed class PsOptions : CommonOptions, IEngineOptions
{
    [Option('a', "all", HelpText = "Those that have ended, too.")]
    public bool All { get; set; }

    [Option('q', "quiet", HelpText = "Only their ids.")]
    public bool Quiet { get; set; }

    [Option("context", MetaValue = "NAME", HelpText = "The engine to use, as `docker context ls` calls it.")]
    public string? Context { get; set; }
}

[Verb("exec", HelpText = "Run a command, or a shell where none is given, in a container that runs; the exit code is the command's.")]
internal sealed class ExecOptions : CommonOptions, IEngineOptions
{
    [Option('T', "no-tty", HelpText = "Without a terminal, even where there is one.")]
    public bool NoTty { get; set; }

    [Option('u', "user", MetaValue = "USER", HelpText = "As this user of the container.")]
    public string? User { get; set; }

    [Option('w', "workdir", MetaValue = "DIR", HelpText = "In this folder of the container.")]
    public string? Folder { get; set; }

    [Option('e', "env", MetaValue = "NAME=VALUE", HelpText = "With this environment variable; may be given several times.")]
    public IEnumerable<string> Variables { get; set; } = [];

    [Option("context", MetaValue = "NAME", HelpText = "The engine to use, as `docker context ls` calls it.")]
    public string? Context { get; set; }
}

internal enum GraphFormat
{
    Tree,
    Mermaid,
    Dot,
}

[Verb("graph", HelpText = "Draw what is selected (or the projects named, with what they need): services, networks, ports, dependencies, shared volumes.")]
internal sealed class GraphOptions : CommonOptions
{
    [Option('o', "output", MetaValue = "tree|mermaid|dot", Default = GraphFormat.Tree, HelpText = "How to draw it.")]
    public GraphFormat Output { get; set; }

    [Option("all", HelpText = "Every project, selected or not.")]
    public bool All { get; set; }
}
