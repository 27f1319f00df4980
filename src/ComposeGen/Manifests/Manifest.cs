using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// One line of <c>which-project</c>: a project's path below <c>projects/</c> or a glob over such paths, one of its
/// services where <see cref="Service"/> is given, and whether the line selects or leaves out.
/// </summary>
internal sealed record ManifestEntry(string Project, string? Service, bool IsExclusion, SourceSpan Span)
{
    public bool IsGlob => Project.Contains('*', StringComparison.Ordinal);

    /// <summary>The entry as the user would write it.</summary>
    public override string ToString() => $"{(IsExclusion ? "!" : string.Empty)}{Project}{(Service is null ? string.Empty : $":{Service}")}";
}

/// <summary>Which projects to run: a set, whatever the order and repetition of its lines.</summary>
internal sealed record Manifest(ImmutableArray<ManifestEntry> Entries)
{
    public const string FileName = "which-project";
}
