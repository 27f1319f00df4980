using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ComposeGen.Processes;

/// <summary>
/// Keeps signals from ending this process while a program runs on its terminal, and passes on those that the program would not
/// hear of otherwise.
/// </summary>
internal sealed partial class SignalRelay : IDisposable
{
    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    // After its first signal docker has no handler until it has set up the next, and whoever signals a whole group (`timeout`,
    // a runner) has reached it already: one more at once would end it, with its plugin still at work, and one while it tells
    // containers to stop has some killed on a busy machine. Most have stopped after this time; a third makes docker leave, so that
    // all of this time are one.
    private static readonly TimeSpan Unready = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _ended = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int? _program;
    private int _isWaiting;

    /// <param name="isHangUpIgnored">Whether this process, and so the program, was told to ignore that the terminal goes away.</param>
    public SignalRelay(bool isHangUpIgnored) =>
        // A terminal sends Ctrl+C to the program too, and it counts them: passing it on would make two of one. Elsewhere
        // (`kill`, a CI runner) only this process may get it, and `docker` tells its plugin, a child of its own, which must not
        // hear of it twice either. On a terminal `docker` keeps TERM to itself, though TERM never comes from there.
        _registrations =
        [
            .. new (PosixSignal Signal, Action PassOn)[]
            {
                (PosixSignal.SIGINT, () => PassOn(IsOnTerminal() ? null : Interrupt)),
                (PosixSignal.SIGTERM, () => PassOn(Terminate, toAll: IsOnTerminal())),
                // A terminal that goes away tells only the first process on it, which may be this one.
                (PosixSignal.SIGHUP, () => PassOn(HangUp, toAll: true)),
                (PosixSignal.SIGQUIT, () => PassOn(null)),
            }
                .Where(pair => pair.Signal != PosixSignal.SIGHUP || !isHangUpIgnored)
                .Select(pair => PosixSignalRegistration.Create(pair.Signal, context => Handle(context, pair.PassOn))),
        ];

    /// <summary>The program has started; null where there is none.</summary>
    public void Started(Process? process) => _program = process?.Id;

    /// <summary>The program has ended: there is nobody left to tell.</summary>
    public void Ended() => _ended.TrySetResult();

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private static void Handle(PosixSignalContext context, Action passOn)
    {
        context.Cancel = true;
        passOn();
    }

    // A handler must not throw: it runs while the program is being stopped, maybe on a terminal that is gone.
    private void PassOn(int? signal, bool toAll = false)
    {
        if (_program is not { } program || signal is not { } number || OperatingSystem.IsWindows())
        {
            return;
        }

        if (!toAll && !IsDue())
        {
            return;
        }

        foreach (var id in toAll ? Tree(program) : [program])
        {
            // Whoever has ended meanwhile needs no signal.
            _ = Kill(id, number);
        }
    }

    // False where another one is about to be passed on, or nobody is left.
    private bool IsDue()
    {
        if (Interlocked.Exchange(ref _isWaiting, 1) == 1)
        {
            return false;
        }

        var isOver = _ended.Task.Wait(Unready);
        Volatile.Write(ref _isWaiting, 0);
        return !isOver;
    }

    private static bool IsOnTerminal() => !Console.IsInputRedirected || !Console.IsOutputRedirected || !Console.IsErrorRedirected;

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
}
