using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>What happened in a team's months.</summary>
internal sealed record Tally
{
    public int Merges { get; set; }

    public int Conflicts { get; set; }

    public int Moves { get; set; }

    public int Renames { get; set; }

    public int Returns { get; set; }

    public int Demands { get; set; }
}

/// <summary>The play: who does what, and what has to hold after it.</summary>
internal sealed partial class TeamMonths : IDisposable
{
    private static readonly string[] Styles = ["merge", "diff3", "zdiff3"];
    private static readonly int[] Targets = [80, 3000, 8080];

    private readonly ScratchWorkspace _scratch = new();
    private readonly Random _random;
    private readonly List<string> _story = [];
    private readonly TeamCheckout[] _members;

    // Merges the other way round.
    private readonly TeamCheckout[] _mirrors;

    // By commit: the host ports that its keys have, or have to get where it was committed before the lock was generated.
    private readonly Dictionary<string, Dictionary<PortKey, int>> _hosts = [];
    private readonly Dictionary<string, List<string>> _renamed = [];
    private readonly Dictionary<string, Dictionary<string, string>> _removed = [];
    private readonly HashSet<string> _stale = [];
    private int _names;
    private int _seconds;

    public TeamMonths(int seed)
    {
        _random = new Random(seed);
        _story.Add($"seed {seed}");
        Checkout("trunk", "merge").Git("init", "--quiet", "--initial-branch=trunk");
        var trunk = Checkout("trunk", "merge");
        Add(trunk, "base", isSingle: true);
        for (var i = 0; i < 4; i++)
        {
            Add(trunk, $"n{i}", isSingle: i % 2 == 0);
        }

        Generate(trunk, []);
        trunk.Commit("base");
        Know(trunk);
        _members = [.. Styles.Select((style, i) => Checkout($"m{i}", style))];
        _mirrors = [.. Styles.Select((style, i) => Checkout($"mirror{i}", style))];
        foreach (var checkout in (TeamCheckout[])[.. _members, .. _mirrors])
        {
            trunk.Git("worktree", "add", "--quiet", "-b", checkout.Branch, checkout.Root);
        }
    }

    public Tally Tally { get; } = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>Somebody does something.</summary>
    public void Step()
    {
        var member = One(_members);
        if (Number(4) == 0)
        {
            Merge(member, One(_members.Where(other => other != member)).Head);
            return;
        }

        var before = member.Head;
        var (isSelection, isForgotten) = Edit(member);
        if (isForgotten)
        {
            member.Commit("sources alone");
            _stale.Add(member.Head);
            _hosts[member.Head] = _hosts[before]
                .Select(pair => (Key: Today(member, pair.Key), Host: pair.Value))
                .Where(pair => pair.Key is not null)
                .ToDictionary(pair => pair.Key!.Value, pair => pair.Host);
            return;
        }

        var locked = member.Lock;
        Generate(member, [before]);
        if (isSelection && !_stale.Contains(before))
        {
            Check(member.Lock == locked, "the selection changed the lock");
        }

        member.Commit("edit");
        Know(member);
    }

    /// <summary>All merge everything, first at the same time, and then one after the other.</summary>
    public void Settle()
    {
        var heads = _members.Select(member => member.Head).ToList();
        foreach (var member in _members)
        {
            heads.Where(head => head != member.Head).ToList().ForEach(head => Merge(member, head));
        }

        foreach (var member in (TeamCheckout[])[.. _members, .. _members])
        {
            foreach (var other in _members.Where(other => other != member))
            {
                Merge(member, other.Head);
            }
        }

        var first = _members[0];
        foreach (var member in _members)
        {
            var (locked, compose) = (member.Lock, member.Compose);
            var (generated, _) = Generate(member, [member.Head]);
            Check(locked == first.Lock && compose == first.Compose, $"{member.Branch} and {first.Branch} do not agree");
            Check(generated.Plan.Ports.Repairs.IsEmpty, "something is left to be repaired");
            Check(member.Lock == locked && member.Compose == compose, "a further run changes something");
        }
    }

    private void Merge(TeamCheckout member, string theirs)
    {
        var ours = member.Head;
        var common = member.Git("merge-base", ours, theirs).Trim();
        if (common == theirs)
        {
            return;
        }

        _story.Add($"{member.Branch} at {ours[..7]} merges {theirs[..7]}");
        var isConflict = member.Merge(theirs);
        string[] parents = common == ours ? [theirs] : [ours, theirs];
        Generate(member, parents);
        if (parents.Length == 2)
        {
            Tally.Merges++;
            Tally.Conflicts += isConflict ? 1 : 0;
            var mirror = One(_mirrors);
            mirror.Git("checkout", "--quiet", "--force", "--detach", theirs);
            mirror.Merge(ours);
            mirror.Generate();
            Check(mirror.Lock == member.Lock, $"the other way round, with {mirror.Branch}'s style, comes to another lock:\n{mirror.LeftByGit}\n{mirror.Lock}\n{member.LeftByGit}\n{member.Lock}");
            mirror.Git("reset", "--quiet", "--hard");
        }

        member.Commit("merge");
        Know(member);
    }

