using CommandLine;
using ComposeGen.Diagnostics;

namespace ComposeGen.Cli;

/// <summary>What every command takes.</summary>
internal abstract class CommonOptions
{
    [Option('C', "directory", MetaValue = "DIR", HelpText = "Look for the workspace from DIR upward, not from the current folder.")]
    public string? Directory { get; set; }

    /// <summary>
    /// What is given without an option's name: projects, a port, a revision. Here, so that the commands that take none do not
    /// drop one silently.
    /// </summary>
    [Value(0, Hidden = true)]
    public IEnumerable<string> Arguments { get; set; } = [];
}

/// <summary>What every command takes that asks an engine.</summary>
internal interface IEngineOptions
{
    /// <summary>Docker's name for the engine; null for the one that docker itself would ask.</summary>
    string? Context { get; }
}

/// <summary>How a command tells what is wrong.</summary>
internal interface IReportingOptions
{
    MessageFormat Format { get; }

    bool Strict { get; }
}

/// <summary>What every command takes that writes the generated files.</summary>
internal abstract class WritingOptions : CommonOptions
{
    [Option(
        "force",
        HelpText = "Write over a docker-compose.yml that was written or changed by hand; a copy is kept as docker-compose.yml.bak, or .bak2 and so on."
    )]
    public bool Force { get; set; }
}

[Verb("up", HelpText = "Generate, build and start what which-project selects (or the projects named), and print every URL.")]
internal sealed class UpOptions : WritingOptions, IEngineOptions
{
    /// <summary>Start only these projects (or <c>project:service</c>), with what they depend on.</summary>
    public IEnumerable<string> Projects => Arguments;

    [Option('d', "detach", HelpText = "Start in the background.")]
    public bool Detach { get; set; }

    [Option("keep-going", HelpText = "Start the rest where an image cannot be built or pulled; exit with 1 if something is left out.")]
    public bool KeepGoing { get; set; }

    [Option("remap", HelpText = "Move the host ports that are busy on this machine, here only, until `ports unmap`.")]
    public bool Remap { get; set; }

    [Option("wait", HelpText = "Start in the background, and wait until everything runs and is healthy.")]
    public bool Wait { get; set; }

    [Option("context", MetaValue = "NAME", HelpText = "The engine to use, as `docker context ls` calls it.")]
    public string? Context { get; set; }
}

[Verb("run", HelpText = "Build and run one project on this terminal, and remove it afterwards; the exit code is its program's.")]
internal sealed class RunOptions : CommonOptions, IEngineOptions
{
    [Option("context", MetaValue = "NAME", HelpText = "The engine to use, as `docker context ls` calls it.")]
    public string? Context { get; set; }
}


[Verb("down", HelpText = "Stop and remove everything that up started.")]
internal sealed class DownOptions : CommonOptions, IEngineOptions
{
    [Option('v', "volumes", HelpText = "Remove the volumes too: the data in them is lost.")]
    public bool Volumes { get; set; }

    [Option("context", MetaValue = "NAME", HelpText = "The engine to use, as `docker context ls` calls it.")]
    public string? Context { get; set; }
}

[Verb("generate", HelpText = "Write docker-compose.yml and which-project.lock.")]
internal sealed class GenerateOptions : WritingOptions, IReportingOptions
{
    [Option("format", MetaValue = "text|plain|json|sarif|github|gitlab", Default = MessageFormat.Text, HelpText = "How to print what is wrong.")]
    public MessageFormat Format { get; set; }

    [Option("strict", HelpText = "Take warnings for errors.")]
    public bool Strict { get; set; }

    [Option(
        "check",
        SetName = "check",
        HelpText = "Write nothing; show a diff and exit with 1 if the files are not what their sources say."
    )]
    public bool Check { get; set; }

    [Option("diff", SetName = "diff", HelpText = "Write nothing; show what would change.")]
    public bool Diff { get; set; }

    [Option("stdout", SetName = "stdout", HelpText = "Write nothing; print the Compose file.")]
    public bool Stdout { get; set; }
}

[Verb("validate", HelpText = "Check everything that can be checked without Docker.")]
internal sealed class ValidateOptions : CommonOptions, IReportingOptions
{
    [Option("format", MetaValue = "text|plain|json|sarif|github|gitlab", Default = MessageFormat.Text, HelpText = "How to print what is wrong.")]
    public MessageFormat Format { get; set; }

    [Option("strict", HelpText = "Take warnings for errors.")]
    public bool Strict { get; set; }
}

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

[Verb("doctor", HelpText = "Look for what on this machine would stop up, and say how to mend it; exit with 1 or 3 where something would.")]
internal sealed class DoctorOptions : TableOptions, IEngineOptions
{
    [Option("fix", HelpText = "Offer to run what mends it: to install Docker, start it, let you use it. Nothing is removed.")]
    public bool Fix { get; set; }

    [Option("yes", HelpText = "With --fix: do not ask.")]
    public bool Yes { get; set; }

    [Option("context", MetaValue = "NAME", HelpText = "The engine to look at, as `docker context ls` calls it.")]
    public string? Context { get; set; }
}

[Verb("explain", HelpText = "Tell more about a message: what it means, why it is one, and how to mend it.")]
internal sealed class ExplainOptions : CommonOptions
{
    /// <summary>For example <c>CG0107</c>; null for a list of all.</summary>
    public string? Code => Arguments.FirstOrDefault();
}

[Verb("schema", HelpText = "Print the JSON schema of composegen.yml, or of project.yml, for editors.")]
internal sealed class SchemaOptions : CommonOptions
{
    /// <summary>The file whose schema it is; null for <c>composegen.yml</c>.</summary>
    public string? File => Arguments.FirstOrDefault();
}

/// <summary>What the commands take that print a table.</summary>
internal abstract class TableOptions : CommonOptions
{
    [Option('o', "output", MetaValue = "table|json", Default = OutputFormat.Table, HelpText = "How to print it.")]
    public OutputFormat Output { get; set; }
}

internal enum OutputFormat
{
    Table,
    Json,
}

internal enum PortsFormat
{
    Table,
    Json,
    Env,
}

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

[Verb("completion", HelpText = "Print the script that completes commands, projects and services in a shell.")]
internal sealed class CompletionOptions : CommonOptions
{
    /// <summary>The shell's name.</summary>
    public string? Shell => Arguments.FirstOrDefault();
}

[Verb("man", HelpText = "Print the manual page, composegen(1).")]
internal sealed class ManOptions : CommonOptions;
