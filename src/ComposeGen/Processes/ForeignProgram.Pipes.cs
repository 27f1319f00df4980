namespace ComposeGen.Processes;

internal static partial class ForeignProgram
{
    /// <summary>
    /// Runs a program whose standard input or output is too long to be held in memory; null where there is no such program.
    /// It may take as long as it needs.
    /// </summary>
    /// <param name="program">Looked for on the PATH.</param>
    /// <param name="arguments">One by one.</param>
    /// <param name="read">Takes what it prints; null where that is taken as a text.</param>
    /// <param name="write">Gives it what it reads; null where that is nothing.</param>
    /// <param name="isUnwanted">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    public static async Task<CommandResult?> Pipe(
        string program,
        IEnumerable<string> arguments,
        Func<Stream, Task>? read,
        Func<Stream, Task>? write,
        CancellationToken isUnwanted
    )
    {
        using var process = Start(program, arguments, null, isCaptured: true);
        if (process is null)
        {
            return null;
        }

        try
        {
            var error = process.StandardError.ReadToEndAsync(isUnwanted);
            var text = string.Empty;
            var reading = read is null ? ReadText() : read(process.StandardOutput.BaseStream);
            await Give(process.StandardInput, write);
            await reading;
            await process.WaitForExitAsync(isUnwanted);
            isUnwanted.ThrowIfCancellationRequested();
            return new CommandResult(process.ExitCode, text, await error);

            async Task ReadText() => text = await process.StandardOutput.ReadToEndAsync(isUnwanted);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    // EPIPE, as .NET tells it.
    private const int BrokenPipe = 32;

    private static async Task Give(StreamWriter input, Func<Stream, Task>? write)
    {
        try
        {
            if (write is not null)
            {
                await write(input.BaseStream);
            }

            input.Close();
        }
        catch (IOException e) when (e.HResult == BrokenPipe)
        {
            // It ended before it had taken everything: its exit code, and what it printed, say why.
        }
    }
}
