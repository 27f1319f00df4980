namespace ComposeGen.Cli;

/// <summary>What a run ends with; otherwise <c>docker compose</c>'s own code is passed on.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>What the user gave is wrong, <c>--check</c> found a difference, or <c>--keep-going</c> left something out.</summary>
    public const int Wrong = 1;

    public const int Unexpected = 2;

    /// <summary>Docker is missing or does not answer.</summary>
    public const int NoDocker = 3;
}
