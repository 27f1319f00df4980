using CommandLine;

namespace ComposeGen.Cli;

// The commands for other machines.

[Verb("pack", HelpText = "Put what which-project selects (or the projects named), images and all, into one file that starts elsewhere.")]
internal sealed class PackOptions : WritingOptions, IEngineOptions
{
    /// <summary>Pack only these projects (or <c>project:service</c>), with what they depend on.</summary>
    public IEnumerable<string> Projects => Arguments;

    [Option('o', "output", MetaValue = "FILE", HelpText = "The file to write: .tar.gz, or .tar for one that is not compressed.")]
    public string? Output { get; set; }

    [Option("name", MetaValue = "NAME", HelpText = "What it is called there: its folder, and its Compose project (default: as here).")]
    public string? Name { get; set; }

    [Option("platform", MetaValue = "OS/ARCH,…", HelpText = "Build and pull for these platforms (default: the engine's own).")]
    public string? Platform { get; set; }

    // A list to the parser would take in the names that follow.
    public IEnumerable<string> Platforms => Platform?.Split(',') ?? [];

    [Option("with-volumes", HelpText = "The data in volumes go along; containers that use them stand still while they are copied.")]
    public bool WithVolumes { get; set; }

    [Option("with-env", HelpText = "Values of variables and files of secrets go along: whoever has the file can read them.")]
    public bool WithEnv { get; set; }

    [Option("context", MetaValue = "NAME", HelpText = "The engine to use, as `docker context ls` calls it.")]
    public string? Context { get; set; }
}

[Verb("unpack", HelpText = "Check a file that pack wrote, load what is in it, and start it.")]
internal sealed class UnpackOptions : CommonOptions, IEngineOptions
{
    /// <summary>The archive.</summary>
    public string? File => Arguments.FirstOrDefault();

    [Option("into", MetaValue = "DIR", HelpText = "The folder to make (default: what was packed, in the current folder).")]
    public string? Into { get; set; }

    [Option("checksum", MetaValue = "HEX", HelpText = "Refuse any other archive than the one for which pack printed this.")]
    public string? Checksum { get; set; }

    [Option("no-start", HelpText = "Load everything, and start nothing.")]
    public bool NoStart { get; set; }

    [Option("context", MetaValue = "NAME", HelpText = "The engine to use, as `docker context ls` calls it.")]
    public string? Context { get; set; }
}

[Verb("deploy", HelpText = "Run what which-project selects (or the projects named) on a swarm, Docker's own cluster, as a stack.")]
internal sealed class DeployOptions : WritingOptions
{
    /// <summary>Deploy only these projects (or <c>project:service</c>), with what they depend on; the others stay as they are.</summary>
    public IEnumerable<string> Projects => Arguments;

    [Option("registry", MetaValue = "PREFIX", HelpText = "Where images are pushed to, for the nodes to pull, for example registry.example.org/team.")]
    public string? Registry { get; set; }

    [Option("address", MetaValue = "HOST", HelpText = "Where the swarm is reached, for links between projects (default: the manager's address).")]
    public string? Address { get; set; }

    [Option("encrypted", HelpText = "Encrypt what containers say to each other from node to node.")]
    public bool Encrypted { get; set; }

    [Option("open-ports", HelpText = "Agree that ports which are this machine's own here are open to the network there.")]
    public bool OpenPorts { get; set; }

    [Option('d', "detach", HelpText = "Do not wait until everything runs.")]
    public bool Detach { get; set; }

    [Option("diff", SetName = "diff", HelpText = "Send nothing; build, and show what would change.")]
    public bool Diff { get; set; }

    [Option("remove", SetName = "remove", HelpText = "Take the stack down.")]
    public bool Remove { get; set; }

    [Option("context", MetaValue = "NAME", HelpText = "The swarm's manager, as `docker context ls` calls it; images are built and pushed from here.")]
    public string? Context { get; set; }
}
