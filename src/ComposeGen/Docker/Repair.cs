using System.Collections.Immutable;

namespace ComposeGen.Docker;

/// <summary>One command of a repair.</summary>
/// <param name="Words">The program and its arguments.</param>
/// <param name="IsRoots">Whether it takes root.</param>
internal sealed record RepairCommand(ImmutableArray<string> Words, bool IsRoots)
{
    /// <summary>As a person types it.</summary>
    public string Line(bool isRoot) => $"{(IsRoots && !isRoot ? "sudo " : string.Empty)}{string.Join(' ', Words.Select(Quoted))}";

    // What a shell takes as it stands needs no quotes.
    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '=' or '+' or '@' or ',')
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>Commands that mend something, and can do no harm: what they add can be taken away again.</summary>
/// <param name="Id">One repair is tried once.</param>
/// <param name="Does">What it does, as <c>install Docker</c>.</param>
/// <param name="Commands">One after the other, as long as they succeed.</param>
internal sealed record Repair(string Id, string Does, ImmutableArray<RepairCommand> Commands)
{
    /// <summary>What somebody has to know who agrees to it; null where it goes without saying.</summary>
    public string? Means { get; init; }

    /// <summary>Whether an engine answers only a while after it.</summary>
    public bool IsStart { get; init; }

    /// <summary>What is to be said where it succeeded and mended nothing yet.</summary>
    public string? Afterwards { get; init; }

    /// <summary>In one line, to be typed.</summary>
    public string Line(bool isRoot) => string.Join(" && ", Commands.Select(command => command.Line(isRoot)));

    public static RepairCommand AsRoot(params string[] words) => new([.. words], true);

    public static RepairCommand AsUser(params string[] words) => new([.. words], false);
}
