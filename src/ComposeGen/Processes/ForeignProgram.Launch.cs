namespace ComposeGen.Processes;

internal static partial class ForeignProgram
{
    /// <summary>
    /// Starts a program that shows itself elsewhere than on this terminal, which it neither reads nor writes, and leaves it
    /// running.
    /// </summary>
    /// <param name="program">Looked for on the PATH, or a path.</param>
    /// <param name="arguments">One by one.</param>
    /// <param name="patience">How long it is looked at whether it ends at once.</param>
    /// <returns>Its exit code, 0 where it goes on; null where there is no such program.</returns>
    public static async Task<int?> Launch(string program, IEnumerable<string> arguments, TimeSpan patience)
    {
        if (OnPath(program) is not { } file)
        {
            return null;
        }

        // The shell becomes the program.
        using var process = Start("sh", ["-c", "exec \"$0\" \"$@\" </dev/null >/dev/null 2>&1", file, .. arguments], null, isCaptured: false);
        if (process is null)
        {
            return null;
        }

        using var timer = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(timer.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }
}
