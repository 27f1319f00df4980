using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ComposeGen.Processes;

/// <summary>What git knows of a folder's files. Where there is no git, or no repository, it knows nothing.</summary>
internal sealed class Git(string root)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // How far back a move is looked for. Each is dealt with by the next `generate`, so it is mostly among the last few.
    private const int Commits = 200;

    // A repository's own settings can name programs that git then runs, and it may come from a stranger: git is asked only for
    // what runs none, and told so. A folder that merely looks like a repository, as one can be committed, is none.
    private static readonly string[] Harmless = ["--no-pager", "-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit"];

    // What a partial clone has not is not fetched: that, too, would be done by a program of the repository's choice.
    private static readonly (string Name, string Value)[] Offline = [("GIT_NO_LAZY_FETCH", "1"), ("GIT_ALLOW_PROTOCOL", "none")];

    // No status that git gives a file.
    private const string NextCommit = "=";

    /// <summary>What git said last on standard error.</summary>
    public string LastError { get; private set; } = string.Empty;

    /// <summary>Whether there is git, and the folder is in a repository.</summary>
    public bool IsRepository => Ask("rev-parse", "--git-dir") is not null;

    /// <summary>A file as it was at a revision; an empty text where it was not there; null where there is no such revision.</summary>
    public string? Show(string revision, string file) =>
        // Asked apart, since git says the same of a revision and of a file that it does not know.
        Ask("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}") is { } commit
            ? Ask("cat-file", "blob", $"{commit.Trim()}:./{file}") ?? string.Empty
            : null;

    /// <summary>
    /// Folders that went to another place: in one of the last commits, or since the last one, at least half of what was in
    /// them went to one other folder, byte for byte. Looked for commit by commit, since files are edited after they have moved.
    /// </summary>
    /// <param name="below">The folder that all of them are in.</param>
    /// <param name="gone">Folders that are not there any more, relative to the root.</param>
    /// <param name="arrived">Folders that are there.</param>
    /// <returns>Old and new; only where no other folder comes into question.</returns>
    public ImmutableArray<(string Old, string New)> Renames(string below, IReadOnlyCollection<string> gone, IReadOnlyCollection<string> arrived)
    {
        if (Ask("ls-tree", "-r", "-z", "HEAD", "--", below) is not { } tree)
        {
            return [];
        }

        var steps = CommittedMoves(below).ToLookup(move => move.Old, move => move.New, StringComparer.Ordinal);
        var files = tree.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Blob).ToList();
        var pairs = (
            from old in gone
            let names = Later(old, steps, arrived)
            let before = Below([.. names, .. arrived], files)
            from now in arrived
            where names.Contains(now) || (!before.Contains(now) && names.Except(arrived).Any(name => IsMoved([.. before[name]], now)))
            select (Old: old, New: now)
        ).ToList();
        return [.. pairs.Where(pair => pairs.Count(other => other.Old == pair.Old || other.New == pair.New) == 1)];
    }

    /// <summary>
    /// The commits that the merge brought together that is under way, or that the last commit is; none where there is no merge.
    /// </summary>
    public ImmutableArray<string> MergeSides()
    {
        if (Ask("rev-parse", "--verify", "--quiet", "MERGE_HEAD") is { } other)
        {
            return ["HEAD", other.Trim()];
        }

        // `<commit> <parent> <parent> …`
        var parents = Ask("rev-list", "--parents", "--max-count=1", "HEAD")?.Trim().Split(' ')[1..] ?? [];
        return parents.Length > 1 ? [.. parents] : [];
    }

    /// <summary>The commits that the history began with: clones and worktrees have them in common.</summary>
    public string[] Roots() => Ask("rev-list", "--max-parents=0", "HEAD")?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    // What a folder was called, from commit to commit; what is there now was not called otherwise since.
    private static HashSet<string> Later(string folder, ILookup<string, string> steps, IReadOnlyCollection<string> arrived)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { folder };
        var waiting = new Queue<string>(names);
        while (waiting.TryDequeue(out var name))
        {
            foreach (var next in steps[name].Where(names.Add).Where(next => !arrived.Contains(next)))
            {
                waiting.Enqueue(next);
            }
        }

        return names;
    }

    // Of both sides, where a merge is under way: it does not matter which of them was merged into the other.
    private IEnumerable<(string Old, string New)> CommittedMoves(string below)
    {
        string[] heads = Ask("rev-parse", "--verify", "--quiet", "MERGE_HEAD") is { } other ? ["HEAD", other.Trim()] : ["HEAD"];
        string[] what = ["--name-status", "--find-renames=100%", "--relative", "--no-show-signature", "-z", $"--format=tformat:{NextCommit}"];
        var words = (Ask(["log", "--full-history", $"--max-count={Commits}", .. what, .. heads, "--", below]) ?? string.Empty).Split('\0');
        var (moved, left) = (new Dictionary<(string Old, string New), int>(), new Dictionary<string, int>(StringComparer.Ordinal));
        for (var i = 0; i < words.Length; i++)
        {
            var status = words[i].TrimStart('\n');
            if (status is NextCommit)
            {
                foreach (var move in Most(moved, left))
                {
                    yield return move;
                }

                moved.Clear();
                left.Clear();
            }
            else if (status.Length > 0)
            {
                var old = words[++i];
                foreach (var folder in status[0] is 'R' or 'D' ? Folders(old) : [])
                {
                    left[folder] = left.GetValueOrDefault(folder) + 1;
                }

                foreach (var pair in status[0] is 'R' ? FolderPairs(old, words[++i]) : [])
                {
                    moved[pair] = moved.GetValueOrDefault(pair) + 1;
                }
            }
        }

        foreach (var move in Most(moved, left))
        {
            yield return move;
        }
    }

    private static List<(string Old, string New)> Most(Dictionary<(string Old, string New), int> moved, Dictionary<string, int> left) =>
        [.. moved.Where(pair => 2 * pair.Value >= left[pair.Key.Old]).Select(pair => pair.Key)];

    private static IEnumerable<string> Folders(string file) =>
        Enumerable.Range(0, file.Length).Where(at => file[at] == '/').Select(at => file[..at]);

    // `a/b/c/f` and `a/x/c/f`: c went with b, to x.
    private static IEnumerable<(string Old, string New)> FolderPairs(string old, string now) =>
        Folders(old)
            .Select(folder => (Folder: folder, Inside: old[folder.Length..]))
            .Where(part => now.Length > part.Inside.Length && now.EndsWith(part.Inside, StringComparison.Ordinal))
            .Select(part => (part.Folder, now[..^part.Inside.Length]))
            .Where(pair => pair.Folder != pair.Item2);

    private bool IsMoved(IReadOnlyCollection<(string Path, string Hash)> files, string now) =>
        files.Count > 0 && 2 * files.Count(file => IsThere(now, file.Path, file.Hash)) >= files.Count;

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
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is not there, or nobody can tell what it is.
            return false;
        }

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

    /// <summary>Those of some folders that it ignores, with all that is in them.</summary>
    public IReadOnlySet<string> Ignored(IReadOnlyCollection<string> folders) =>
        folders.Count > 0 && Ask(["-c", "core.quotePath=false", "check-ignore", "--", .. folders]) is { } ignored
            ? ignored.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal)
            : new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What it calls its branches and tags.</summary>
    public string[] Names() => Ask("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Moves a folder that it keeps, and knows then that it was moved; false where it does not keep it.</summary>
    public bool Move(string from, string to) => Ask("-c", "core.hooksPath=/dev/null", "mv", "--", from, to) is not null;

    private string? Ask(params string[] arguments)
    {
        var answer = ForeignProgram.Capture("git", ["-C", root, .. Harmless, .. arguments], Patience, Offline).GetAwaiter().GetResult();
        LastError = answer?.Error.Trim() ?? "no program `git` was found";
        return answer is { ExitCode: 0 } ? answer.Output : null;
    }
}
