using System.Diagnostics;

namespace ComposeGen.Tests.Support;

/// <summary>How a program ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\n--- standard output\n{Output}\n--- standard error\n{Error}";
}

/// <summary>Starts programs as a user does.</summary>
internal static class Run
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <summary>The published tool, in a folder.</summary>
    public static Outcome Tool(string folder, params string[] arguments) => Program(Repository.Script, folder, arguments);

    public static Outcome Program(string program, string folder, params string[] arguments) => Program(program, folder, [], arguments);

    /// <param name="program">A path, or a name to look for on the PATH.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Variables to set; a null value removes one.</param>
    /// <param name="arguments">One by one.</param>
    public static Outcome Program(string program, string folder, Dictionary<string, string?> environment, params string[] arguments)
    {
        using var process = Start(program, folder, environment, arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Patience}");
        }

        return new Outcome(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Starts a program and leaves it running; its streams are the caller's.</summary>
    public static Process Start(string program, string folder, Dictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
