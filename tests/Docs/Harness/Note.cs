namespace ComposeGen.Tests.Docs;

/// <summary>
/// The comment before a block, invisible where the page is shown, that says how the block is checked. A key a line:
/// <code>
/// &lt;!-- in: sample                     a workspace made of tests/Docs/Workspaces/sample, or of several: blog+wiki
///      in: nothing                    an empty folder: then ports are on 127.0.0.1 itself
///      in: same                       goes on where the page's last block ended; `in: wiki+same` puts more files there first
///      before: git add -A             a command to run first, unseen; there may be several
///      file: projects/a/project.yml   the block is written there, and `composegen validate` has to find no error
///      shows: docker-compose.yml      the block is a part of this file ("./" is where the last command ended)
///      says: composegen validate      the block is a part of what this command prints
///      until: listening on port 8000  the last command is stopped by Ctrl+C once it has printed this, which the page need not show
///      read                           the block is YAML that is read, and no more
///      not run: why                   and then the block is counted, see <see cref="Pages.NotRun"/> --&gt;
/// </code>
/// Behind `in: …,` may stand `engine` (it takes a Docker engine), `exits 1` (of the last command, where it prints no error),
/// `busy 8080` (somebody else has this port) and `as NAME` (what the workspace's folder is called; `team` otherwise).
/// </summary>
internal sealed record Note
{
    private static readonly string[] Keys = ["in", "before", "file", "shows", "says", "until", "read", "not run"];

    public IReadOnlyList<string> Workspaces { get; private init; } = [];

    public IReadOnlyList<string> Before { get; private init; } = [];

    public string? File { get; private init; }

    public string? Shows { get; private init; }

    public string? Says { get; private init; }

    public bool IsOnlyRead { get; private init; }

    public string? NotRun { get; private init; }

    public string Folder { get; private init; } = "team";

    public bool TakesEngine { get; private init; }

    public string? Until { get; private init; }

    public int? ExitCode { get; private init; }

    public int? BusyPort { get; private init; }

    public bool GoesOn => Workspaces.Contains("same");

    /// <exception cref="FormatException">It says something that this does not know.</exception>
    public static Note Parse(string comment)
    {
        var note = new Note();
        foreach (var line in comment.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var key = Keys.FirstOrDefault(key => line == key || line.StartsWith($"{key}: ", StringComparison.Ordinal));
            note = note.With(key ?? throw new FormatException($"`{line}` is none of: {string.Join(", ", Keys)}"), line[key.Length..].TrimStart(':', ' '));
        }

        return note;
    }

    /// <summary>Whether a comment is meant to be one of these at all.</summary>
    public static bool IsOne(string comment) => Keys.Any(key => comment == key || comment.StartsWith($"{key}:", StringComparison.Ordinal));

    private Note With(string key, string value) =>
        key switch
        {
            "in" => value.Split(',', StringSplitOptions.TrimEntries) is [var names, .. var options]
                ? options.Aggregate(this with { Workspaces = names.Split('+') }, (note, option) => note.With(option.Split(' ')))
                : this,
            "before" => this with { Before = [.. Before, value] },
            "file" => this with { File = value },
            "shows" => this with { Shows = value },
            "says" => this with { Says = value },
            "until" => this with { Until = value },
            "read" => this with { IsOnlyRead = true },
            _ => this with { NotRun = value.Length > 0 ? value : throw new FormatException("`not run` takes a reason") },
        };

    private Note With(string[] option) =>
        option switch
        {
            ["engine"] => this with { TakesEngine = true },
            ["exits", var code] => this with { ExitCode = Number(code) },
            ["busy", var port] => this with { BusyPort = Number(port) },
            ["as", var folder] => this with { Folder = folder },
            _ => throw new FormatException($"`{string.Join(' ', option)}` is no option of `in`"),
        };

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