    private TeamOutcome Generate(TeamCheckout member, string[] parents)
    {
        var outcome = member.Generate();
        var ports = outcome.Generated.Plan.Ports;
        var given = ports.Lock.Entries.SelectMany(entry => Enumerable.Range(entry.Host, entry.Count)).ToList();
        Check(given.Distinct().Count() == given.Count, "a host port is given twice");
        Tally.Moves += outcome.Said.Count(said => said.Code == "CG0510");
        Tally.Renames += outcome.Said.Count(said => said.Code == "CG0517");
        var before = parents
            .Select(parent =>
                _hosts[parent]
                    .Select(pair => (Key: Today(member, pair.Key), pair.Value))
                    .Where(pair => pair.Key is not null)
                    .ToLookup(pair => pair.Key!.Value, pair => pair.Value)
            )
            .ToList();
        foreach (var (key, host) in before.SelectMany(keys => keys.SelectMany(same => same.Select(host => (same.Key, host)))))
        {
            if (ports.Hosts.TryGetValue(key, out var now) && now != host)
            {
                Check(
                    outcome.Generated.Plan.Needs[key].IsFixed
                        || before.Any(keys => keys[key].Contains(now))
                        // Two branches gave one project two names, which git has told them: one of the two is a new project.
                        || ports.Hosts.Any(other => other.Value == host && AreOne(other.Key.Project, key.Project))
                        || outcome.Said.Any(said => Regex.IsMatch(said.Message, $@"(?<![\w/]){Regex.Escape(key.Service)}(?!\w)")),
                    $"{key} went from {host} to {now} without a word; git had left:\n{(parents.Length > 1 ? member.LeftByGit : string.Empty)}\nbefore: {string.Join(" | ", before.Select(keys => string.Join(',', keys[key])))}"
                );
            }
        }

        return outcome;
    }

    // What a key is called in this checkout, if its project was renamed; null where that is gone.
    private PortKey? Today(TeamCheckout member, PortKey key)
    {
        var projects = member.Projects;
        if (projects.Contains(key.Project))
        {
            return key;
        }

        var now = Later(key.Project).Where(projects.Contains).ToList();
        return now is [var only]
            ? key with { Service = $"{only}:{(key.Name == Path.GetFileName(key.Project) ? Path.GetFileName(only) : key.Name)}" }
            : null;
    }

    private IEnumerable<string> Later(string project) =>
        _renamed.TryGetValue(project, out var now) ? now.SelectMany(name => Later(name).Prepend(name)) : [];

    // Whether both were once called the same.
    private bool AreOne(string project, string other) =>
        _renamed.Keys.Any(old => Later(old).ToList() is var names && names.Contains(project) && names.Contains(other));

    private void Know(TeamCheckout member) =>
        _hosts[member.Head] = PortLock
            .Read(new SourceText(PortLock.FileName, member.Lock), new DiagnosticBag())
            .Entries.Where(entry => member.Projects.Contains(entry.Key.Project))
            .ToDictionary(entry => entry.Key, entry => entry.Host);

    private (bool IsSelection, bool IsForgotten) Edit(TeamCheckout member)
    {
        var projects = member.Projects.Where(project => project != "base").ToList();
        var forgets = Number(3) == 0;
        switch (projects.Count < 3 ? 0 : Number(14))
        {
            case 0 or 1 or 2:
                Add(member, Name(), Number(2) == 0);
                return (false, false);
            case 3 or 4:
                Remove(member, One(projects));
                return (false, forgets);
            case 5 or 6 when Gone(member) is [_, ..] gone:
                Return(member, One(gone));
                return (false, false);
            case 7 or 8 or 9:
                Rename(member, One(projects), Name());
                return (false, forgets);
            case 10:
                var chosen = One(projects);
                _story.Add($"{member.Branch} selects or deselects {chosen}");
                member.Selected = member.Selected.Contains(chosen)
                    ? [.. member.Selected.Where(name => name != chosen)]
                    : [.. member.Selected, chosen];
                return (true, false);
            default:
                Publish(member, One(projects));
                return (false, forgets);
        }
    }

