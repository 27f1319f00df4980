using System.Collections.Immutable;

namespace ComposeGen.Diagnostics;

internal enum Severity
{
    Note,
    Warning,
    Error,
}

/// <summary>
/// Where something stands. <paramref name="File"/> is relative to the workspace, with <c>/</c>; line and column are
/// one-based, the column and <paramref name="Length"/> count UTF-16 units, as editors and compilers do.
/// </summary>
internal readonly record struct SourceSpan(string File, int Line, int Column, int Length = 1)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}

/// <summary>Another place that belongs to a problem, and what is there ("first given here").</summary>
internal sealed record RelatedPlace(SourceSpan Span, string Message);

/// <summary>One thing to tell the user. The code is stable; <c>docs/errors.md</c> has a section for each.</summary>
internal sealed record Diagnostic(string Code, Severity Severity, string Message, SourceSpan? Span = null, string? Hint = null)
{
    public ImmutableArray<RelatedPlace> Related { get; init; } = [];

    /// <summary>Whether another error at the same place says it better, and this one is left out where there is one.</summary>
    public bool IsGeneral { get; init; }

    /// <summary>Whether it is the machine's doing (disk, permission), and not something that stands in a file.</summary>
    public bool IsMachines { get; init; }

    public Diagnostic With(SourceSpan place, string message) => this with { Related = Related.Add(new RelatedPlace(place, message)) };
}
