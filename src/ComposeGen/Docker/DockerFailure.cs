using ComposeGen.Diagnostics;

namespace ComposeGen.Docker;

/// <summary>Docker did not answer as it has to: it hung, crashed, is gone, or printed something else.</summary>
#pragma warning disable CA1032 // Without a diagnostic there is nothing to tell.
internal sealed class DockerFailure(Diagnostic diagnostic) : Exception(diagnostic.Message)
#pragma warning restore CA1032
{
    public Diagnostic Diagnostic => diagnostic;

    /// <summary>It was there when something was asked before.</summary>
    public static DockerFailure Vanished(string command) => new(Errors.DockerVanished($"docker {command}"));

    /// <summary>Whether docker itself is well, and the engine did not do what it was asked for.</summary>
    public bool IsEngines { get; init; }
}
