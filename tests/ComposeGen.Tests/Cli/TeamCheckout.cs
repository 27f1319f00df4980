using System.Globalization;
using System.Text.RegularExpressions;
using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Cli;

/// <summary>What <c>generate</c> came to in a checkout, and all that it said.</summary>
internal sealed record TeamOutcome(Generated Generated, IReadOnlyList<Diagnostic> Said);

/// <summary>
/// One member's checkout of the team's repository, with a branch of its own. Git is the real one; <c>generate</c> runs in
/// this process, and writes what the command writes.
/// </summary>
internal sealed partial class TeamCheckout(string root, string branch, string conflictStyle, Func<DateTimeOffset> clock)
{
    public string Root => root;

    public string Branch => branch;

    public string Lock => File.ReadAllText(PathOf(PortLock.FileName));

    public string Compose => File.ReadAllText(PathOf(DockerCompose.FileName));

    public string Head => File.ReadAllText(PathOf($"../trunk/.git/refs/heads/{branch}")).Trim();

    /// <summary>The folders of all projects, below <c>projects/</c>.</summary>
    public IReadOnlyList<string> Projects =>
        [
            .. Directory
                .GetFiles(PathOf("projects"), "project.yml", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(PathOf("projects"), Path.GetDirectoryName(file)!))
                .Order(StringComparer.Ordinal),
        ];

    public IReadOnlyList<string> Selected
    {
        get => File.ReadAllLines(PathOf(Manifest.FileName));
        set => File.WriteAllLines(PathOf(Manifest.FileName), value.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The lock as the last merge left it.</summary>
    public string LeftByGit { get; private set; } = string.Empty;

    public string PathOf(string file) => Path.Combine(root, file);

    public string Folder(string project) => PathOf($"projects/{project}");

    public string Descriptor(string project) => PathOf($"projects/{project}/project.yml");

    public string Git(params string[] arguments)
    {
        var (code, output) = TryGit(arguments);
        return code == 0 ? output : throw new AssertionException($"git {string.Join(' ', arguments)}: {output}");
    }

    public (int ExitCode, string Output) TryGit(params string[] arguments)
    {
        var date = clock().ToString("o", CultureInfo.InvariantCulture);
        var environment = new Dictionary<string, string?>
        {
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_AUTHOR_DATE"] = date,
            ["GIT_COMMITTER_DATE"] = date,
        };
        var options = (string[])["user.name=t", "user.email=t@example.org", "gc.auto=0", $"merge.conflictStyle={conflictStyle}"];
        var outcome = Run.Program("git", root, environment, [.. options.SelectMany(option => (string[])["-c", option]), .. arguments]);
        return (outcome.ExitCode, outcome.ExitCode == 0 ? outcome.Output : outcome.Output + outcome.Error);
    }

    /// <summary>Commits everything that there is, where there is anything.</summary>
    public void Commit(string message)
    {
        Git("add", "--all");
        TryGit("commit", "--quiet", "--message", message);
    }

    /// <summary>Merges, and settles as people do what is not for <c>generate</c>; the lock and the Compose file stay as git left them.</summary>
    /// <returns>Whether there were conflicts in the lock.</returns>
    public bool Merge(string commit)
    {
        var (code, output) = TryGit("merge", "--quiet", "--no-edit", commit);
        var unmerged = code == 0 ? [] : Unmerged();
        if (code != 0 && unmerged.Count == 0)
        {
            throw new AssertionException(output);
        }

        foreach (var (path, sides) in unmerged)
        {
            if (path == Manifest.FileName)
            {
                continue;
            }

            if (path is not (PortLock.FileName or DockerCompose.FileName))
            {
                TakeOneSide(path, sides);
            }
        }

        LeftByGit = Lock;
        // A union of the lines; what is gone cannot be selected.
        var projects = Projects;
        Selected = [.. ConflictSides().Replace(File.ReadAllText(PathOf(Manifest.FileName)), string.Empty).Split('\n').Where(projects.Contains)];
        return unmerged.ContainsKey(PortLock.FileName);
    }

    /// <summary>As the command does it. What it calls an error a person mends: of two demands for one port one is taken back.</summary>
    public TeamOutcome Generate()
    {
        for (var attempt = 0; ; attempt++)
        {
            var files = new WorkspaceFiles(root);
            var bag = new DiagnosticBag();
            if (Pipeline.Run(files, bag) is { } generated)
            {
                using var output = new StringWriter();
                var code = GenerateCommand.Write(files, generated, new GenerateOptions(), new Terminal(output, output, false), bag);
                return code == ExitCode.Done ? new TeamOutcome(generated, bag.Sorted()) : throw new AssertionException(output.ToString());
            }

            var error = bag.Sorted().First(diagnostic => diagnostic.Severity == Severity.Error);
            if (error.Span is not { } span || !span.File.EndsWith(".yml", StringComparison.Ordinal) || attempt == 20)
            {
                throw new AssertionException($"{error.Span} {error.Code} {error.Message}");
            }

            var lines = File.ReadAllLines(PathOf(span.File));
            if (error.Code is "CG0501" or "CG0502" or "CG0503")
            {
                lines[span.Line - 1] = lines[span.Line - 1].Replace(", x-fixed: true", string.Empty, StringComparison.Ordinal);
            }
            else
            {
                // Git merged line by line what makes no sense as a whole.
                lines = [.. lines.Where(line => line.StartsWith('#')), "service:", "  image: i", "  ports:", "    - 3000"];
            }

            File.WriteAllText(PathOf(span.File), string.Join('\n', lines) + "\n");
        }
    }

    // The side whose content has the lesser hash: the same whichever branch was merged into the other.
    private void TakeOneSide(string path, List<string> sides)
    {
        if (sides.Count == 0)
        {
            Git("rm", "--quiet", "--force", "--ignore-unmatch", path);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), Git("cat-file", "blob", sides.Min(StringComparer.Ordinal)!));
    }

    // `100644 3b18e5… 2\tprojects/shop/project.yml`; the number is 1 for the base, 2 and 3 for the sides.
    private Dictionary<string, List<string>> Unmerged() =>
        Git("ls-files", "--unmerged", "-z")
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (Path: line.Split('\t')[1], Hash: line.Split(' ')[1], Stage: line.Split(' ')[2][0]))
            .GroupBy(entry => entry.Path)
            .ToDictionary(group => group.Key, group => group.Where(entry => entry.Stage != '1').Select(entry => entry.Hash).ToList());

    [GeneratedRegex(@"^(<{7,}|>{7,}|={7,}).*\n|^\|{7,}(.*\n)*?(?========)", RegexOptions.Multiline)]
    private static partial Regex ConflictSides();
}
