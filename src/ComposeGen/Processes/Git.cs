using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ComposeGen.Processes;

/// <summary>What git knows of a folder's files. Where there is no git, or no repository, it knows nothing.</summary>
internal sealed class Git(string root)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What git said last on standard error.</summary>
    public string LastError { get; private set; } = string.Empty;

    /// <summary>Whether there is git, and the folder is in a repository.</summary>
    public bool IsRepository => Ask("rev-parse", "--git-dir") is not null;

    /// <summary>A file as it was at a revision; an empty text where it was not there; null where there is no such revision.</summary>
    public string? Show(string revision, string file) =>
        // Asked apart, since git says the same of a revision and of a file that it does not know.
        Ask("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}") is { } commit
            ? Ask("show", $"{commit.Trim()}:./{file}") ?? string.Empty
            : null;

    /// <summary>
    /// Folders that went to another place since a file was last committed: at least half of what was in them then is, byte for
    /// byte, in one other folder that was not there.
    /// </summary>
    /// <param name="since">The file whose last commit is the time to compare with.</param>
    /// <param name="gone">Folders that are not there any more, relative to the root.</param>
    /// <param name="arrived">Folders that are there.</param>
    /// <returns>Old and new; only where no other folder comes into question.</returns>
    public ImmutableArray<(string Old, string New)> Renames(string since, IReadOnlyCollection<string> gone, IReadOnlyCollection<string> arrived)
    {
        if (Ask("log", "-1", "--format=%H", "--", since)?.Trim() is not { Length: > 0 } commit || Ask("ls-tree", "-r", "-z", commit) is not { } tree)
        {
            return [];
        }

        var before = Below([.. gone, .. arrived], tree.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Blob));
        var pairs = (
            from now in arrived
            where !before.Contains(now)
            from old in gone
            let files = before[old].ToList()
            where files.Count > 0 && 2 * files.Count(file => IsThere(now, file.Path, file.Hash)) >= files.Count
            select (Old: old, New: now)
        ).ToList();
        return [.. pairs.Where(pair => pairs.Count(other => other.Old == pair.Old || other.New == pair.New) == 1)];
    }

    /// <summary>The commits that the history began with: clones and worktrees have them in common.</summary>
    public string[] Roots() => Ask("rev-list", "--max-parents=0", "HEAD")?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Whether a file cannot be committed by mistake: git ignores it, or there is no repository.</summary>
    public bool Ignores(string file) => !IsRepository || Ask("check-ignore", "--quiet", file) is not null;

    // `100644 blob 3b18e5…\tprojects/shop/project.yml`
    private static (string Path, string Hash) Blob(string line)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        return (line[(tab + 1)..], line[(line.LastIndexOf(' ', tab) + 1)..tab]);
    }

    // The files of these folders, each by its path below its folder.
    private static ILookup<string, (string Path, string Hash)> Below(HashSet<string> folders, IEnumerable<(string Path, string Hash)> files) =>
        (
            from file in files
            from slash in Enumerable.Range(0, file.Path.Length)
            where file.Path[slash] == '/' && folders.Contains(file.Path[..slash])
            select (Folder: file.Path[..slash], File: (file.Path[(slash + 1)..], file.Hash))
        ).ToLookup(pair => pair.Folder, pair => pair.File, StringComparer.Ordinal);

    private bool IsThere(string folder, string path, string hash)
    {
        var file = Path.Combine(root, folder, path);
        if (!File.Exists(file))
        {
            return false;
        }

        var bytes = File.ReadAllBytes(file);
        // Git may have changed line ends on the way to the disk.
        return Hash(bytes, hash.Length) == hash
            || Hash(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).ReplaceLineEndings("\n")), hash.Length) == hash;
    }

    private static string Hash(byte[] content, int length)
    {
        var header = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {content.Length}\0"));
        byte[] blob = [.. header, .. content];
#pragma warning disable CA5350 // It is what git calls its files by; nothing is kept safe with it.
        return Convert.ToHexStringLower(length == 2 * SHA1.HashSizeInBytes ? SHA1.HashData(blob) : SHA256.HashData(blob));
#pragma warning restore CA5350
    }

    private string? Ask(params string[] arguments)
    {
        var answer = ForeignProgram.Capture("git", ["-C", root, .. arguments], Patience).GetAwaiter().GetResult();
        LastError = answer?.Error.Trim() ?? "no program `git` was found";
        return answer is { ExitCode: 0 } ? answer.Output : null;
    }
}
