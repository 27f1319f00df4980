using System.Diagnostics;
using System.Globalization;

namespace ComposeGen.Benchmarks.Runs;

/// <summary>How long a program took from its start to its end, and what it printed.</summary>
internal sealed record Ran(double Milliseconds, string Output, string Error);

/// <summary>Runs whole programs as a user does, and measures them from outside: start-up and all.</summary>
internal static class Child
{
    /// <summary>Runs a program that has to end with this exit code.</summary>
    public static Ran Run(string folder, string program, string[] arguments, int exitCode = 0)
    {
        var watch = Stopwatch.StartNew();
        using var process = Start(folder, program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        var taken = watch.Elapsed.TotalMilliseconds;
        var ran = new Ran(taken, output.GetAwaiter().GetResult(), error);
        Demand(exitCode, process, program, arguments, ran.Output + ran.Error);
        return ran;
    }

    /// <summary>How long a program takes from its start to its end, in milliseconds.</summary>
    public static double Time(string folder, string program, params string[] arguments) => Run(folder, program, arguments).Milliseconds;

    /// <summary>
    /// The most memory that it has at any time, in MiB; null where the system does not tell. It is looked at so often that this
    /// would disturb a measurement of time.
    /// </summary>
    public static double? Peak(int exitCode, string folder, string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        using var process = Start(folder, program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        double? peak = null;
        while (!process.HasExited)
        {
            peak = HighWater(process.Id) ?? peak;
            Thread.Sleep(1);
        }

        process.WaitForExit();
        Demand(exitCode, process, program, arguments, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
        return peak;
    }

    private static Process Start(string folder, string program, string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    private static void Demand(int exitCode, Process process, string program, string[] arguments, string printed)
    {
        if (process.ExitCode != exitCode)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{printed}");
        }
    }

    // proc(5): the peak of what is resident, in kB. A process that has just ended has none any more.
    private static double? HighWater(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line.Split(':')[1].Replace("kB", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
