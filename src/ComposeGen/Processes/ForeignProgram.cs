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
        using var signals = new SignalRelay(IsHangUpIgnored);
        using var process = Start(program, arguments, workingDirectory, isCaptured: false, isAside, variable is { } given ? [given] : []);
        signals.Started(process);
        if (isAside && process is not null)
        {
            using var error = Console.OpenStandardError();
            process.StandardOutput.BaseStream.CopyTo(error);
        }

        process?.WaitForExit();
        signals.Ended();
        return process?.ExitCode;
    }

    /// <summary>
    /// Keeps signals from ending this process until it is disposed of, so that what it has started can be taken back. Who was
    /// running when one came has heard of it.
    /// </summary>
    public static HeldSignals HoldSignals() => new();

    /// <summary>The time in which signals are kept.</summary>
    internal sealed class HeldSignals : IDisposable
    {
        private readonly CancellationTokenSource _came = new();
        private readonly PosixSignalRegistration[] _registrations;

        public HeldSignals() =>
            _registrations = [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP }
                .Where(signal => signal != PosixSignal.SIGHUP || !IsHangUpIgnored)
                .Select(signal => PosixSignalRegistration.Create(signal, Hold)),
        ];

        /// <summary>Cancelled once one has come.</summary>
        public CancellationToken Came => _came.Token;

        public void Dispose()
        {
            foreach (var registration in _registrations)
            {
                registration.Dispose();
            }

            _came.Dispose();
        }

        private void Hold(PosixSignalContext context)
        {
            context.Cancel = true;
            try
            {
                _came.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It came while the time ended, and nobody is left to hear of it.
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

    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SetHandler(int signal, nint handler);
}
