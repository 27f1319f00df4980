using ComposeGen.Diagnostics;

namespace ComposeGen.Docker;

/// <summary>Docker did not answer as it has to: it hung, crashed, is gone, or printed something else.</summary>
#pragma warning disable CA1032 // Without a diagnostic there is nothing to tell.
internal sealed class DockerFailure(Diagnostic diagnostic) : Exception(diagnostic.Message)
#pragma warning restore CA1032
{
    public Diagnostic Diagnostic => diagnostic;
}
