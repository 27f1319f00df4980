using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Tests.Docker.Verdicts;

/// <summary>What both say of one changed file.</summary>
internal sealed record Verdict(
    int Seed,
    string File,
    string Change,
    ImmutableArray<Diagnostic> Errors,
    bool IsAcceptedByCompose,
    string ComposeSaid
)
{
    public bool IsAccepted => Errors.IsEmpty;

    public override string ToString() =>
        $"{Seed} {File}: {Change}\n  ComposeGen: {(IsAccepted ? "accepted" : string.Join("; ", Errors.Select(error => $"{error.Code} {error.Message}")))}\n  Compose: {(IsAcceptedByCompose ? "accepted" : ComposeSaid)}\n";
}
