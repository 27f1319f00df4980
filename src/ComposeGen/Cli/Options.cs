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

[Verb("completion", HelpText = "Print the script that completes commands, projects and services in a shell.")]
internal sealed class CompletionOptions : CommonOptions
{
    /// <summary>The shell's name.</summary>
    public string? Shell => Arguments.FirstOrDefault();
}

[Verb("man", HelpText = "Print the manual page, composegen(1).")]
internal sealed class ManOptions : CommonOptions;
