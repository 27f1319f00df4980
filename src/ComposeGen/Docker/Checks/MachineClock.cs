using System.Globalization;
using ComposeGen.Processes;
using static ComposeGen.Docker.Checks.Finding;

namespace ComposeGen.Docker.Checks;

/// <summary>Whether this machine's clock agrees with the engine's, which a virtual machine has of its own, and with the world's.</summary>
internal static class MachineClock
{
    // Asking takes a moment, and a header tells whole seconds.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    /// <param name="engine">What it says of itself.</param>
    /// <param name="registry">The host of a registry, which is asked for the time.</param>
    /// <param name="atMost">How long that may take.</param>
    public static async Task<Finding> Check(EngineInfo engine, string registry, TimeSpan atMost)
    {
        if (!DateTimeOffset.TryParse(engine.SystemTime, CultureInfo.InvariantCulture, out var engines))
        {
            return Unknown(CheckNames.Clock, "the engine does not tell the time");
        }

        if ((engines - DateTimeOffset.UtcNow).Duration() > Tolerance)
        {
            return Warning(
                CheckNames.Clock,
                $"the engine's clock is {Words(engines - DateTimeOffset.UtcNow)} this machine's",
                engine.IsHere ? "set the clock: sudo timedatectl set-ntp true" : "restart the engine's virtual machine (Docker Desktop, `colima restart`): it then takes this machine's time"
            );
        }

        return await WorldTime(registry, atMost) is { } world && (DateTimeOffset.UtcNow - world).Duration() > Tolerance
            ? Warning(CheckNames.Clock, $"this machine's clock is {Words(DateTimeOffset.UtcNow - world)} that of {registry}", "set the clock: sudo timedatectl set-ntp true")
            : Ok(CheckNames.Clock, "this machine and the engine agree");
    }

    private static string Words(TimeSpan off)
    {
        var size = off.Duration();
        var much = string.Create(
            CultureInfo.InvariantCulture,
            $"{(size.TotalDays >= 2 ? $"{size.TotalDays:0} days"
            : size.TotalHours >= 2 ? $"{size.TotalHours:0} hours"
            : size.TotalMinutes >= 2 ? $"{size.TotalMinutes:0} minutes"
            : $"{size.TotalSeconds:0} seconds")}"
        );
        return $"{much} {(off > TimeSpan.Zero ? "ahead of" : "behind")}";
    }

    // By a program, since this one must run where no library for TLS is installed. Null where it is not there, or nobody answers.
    private static async Task<DateTimeOffset?> WorldTime(string host, TimeSpan atMost)
    {
        const string Header = "date:";
        try
        {
            var answer = await ForeignProgram.Capture("curl", ["--silent", "--head", $"https://{host}/v2/"], atMost);
            var line = answer?.Output.Split('\n').FirstOrDefault(line => line.StartsWith(Header, StringComparison.OrdinalIgnoreCase));
            return line is not null && DateTimeOffset.TryParse(line[Header.Length..].Trim(), CultureInfo.InvariantCulture, out var time) ? time : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
