using System.Collections.Immutable;

namespace ComposeGen.Manifests;

/// <summary>
/// One form of a value, in the words of JSON Schema. What these words cannot say (that a range does not run backwards, that a
/// folder is there) is the reader's alone to find.
/// </summary>
internal sealed record ValueForm(string Type)
{
    /// <summary>A regular expression that a text of this form matches.</summary>
    public string? Pattern { get; init; }

    /// <summary>The least number of this form.</summary>
    public int? Least { get; init; }

    /// <summary>What all numbers of this form are below.</summary>
    public int? Below { get; init; }
}

/// <summary>
/// One key of <c>composegen.yml</c>; <paramref name="Section"/> is the mapping that it stands in, null for the file itself.
/// <paramref name="Default"/> is null where what holds without it is no fixed value.
/// </summary>
internal sealed record Setting(string? Section, string Key, string Description, string? Default, ImmutableArray<ValueForm> Forms)
{
    /// <summary>Whether the value is a list, each item of which has one of the forms.</summary>
    public bool IsList { get; init; }

    /// <summary>Values that may stand there; of a list, its items.</summary>
    public required ImmutableArray<string> Examples { get; init; }

    /// <summary>As people write of it: <c>ports.range</c>.</summary>
    public string Path => Section is null ? Key : $"{Section}.{Key}";
}
