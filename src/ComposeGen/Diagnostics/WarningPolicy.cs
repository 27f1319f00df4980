using System.Collections.Immutable;

namespace ComposeGen.Diagnostics;

/// <summary>What is made of messages that stop nothing by themselves: some are not shown, some stop after all.</summary>
/// <param name="Ignored">Codes whose warnings and notes are not shown.</param>
/// <param name="Errors">Codes whose warnings and notes are errors.</param>
internal sealed record WarningPolicy(ImmutableHashSet<string> Ignored, ImmutableHashSet<string> Errors)
{
    public static WarningPolicy None { get; } = new([], []);

    /// <summary>Every warning is an error, unless its code is ignored.</summary>
    public bool IsStrict { get; init; }

    /// <summary>The message as it is to be shown; null where it is not.</summary>
    public Diagnostic? Apply(Diagnostic diagnostic) =>
        diagnostic.Severity == Severity.Error ? diagnostic
        : Ignored.Contains(diagnostic.Code) ? null
        : Errors.Contains(diagnostic.Code) || (IsStrict && diagnostic.Severity == Severity.Warning)
            ? diagnostic with { Severity = Severity.Error }
        : diagnostic;
}
