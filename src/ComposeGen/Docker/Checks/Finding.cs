using System.Collections.Immutable;

namespace ComposeGen.Docker.Checks;

/// <summary>How a thing is that <c>up</c> depends on.</summary>
internal enum CheckState
{
    Ok,

    /// <summary>`up` works, but something will not be as somebody expects.</summary>
    Warning,

    /// <summary>`up` will fail.</summary>
    Problem,

    /// <summary>It is of no interest on this machine, or in this workspace.</summary>
    NotApplicable,

    /// <summary>What would have to be asked does not answer.</summary>
    Unknown,
}

/// <summary>What a check found.</summary>
/// <param name="Id">The check's name, which stays what it is.</param>
/// <param name="State">How it is.</param>
/// <param name="Said">That in words.</param>
internal sealed record Finding(string Id, CheckState State, string Said)
{
    /// <summary>What to do, a command where there is one; null where there is nothing to do, and where a repair says it.</summary>
    public string? Mend { get; init; }

    /// <summary>What can be tried without a person's judgement, the best first.</summary>
    public ImmutableArray<Repair> Repairs { get; init; } = [];

    public static Finding Ok(string id, string said) => new(id, CheckState.Ok, said);

    public static Finding Warning(string id, string said, string? mend) => new(id, CheckState.Warning, said) { Mend = mend };

    public static Finding Problem(string id, string said, string? mend, params Repair?[] repairs) =>
        new(id, CheckState.Problem, said) { Mend = mend, Repairs = [.. repairs.OfType<Repair>()] };

    public static Finding NotApplicable(string id, string why) => new(id, CheckState.NotApplicable, why);

    public static Finding Unknown(string id, string why) => new(id, CheckState.Unknown, why);
}