    // What was there once in this checkout: its lines are still in the lock.
    private List<string> Gone(TeamCheckout member) =>
        [.. _removed.Keys.Except(member.Projects).Where(name => member.Lock.Contains($"port {name}:", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private string Name() => (Number(3) == 0 ? "team/" : string.Empty) + One(["n", "m", "k", "z"]) + (++_names + 10).ToString(CultureInfo.InvariantCulture);

    private void Add(TeamCheckout member, string project, bool isSingle)
    {
        _story.Add($"{member.Branch} adds {project}");
        // Enough that is its own alone: git takes it for no other project.
        var text = Enumerable.Range(0, 8).Select(_ => $"# {Number(int.MaxValue):x8}{Number(int.MaxValue):x8}").ToList();
        text.AddRange(isSingle ? ["service:", "  image: i", "  ports:", $"    - {One(Targets)}"] : ["services:", .. Service(0)]);
        Write(member.Descriptor(project), text);
        if (Number(2) == 0)
        {
            Write(Path.Combine(member.Folder(project), "notes.md"), [$"{Number(int.MaxValue):x8}{Number(int.MaxValue):x8}"]);
        }

        if (project == "base" || Number(2) == 0)
        {
            member.Selected = [.. File.Exists(member.PathOf(Manifest.FileName)) ? member.Selected : [], project];
        }
    }

    private string[] Service(int number) => [$"  s{number}:", "    image: i", "    ports:", $"      - {One(Targets)}"];

    private void Remove(TeamCheckout member, string project)
    {
        _story.Add($"{member.Branch} removes {project}");
        var folder = member.Folder(project);
        _removed[project] = Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllText);
        Directory.Delete(folder, recursive: true);
        member.Selected = [.. member.Selected.Where(name => name != project)];
    }

    private void Return(TeamCheckout member, string project)
    {
        _story.Add($"{member.Branch} brings {project} back");
        Tally.Returns++;
        foreach (var (file, text) in _removed[project])
        {
            Write(Path.Combine(member.Folder(project), file), text.TrimEnd('\n').Split('\n'));
        }
    }

    private void Rename(TeamCheckout member, string old, string now)
    {
        var isGits = Number(2) == 0;
        _story.Add($"{member.Branch} renames {old} to {now}{(isGits ? " (git mv)" : string.Empty)}");
        if (!_renamed.TryGetValue(old, out var names))
        {
            _renamed[old] = names = [];
        }

        names.Add(now);
        Directory.CreateDirectory(Path.GetDirectoryName(member.Folder(now))!);
        if (isGits)
        {
            member.Git("mv", $"projects/{old}", $"projects/{now}");
        }
        else
        {
            Directory.Move(member.Folder(old), member.Folder(now));
        }

        member.Selected = [.. member.Selected.Select(name => name == old ? now : name)];
    }

    // A service or a port more or less, a wish, a demand, or neither any more.
    private void Publish(TeamCheckout member, string project)
    {
        var lines = File.ReadAllLines(member.Descriptor(project)).ToList();
        var lists = Indexes(lines, line => line.EndsWith("ports:", StringComparison.Ordinal));
        var ports = Indexes(lines, line => PortLine().IsMatch(line));
        var free = Enumerable.Range(20_000, 20).Where(port => !member.Lock.Contains($" {port}\n", StringComparison.Ordinal)).ToList();
        var at = One(ports);
        var target = PortLine().Match(lines[at]).Groups["target"].Value;
        var indent = lines[at][..lines[at].IndexOf('-', StringComparison.Ordinal)];
        switch (Number(8))
        {
            case 0 when lines.Contains("services:"):
                lines.AddRange(Service(Enumerable.Range(0, 100).First(i => !lines.Contains($"  s{i}:"))));
                break;
            case 1 when lists.Count > 1:
                var end = lists[^1] - 2;
                lines.RemoveRange(end, lines.Count - end);
                break;
            case 2:
                lines.Insert(One(lists) + 1, $"{indent}- {One(Targets)}");
                break;
            case 3:
                lines.Insert(at, $"{indent}- \"3000-{3001 + Number(3)}\"");
                break;
            case 4 when ports.Contains(at + 1) || ports.Contains(at - 1):
                lines.RemoveAt(at);
                break;
            case 5:
                lines[at] = $"{indent}- {target}";
                break;
            case 6 when !target.Contains('-', StringComparison.Ordinal) && free.Count > 0:
                Tally.Demands++;
                lines[at] = $"{indent}- {{target: {target}, published: {One(free)}, x-fixed: true}}";
                break;
            default:
                lines[at] = target.Contains('-', StringComparison.Ordinal) ? $"{indent}- {target}" : $"{indent}- {{target: {target}, published: {One([3000, 3001, 8080, 8081, 20_000])}}}";
                break;
        }

        _story.Add($"{member.Branch} edits {project}: {string.Join(" | ", lines.Where(line => line[0] != '#').Select(line => line.Trim()))}");
        Write(member.Descriptor(project), lines);
    }

    private static List<int> Indexes(List<string> lines, Func<string, bool> isIt) => [.. Enumerable.Range(0, lines.Count).Where(i => isIt(lines[i]))];

    private static void Write(string path, IEnumerable<string> lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
    }

    private TeamCheckout Checkout(string name, string style)
    {
        Directory.CreateDirectory(_scratch.PathOf("trunk"));
        return new TeamCheckout(_scratch.PathOf(name), name, style, () => DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(++_seconds));
    }

    private T One<T>(IEnumerable<T> among)
    {
        var list = among.ToList();
        return list[Number(list.Count)];
    }

#pragma warning disable CA5394 // The same seed has to come to the same numbers.
    private int Number(int below) => _random.Next(below);
#pragma warning restore CA5394

    private void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new AssertionException($"{otherwise}\n{string.Join('\n', _story)}");
        }
    }

    [GeneratedRegex("""^ +- (\{target: )?(?<target>\d+|"\d+-\d+")(, .*)?$""")]
    private static partial Regex PortLine();
}
