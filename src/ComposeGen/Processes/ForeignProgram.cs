using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ComposeGen.Processes;

/// <summary>What a foreign program answered.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error);

/// <summary>The one place where processes are started.</summary>
internal static partial class ForeignProgram
{
    // Asked once, before anything of .NET's stands in the way. `nohup` wants it ignored, by docker too, which takes over
    // what is ignored here but nothing that is handled.
    private static readonly bool IsHangUpIgnored = AskWhetherHangUpIsIgnored();

    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    /// <summary>Runs a program and takes what it prints; null where there is no such program.</summary>
    /// <param name="program">Looked for on the PATH.</param>
    /// <param name="arguments">One by one: never a line for a shell to split.</param>
    /// <param name="patience">How long it may take; then it is killed and an <see cref="TimeoutException"/> is thrown.</param>
    /// <param name="variables">Environment variables that it is given.</param>
    public static Task<CommandResult?> Capture(
        string program,
        IEnumerable<string> arguments,
        TimeSpan patience,
        params (string Name, string Value)[] variables
    ) => Capture(program, arguments, patience, CancellationToken.None, variables);

    /// <summary>The same of one that is killed, with an <see cref="OperationCanceledException"/>, where its answer is not wanted any more.</summary>
    public static async Task<CommandResult?> Capture(
        string program,
        IEnumerable<string> arguments,
        TimeSpan patience,
        CancellationToken isUnwanted,
        params (string Name, string Value)[] variables
    )
    {
        using var process = Start(program, arguments, null, isCaptured: true, variables: variables);
        if (process is null)
        {
            return null;
        }

        process.StandardInput.Close();
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(isUnwanted);
        timer.CancelAfter(patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timer.Token);
            var error = process.StandardError.ReadToEndAsync(timer.Token);
            await process.WaitForExitAsync(timer.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            isUnwanted.ThrowIfCancellationRequested();
            throw new TimeoutException($"`{program} {string.Join(' ', arguments)}` did not end within {patience.TotalSeconds:0} seconds");
        }
    }

    /// <summary>
    /// Runs a program on this terminal and returns its exit code; null where there is no such program. Signals are the
    /// program's: this process outlives it, so that nothing is left without its owner.
    /// </summary>
    /// <param name="program">Looked for on the PATH.</param>
    /// <param name="arguments">One by one.</param>
    /// <param name="workingDirectory">Where it runs.</param>
    /// <param name="variable">An environment variable that it is given.</param>
    /// <param name="isAside">Whether what it prints is no result: it then goes to standard error, unless a person sees both.</param>
    public static int? PassThrough(
        string program,
        IEnumerable<string> arguments,
        string workingDirectory,
        bool isAside = false,
        (string Name, string Value)? variable = null
    )
    {
        isAside = isAside && Console.IsOutputRedirected;
        Process? process = null;
        // A terminal sends Ctrl+C to the program too, and it counts them: passing it on would make two of one. Elsewhere
        // (`kill`, a CI runner) only this process gets it, and `docker` tells its plugin, a child of its own, which must not
        // hear of it twice either. On a terminal `docker` keeps TERM to itself, though TERM never comes from there.
        using var interrupt = PosixSignalRegistration.Create(
            PosixSignal.SIGINT,
            context => Handle(context, process, IsOnTerminal() ? null : Interrupt)
        );
        using var terminate = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            context => Handle(context, process, Terminate, toAll: IsOnTerminal())
        );
        // A terminal that goes away tells only the first process on it, which may be this one.
        using var hangUp = IsHangUpIgnored
            ? null
            : PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Handle(context, process, HangUp, toAll: true));
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => Handle(context, process, null));
        process = Start(program, arguments, workingDirectory, isCaptured: false, isAside, variable is { } given ? [given] : []);
        using (process)
        {
            if (isAside && process is not null)
            {
                using var error = Console.OpenStandardError();
                process.StandardOutput.BaseStream.CopyTo(error);
            }

            process?.WaitForExit();
            return process?.ExitCode;
        }
    }

    /// <summary>
    /// Keeps signals from ending this process until it is disposed of, so that what it has started can be taken back. Who was
    /// running when one came has heard of it.
    /// </summary>
    public static IDisposable HoldSignals() => new HeldSignals();

    private sealed class HeldSignals : IDisposable
    {
        private readonly PosixSignalRegistration[] _registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP }
                .Where(signal => signal != PosixSignal.SIGHUP || !IsHangUpIgnored)
                .Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true)),
        ];

        public void Dispose()
        {
            foreach (var registration in _registrations)
            {
                registration.Dispose();
            }
        }
    }

    private static Process? Start(
        string program,
        IEnumerable<string> arguments,
        string? workingDirectory,
        bool isCaptured,
        bool isOutputCaptured = false,
        params (string Name, string Value)[] variables
    )
    {
        if (OnPath(program) is not { } file)
        {
            return null;
        }

        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = workingDirectory ?? string.Empty,
            RedirectStandardInput = isCaptured,
            RedirectStandardOutput = isCaptured || isOutputCaptured,
            RedirectStandardError = isCaptured,
        };
        // As a shell's `cd` would: `${PWD}` in the generated file means the folder that docker compose is started in.
        if (workingDirectory is not null)
        {
            start.Environment["PWD"] = workingDirectory;
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception e) when (e.NativeErrorCode is 2 or 13)
        {
            // It has just gone, or may not be run.
            return null;
        }
    }

    // Given a bare name, .NET looks in the current folder before the PATH: a file `docker` in someone's workspace is not docker.
    public static string? OnPath(string program)
    {
        var name = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string file) =>
        File.Exists(file)
        && (
            OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0
        );

    // A handler must not throw: it runs while the program is being stopped, maybe on a terminal that is gone.
    private static void Handle(PosixSignalContext context, Process? process, int? signal, bool toAll = false)
    {
        context.Cancel = true;
        if (process is null || signal is not { } number || OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var id in toAll ? Tree(process.Id) : [process.Id])
        {
            // Whoever has ended meanwhile needs no signal.
            _ = Kill(id, number);
        }
    }

    private static bool IsOnTerminal() => !Console.IsInputRedirected || !Console.IsOutputRedirected || !Console.IsErrorRedirected;

    private static bool AskWhetherHangUpIsIgnored()
    {
        const nint Ignore = 1;
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var before = SetHandler(HangUp, Ignore);
        SetHandler(HangUp, before);
        return before == Ignore;
    }

    /// <summary>The process and, where the system tells, its children (docker's plugins).</summary>
    private static IEnumerable<int> Tree(int id)
    {
        var children = new List<int>();
        try
        {
            foreach (var task in Directory.Exists($"/proc/{id}/task") ? Directory.GetDirectories($"/proc/{id}/task") : [])
            {
                children.AddRange(File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse));
            }
        }
        catch (IOException)
        {
            // The process has just ended, and its children with it.
        }

        return children.SelectMany(Tree).Prepend(id);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SetHandler(int signal, nint handler);
}
