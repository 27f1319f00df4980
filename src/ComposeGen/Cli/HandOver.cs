using ComposeGen.Diagnostics;
using ComposeGen.Docker;

namespace ComposeGen.Cli;

/// <summary>The commands that <c>docker compose</c> does itself, by the names that projects have here. Nothing is generated or written.</summary>
internal static class HandOver
{
    private const string DefaultShell = "if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi";

    public static Task<int> Logs(LogsOptions options, IReadOnlyList<string> extra, Terminal terminal) =>
        Run(
            options,
            terminal,
            [
                "logs",
                .. options.Follow ? (string[])["--follow"] : [],
                .. options.Timestamps ? (string[])["--timestamps"] : [],
                .. options.Lines is { } lines ? (string[])["--tail", lines] : [],
                .. options.Since is { } since ? (string[])["--since", since] : [],
                .. extra,
            ]
        );

    public static Task<int> Ps(PsOptions options, IReadOnlyList<string> extra, Terminal terminal) =>
        Run(options, terminal, ["ps", .. options.All ? (string[])["--all"] : [], .. options.Quiet ? (string[])["--quiet"] : [], .. extra]);

    /// <param name="options">What was given before the name, and it.</param>
    /// <param name="command">What was given after it; empty for a shell.</param>
    /// <param name="terminal">Where to write.</param>
    public static async Task<int> Exec(ExecOptions options, IReadOnlyList<string> command, Terminal terminal)
    {
        if (options.Arguments.FirstOrDefault() is not { } name)
        {
            terminal.Error.WriteLine("composegen: `exec` takes the name of a project");
            terminal.Error.WriteLine("  hint: composegen status shows what runs");
            return ExitCode.Wrong;
        }

        var (live, code) = await LiveWorkspace.Look(options, terminal);
        if (live is null)
        {
            return code;
        }

        var bag = new DiagnosticBag();
        var services = live.Named([name], bag);
        if (services is [_, _, ..])
        {
            bag.Add(Errors.WhichService(name, [.. services.Select(service => service.Label)], "exec", "a command runs in one"));
        }
        else if (services is [var one] && !live.ContainersOf(one).Any(container => container.Status == "running"))
        {
            bag.Add(NotUp(live, one.Label, services));
        }

        if (terminal.Report(bag, live.Files))
        {
            return ExitCode.Of(bag);
        }

        string[] withoutTerminal = options.NoTty || Console.IsInputRedirected || Console.IsOutputRedirected ? ["--no-TTY"] : [];
        return live.Compose.HandOver([
                "exec",
                .. withoutTerminal,
                .. options.User is { } user ? (string[])["--user", user] : [],
                .. options.Folder is { } folder ? (string[])["--workdir", folder] : [],
                .. options.Variables.SelectMany(variable => (string[])["--env", variable]),
                services[0].Key,
                .. command.Count > 0 ? command : ["sh", "-c", DefaultShell],
            ])
            ?? throw DockerFailure.Vanished("compose exec");
    }

    /// <summary>Why nothing of these services can be shown or entered: how the first of them is.</summary>
    /// <param name="live">The workspace.</param>
    /// <param name="name">What they are called together; null for the whole workspace.</param>
    /// <param name="services">The services.</param>
    public static Diagnostic NotUp(LiveWorkspace live, string? name, IEnumerable<NamedService> services) =>
        Errors.NotUp(name, services.SelectMany(live.ContainersOf).FirstOrDefault()?.Words ?? string.Empty);

    private static async Task<int> Run(CommonOptions options, Terminal terminal, string[] command)
    {
        var (live, code) = await LiveWorkspace.Look(options, terminal);
        if (live is null)
        {
            return code;
        }

        var bag = new DiagnosticBag();
        string[] names = [.. options.Arguments];
        var services = names.Length == 0 ? [] : live.Named(names, bag);
        var keys = services.Where(service => live.ContainersOf(service).Any()).Select(service => service.Key).ToList();
        foreach (var name in bag.HasErrors ? [] : names)
        {
            var own = services.Where(service => service.Names.Contains(name)).ToList();
            if (!own.Exists(service => keys.Contains(service.Key)))
            {
                bag.Add(NotUp(live, name, own));
            }
        }

        return terminal.Report(bag, live.Files)
            ? ExitCode.Of(bag)
            : live.Compose.HandOver([.. command, .. keys]) ?? throw DockerFailure.Vanished($"compose {command[0]}");
    }
}
