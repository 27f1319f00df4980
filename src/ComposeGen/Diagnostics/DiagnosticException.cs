namespace ComposeGen.Diagnostics;

/// <summary>
/// The machine does not let a stage go on, and there is nothing else to be found meanwhile: the disk, a permission, a folder
/// in a file's place. What a user wrote never throws.
/// </summary>
#pragma warning disable CA1032 // Without a diagnostic there is nothing to throw.
internal sealed class DiagnosticException(Diagnostic diagnostic) : IOException(diagnostic.Message)
#pragma warning restore CA1032
{
    public Diagnostic Diagnostic => diagnostic;
}
