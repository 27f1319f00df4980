namespace ComposeGen.Tests.Docker.Verdicts;

/// <summary>Where the two differ on purpose, and why.</summary>
internal static class ExplainedDifferences
{
    private static readonly (string Reason, Func<Verdict, bool> Holds)[] All =
    [
        // What git ignores is not there in CI, and nothing that is generated depends on it.
        ("a file of variables or labels may be this machine's alone", v => v.IsAccepted && Said(v, "env file ", "label file ") && Said(v, "not found")),
        // `docker compose up` stops with `no service selected`.
        ("a project without a service runs nothing", v => Has(v, "CG0306")),
        // Compose reads it on Windows alone, and then finds no such config.
        ("a credential specification names a config that is not declared", v => Has(v, "CG0408") && v.Change.Contains("credential_spec", StringComparison.Ordinal)),
        // Compose looks for two good characters anywhere in it; Docker refuses the container.
        ("a container's name has characters that Docker takes in none", v => Has(v, "CG0371") && v.Change.Contains(".container_name", StringComparison.Ordinal)),
        // Here it may be another project's, which is there or not.
        ("an optional dependency may be absent", v => v.IsAccepted && Said(v, "depends on undefined service")),
        // A mistake is one in whichever file it stands; Compose reads sizes and durations when all is merged.
        ("a service that an override file takes away is checked all the same", v => Has(v, "CG0371") && v.Change.Contains("services.gone.", StringComparison.Ordinal)),
        // Alone Compose refuses it, too.
        ("a text stands where a mapping belongs, and is merged with one", v => Has(v, "CG0334") && v.Change.EndsWith('"')),
    ];

    /// <summary>Null where nothing explains the difference.</summary>
    public static string? Reason(Verdict verdict) => All.FirstOrDefault(known => known.Holds(verdict)).Reason;

    private static bool Said(Verdict verdict, params string[] texts) => texts.Any(text => verdict.ComposeSaid.Contains(text, StringComparison.Ordinal));

    private static bool Has(Verdict verdict, string code) => verdict.IsAcceptedByCompose && verdict.Errors.All(error => error.Code == code);
}
