using CommandLine;

namespace ComposeGen.Cli;

// The commands about host ports.

[Verb("ports", HelpText = "Show every host port (or those of the projects named), its URL, and who has it.")]
internal sealed class PortsOptions : CommonOptions, IEngineOptions
{
    [Option('o', "output", MetaValue = "table|json|env", Default = PortsFormat.Table, HelpText = "How to print it.")]
    public PortsFormat Output { get; set; }

    [Option("stack", HelpText = "Those of what `deploy` runs on a swarm.")]
    public bool Stack { get; set; }

    [Option("context", MetaValue = "NAME", HelpText = "The engine to use, as `docker context ls` calls it.")]
    public string? Context { get; set; }
}

[Verb("ports explain", HelpText = "Tell who has a host port, and why it was given.")]
internal sealed class PortsExplainOptions : CommonOptions;

[Verb("ports diff", HelpText = "Compare the ports with those of a git revision; exit with 1 if one moved.")]
internal sealed class PortsDiffOptions : TableOptions;

[Verb("ports move", HelpText = "Give the ports of a project (or service) that is gone to the one that took its place.")]
internal sealed class PortsMoveOptions : WritingOptions;

[Verb("ports prune", HelpText = "Take lines out of the lock that nothing needs any more.")]
internal sealed class PortsPruneOptions : WritingOptions
{
    [Option('n', "dry-run", HelpText = "Only show which.")]
    public bool DryRun { get; set; }
}

[Verb("ports unmap", HelpText = "Take back what `up --remap` moved on this machine (or of the projects named).")]
internal sealed class PortsUnmapOptions : CommonOptions;
