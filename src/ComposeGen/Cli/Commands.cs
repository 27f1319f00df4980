using ComposeGen.Cli.Shells;

namespace ComposeGen.Cli;

/// <summary>Every command, in the order in which help has them.</summary>
internal static class Commands
{
    private const string Projects = "[PROJECT…]";
    private const int Any = int.MaxValue;

    public static readonly Command[] All =
    [
        Command.Of<InitOptions>("init", CommandGroup.Workspace, InitCommand.Run) with { Takes = "[DIR]", AtMost = 1 },
        Command.Of<NewOptions>("new", CommandGroup.Workspace, NewCommand.Run) with { Takes = "KIND NAME", AtMost = 2 },
        Command.Of<EnableOptions>("enable", CommandGroup.Workspace, EnableCommand.Enable) with { Takes = "PROJECT…", AtMost = Any },
        Command.Of<DisableOptions>("disable", CommandGroup.Workspace, EnableCommand.Disable) with { Takes = "PROJECT…", AtMost = Any },
        Command.Of<ListOptions>("list", CommandGroup.Workspace, ListCommand.Run),
        Command.Of<GraphOptions>("graph", CommandGroup.Workspace, GraphCommand.Run) with { Takes = Projects, AtMost = Any },
        Command.Of<UpOptions>("up", CommandGroup.Running, UpCommand.Run) with { Takes = Projects, AtMost = Any, Extra = "options of `docker compose up`" },
        Command.Of<RunOptions>("run", CommandGroup.Running, RunCommand.Run) with { Takes = "PROJECT", AtMost = 1, Extra = "a command in place of the project's own" },
        Command.Of<DownOptions>("down", CommandGroup.Running, DownCommand.Run),
        Command.Of<StatusOptions>("status", CommandGroup.Running, StatusCommand.Run) with { Takes = Projects, AtMost = Any },
        Command.Of<OpenOptions>("open", CommandGroup.Running, OpenCommand.Run) with { Takes = "[PROJECT]", AtMost = 1 },
        Command.Of<LogsOptions>("logs", CommandGroup.Running, HandOver.Logs) with { Takes = Projects, AtMost = Any, Extra = "options of `docker compose logs`" },
        Command.Of<PsOptions>("ps", CommandGroup.Running, HandOver.Ps) with { Takes = Projects, AtMost = Any, Extra = "options of `docker compose ps`" },
        Command.Of<ExecOptions>("exec", CommandGroup.Running, HandOver.Exec) with { Takes = "PROJECT [COMMAND…]", AtMost = 1, Extra = "a command to run", HandsOver = true },
        Command.Of<GenerateOptions>("generate", CommandGroup.Files, GenerateCommand.Run),
        Command.Of<ValidateOptions>("validate", CommandGroup.Files, ValidateCommand.Run),
        Command.Of<ExplainOptions>("explain", CommandGroup.Files, ExplainCommand.Run) with { Takes = "[CODE]", AtMost = 1 },
        Command.Of<SchemaOptions>("schema", CommandGroup.Files, SchemaCommand.Run) with { Takes = "[FILE]", AtMost = 1 },
        Command.Of<PortsOptions>("ports", CommandGroup.Ports, PortsCommand.Run) with { Takes = Projects, AtMost = Any },
        Command.Of<PortsExplainOptions>("ports explain", CommandGroup.Ports, PortsExplainCommand.Run) with { Takes = "PORT", AtMost = 1 },
        Command.Of<PortsDiffOptions>("ports diff", CommandGroup.Ports, PortsDiffCommand.Run) with { Takes = "REVISION", AtMost = 1 },
        Command.Of<PortsMoveOptions>("ports move", CommandGroup.Ports, PortsMoveCommand.Run) with { Takes = "OLD NEW", AtMost = 2 },
        Command.Of<PortsPruneOptions>("ports prune", CommandGroup.Ports, PortsPruneCommand.Run),
        Command.Of<PortsUnmapOptions>("ports unmap", CommandGroup.Ports, PortsUnmapCommand.Run) with { Takes = Projects, AtMost = Any },
        Command.Of<PackOptions>("pack", CommandGroup.Elsewhere, PackCommand.Run) with { Takes = Projects, AtMost = Any },
        Command.Of<UnpackOptions>("unpack", CommandGroup.Elsewhere, UnpackCommand.Run) with { Takes = "FILE", AtMost = 1 },
        Command.Of<DeployOptions>("deploy", CommandGroup.Elsewhere, DeployCommand.Run) with { Takes = Projects, AtMost = Any },
        Command.Of<DoctorOptions>("doctor", CommandGroup.Machine, DoctorCommand.Run),
        Command.Of<CompletionOptions>("completion", CommandGroup.Machine, CompletionScripts.Run) with { Takes = "bash|zsh|fish", AtMost = 1 },
        Command.Of<ManOptions>("man", CommandGroup.Machine, ManPage.Run),
    ];

    /// <summary>The command of a name; null where none has it.</summary>
    public static Command? Find(string name) => Array.Find(All, command => command.Name == name);
}
