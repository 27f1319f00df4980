namespace ComposeGen.Diagnostics;

/// <summary>
/// Every code and text, in one place. A code says one kind of thing for ever: CG01 manifest, CG02 text and YAML, CG03
/// descriptors, CG04 names and references, CG05 ports and their lock, CG06 templates, CG07 output, CG08 Docker, CG09 other
/// machines, CG10 new workspaces and projects.
/// <c>docs/errors.md</c> has a section for each.
/// </summary>
internal static partial class Errors
{
    private static Diagnostic Error(string code, SourceSpan? span, string message, string? hint) =>
        new(code, Severity.Error, message, span, hint);

    private static Diagnostic Warning(string code, SourceSpan? span, string message, string? hint) =>
        new(code, Severity.Warning, message, span, hint);

    // The machine's doing: no file says something wrong.
    private static Diagnostic MachineError(string code, string message, string? hint) => Error(code, null, message, hint) with { IsMachines = true };

    private static Diagnostic Note(string code, SourceSpan? span, string message) => new(code, Severity.Note, message, span);
}
