using System.Globalization;
using System.Text.Json;
using ComposeGen.Diagnostics;
using ComposeGen.Processes;

namespace ComposeGen.Docker;

/// <summary>Asks the program <c>docker</c>. Whatever goes wrong with it is a <see cref="DockerFailure"/> that says what.</summary>
internal static class DockerClient
{
    /// <summary>How many seconds docker may take for an answer.</summary>
    public const string TimeoutVariable = "COMPOSEGEN_DOCKER_TIMEOUT";

    // What ends a program by a signal is told as 128 and the signal's number.
    private const int Signal = 128;
    private const int LastSignal = Signal + 64;

    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(30);

    /// <summary>How long an answer may take. A variable that is no number of seconds is a <see cref="DiagnosticException"/>.</summary>
    public static TimeSpan Patience
    {
        get
        {
            var text = Environment.GetEnvironmentVariable(TimeoutVariable);
            if (string.IsNullOrEmpty(text))
            {
                return UsualPatience;
            }

            return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                && seconds > 0
                && seconds <= TimeSpan.FromDays(1).TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : throw new DiagnosticException(Errors.BadTimeout(TimeoutVariable, text));
        }
    }

    /// <summary>What docker answers, with whichever exit code; null where there is no such program.</summary>
    /// <param name="arguments">One by one.</param>
    /// <param name="atMost">Where less than <see cref="Patience"/> is to be waited.</param>
    /// <param name="isUnwanted">Ends the asking.</param>
    public static async Task<CommandResult?> TryAsk(string[] arguments, TimeSpan? atMost = null, CancellationToken isUnwanted = default)
    {
        var patience = AtMost(atMost);
        CommandResult? answer;
        try
        {
            answer = await ForeignProgram.Capture("docker", arguments, patience, isUnwanted);
        }
        catch (TimeoutException)
        {
            throw Hangs(arguments, patience);
        }

        return answer is { ExitCode: > Signal and <= LastSignal }
            ? throw new DockerFailure(Errors.DockerCrashed(Command(arguments), answer.ExitCode - Signal, LastLine(answer.Error)))
            : answer;
    }

    /// <summary>The same, where docker was there a moment ago.</summary>
    public static async Task<CommandResult> Ask(string[] arguments, TimeSpan? atMost = null, CancellationToken isUnwanted = default) =>
        await TryAsk(arguments, atMost, isUnwanted) ?? throw new DockerFailure(Errors.DockerVanished(Command(arguments)));

    /// <summary>The lines that docker prints; one that says it cannot is a failure.</summary>
    public static async Task<string[]> Lines(string[] arguments, TimeSpan? atMost = null, CancellationToken isUnwanted = default)
    {
        var answer = await Ask(arguments, atMost, isUnwanted);
        return answer.ExitCode == 0 ? Lines(answer) : throw Refused(answer);
    }

    public static string[] Lines(CommandResult answer) => answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The lesser one of <see cref="Patience"/> and this.</summary>
    public static TimeSpan AtMost(TimeSpan? limit) => limit is { } given && given < Patience ? given : Patience;

    /// <summary>No answer came in time.</summary>
    public static DockerFailure Hangs(string[] arguments, TimeSpan patience) =>
        new(Errors.DockerHangs(Command(arguments), patience.TotalSeconds, TimeoutVariable));

    /// <summary>The engine did not do what docker was asked for.</summary>
    public static DockerFailure Refused(CommandResult answer) =>
        new(
            answer.Error.Contains("permission denied", StringComparison.OrdinalIgnoreCase)
                ? Errors.NoAccess(LastLine(answer.Error), InstallAdvice.Access())
                : Errors.NoEngine(LastLine(answer.Error), InstallAdvice.Engine())
        )
        {
            IsEngines = true,
        };

    /// <summary>Reads JSON that docker printed. What is no JSON, or another, is a failure.</summary>
    public static T Read<T>(string[] arguments, string text, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new DockerFailure(Errors.DockerGarbage(Command(arguments), text));
        }
    }

    public static string LastLine(string text) => text.TrimEnd().Split('\n')[^1].Trim();

    // Enough to try it by hand: what follows may be hundreds of names.
    private static string Command(string[] arguments)
    {
        var own = arguments is ["--context", ..] ? arguments[..2] : [];
        return $"docker {string.Join(' ', [.. own, .. arguments.Skip(own.Length).TakeWhile(word => word[0] != '-')])}";
    }
}
