using ComposeGen.Diagnostics;

namespace ComposeGen.Cli;

/// <summary>What a run ends with; otherwise <c>docker compose</c>'s own code is passed on.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>What the user gave is wrong, <c>--check</c> found a difference, or <c>--keep-going</c> left something out.</summary>
    public const int Wrong = 1;

    /// <summary>The machine does not let it, or a defect of this program.</summary>
    public const int Unexpected = 2;

    /// <summary>Docker is missing, too old, or does not answer.</summary>
    public const int NoDocker = 3;

    /// <summary>Ctrl+C, as a shell and docker compose tell it.</summary>
    public const int Interrupted = 130;

    /// <summary>What a run ends with that these stopped: a warning, too, where somebody made an error of it.</summary>
    public static int Of(DiagnosticBag bag) => bag.HasMachinesErrorsOnly ? Unexpected : Wrong;
}
