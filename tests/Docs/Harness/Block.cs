using System.Text.RegularExpressions;

namespace ComposeGen.Tests.Docs;

/// <summary>What a page has between two fences.</summary>
/// <param name="Page">Relative to the repository.</param>
/// <param name="Line">Of the opening fence.</param>
/// <param name="Heading">What it stands below.</param>
/// <param name="Language">Behind the opening fence; may be empty.</param>
/// <param name="Text">Ends with a line end.</param>
/// <param name="Note">How it is checked; null where nothing says it.</param>
internal sealed partial record Block(string Page, int Line, string Heading, string Language, string Text, Note? Note)
{
    public string Place => $"{Page}:{Line}";

    /// <summary>Whether it shows commands to type.</summary>
    public bool IsCommands => Language is "console" or "sh" or "bash" || (Language.Length == 0 && Command().IsMatch(Text));

    /// <summary>Where the file that it shows belongs in a workspace: the note or its first line says so.</summary>
    public string? File => Note?.File ?? (FirstLine().Match(Text) is { Success: true } match ? match.Groups[1].Value : null);

    /// <summary>Whether nothing says how it is checked.</summary>
    public bool IsUnknown =>
        Note switch
        {
            null => IsCommands || File is null,
            { NotRun: not null } or { IsOnlyRead: true } => false,
            { Workspaces: [] } => true,
            { Shows: null, Says: null } => !IsCommands && File is null,
            _ => false,
        };

    public override string ToString() => $"{Place} {Heading}";

    [GeneratedRegex(@"\A(\$ |\./composegen|\./bench|composegen |git |docker )")]
    private static partial Regex Command();

    [GeneratedRegex(@"\A# ((?:projects|compose\.templates)/[\w./-]+|which-project|composegen\.yml)\n")]
    private static partial Regex FirstLine();
}
