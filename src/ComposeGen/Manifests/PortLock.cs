using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// Which published port of which service: the container port (the first one of a range), and which of them where a
/// service publishes one container port several times (from 1).
/// </summary>
internal readonly record struct PortKey(string Service, int Target, int Ordinal = 1) : IComparable<PortKey>
{
    /// <summary>The project's path: the part before the colon, which stands in no folder's name.</summary>
    public string Project => Service[..Service.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>The service's name within its project.</summary>
    public string Name => Service[(Service.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public int CompareTo(PortKey other)
    {
        var byService = string.CompareOrdinal(Service, other.Service);
        return byService != 0 ? byService : (Target, Ordinal).CompareTo((other.Target, other.Ordinal));
    }
}

/// <summary>A host port (the first of <paramref name="Count"/> contiguous ones) that a service holds. The service is written <c>project:service</c>.</summary>
internal sealed record PortLockEntry(PortKey Key, int Count, int Host, SourceSpan Span)
{
    public int Last => Host + Count - 1;

    public bool Overlaps(PortLockEntry other) => Host <= other.Last && other.Host <= Last;

    public override string ToString()
    {
        var text = new StringBuilder("port ").Append(Key.Service).Append(' ').Append(Range(Key.Target, Count));
        if (Key.Ordinal > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"#{Key.Ordinal}");
        }

        return text.Append(' ').Append(Range(Host, Count)).ToString();
    }

    /// <summary><c>80</c>, or <c>3000-3005</c> for several.</summary>
    public static string Range(int first, int count) =>
        count == 1
            ? first.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{first}-{first + count - 1}");

    // `port PROJECT:SERVICE TARGET[-LAST][#N] HOST[-LAST]`; a project's name may hold blanks, so the numbers are taken from the end.
    /// <summary>Null where the line is none of a port.</summary>
    public static PortLockEntry? Parse(string text, SourceSpan span)
    {
        var hostAt = text.LastIndexOf(' ');
        var targetAt = hostAt > 0 ? text.LastIndexOf(' ', hostAt - 1) : -1;
        if (!text.StartsWith("port ", StringComparison.Ordinal) || targetAt < "port x".Length)
        {
            return null;
        }

        var service = text["port ".Length..targetAt];
        var target = text[(targetAt + 1)..hostAt];
        var ordinal = 1;
        if (target.IndexOf('#', StringComparison.Ordinal) is var hash and >= 0)
        {
            if (!int.TryParse(target[(hash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ordinal) || ordinal < 1)
            {
                return null;
            }

            target = target[..hash];
        }

        return
            ParseRange(target, least: 0) is var (first, count)
            && ParseRange(text[(hostAt + 1)..], least: 1) is var (host, hosts)
            && hosts == count
            && service.Contains(':', StringComparison.Ordinal)
            ? new PortLockEntry(new PortKey(service, first, ordinal), count, host, span)
            : null;
    }

    // A container port that only a variable tells is written as 0.
    private static (int First, int Count)? ParseRange(string text, int least)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return
            int.TryParse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(dash < 0 ? text : text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first >= least
            && last >= first
            && last <= PortSyntax.Highest
            ? (first, last - first + 1)
            : null;
    }
}

/// <summary>
/// <c>which-project.lock</c>: a version line, one line a port and one a subnet, sorted, so that git merges most changes by
/// itself, and a last line by which a file that was cut off is told from a whole one.
/// <see cref="Damage"/> is what could not be read (conflict markers, broken lines): the rest is still used, the next
/// <c>generate</c> writes the file whole again.
/// </summary>
internal sealed record PortLock(ImmutableArray<PortLockEntry> Entries, ImmutableArray<Diagnostic> Damage)
{
    public const string FileName = "which-project.lock";
    private const string Version = "version 1";
    private const string End = "end";

    /// <summary>The subnets that networks hold; their lines come after the ports'.</summary>
    public ImmutableArray<SubnetLockEntry> Subnets { get; init; } = [];

    /// <summary>False where lines are known to be missing or unreadable: what a service held may then be told elsewhere.</summary>
    public bool IsWhole { get; init; } = true;

    public static PortLock Empty { get; } = new([], []);

    public static PortLock Read(SourceText source, DiagnosticBag bag)
    {
        var entries = ImmutableArray.CreateBuilder<PortLockEntry>();
        var subnets = ImmutableArray.CreateBuilder<SubnetLockEntry>();
        var damage = ImmutableArray.CreateBuilder<Diagnostic>();
        var (hasVersion, hasEnd, isWhole, isBase) = (false, false, true, false);
        var lines = source.Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (damage.Count > DiagnosticBag.MostInFile)
            {
                isWhole = false;
                break;
            }

            var line = lines[i].TrimEnd();
            // What git writes as the common ancestor (merge.conflictStyle) is no side of the merge: whether it is there is up
            // to each machine. A base that was merged itself has longer marks in it.
            isBase = isBase ? line != "=======" : line == "|||||||" || line.StartsWith("||||||| ", StringComparison.Ordinal);
            if (line.Length == 0 || line[0] == '#' || (isBase && !line.StartsWith("||||||| ", StringComparison.Ordinal)))
            {
                continue;
            }

            var span = new SourceSpan(source.File, i + 1, 1, line.Length);
            hasVersion |= line == Version;
            hasEnd |= line == End;
            if (line is Version or End)
            {
                continue;
            }

            if (line.StartsWith("version ", StringComparison.Ordinal))
            {
                hasVersion = true;
                bag.Add(Errors.LockVersion(span));
            }
            else if (IsConflictMarker(line))
            {
                damage.Add(Errors.LockConflictMarker(span));
            }
            else if (i == lines.Length - 1)
            {
                // A number that was cut off is a number too.
                isWhole = false;
                damage.Add(Errors.LockLineCut(span));
            }
            else if (PortLockEntry.Parse(line, span) is { } entry)
            {
                entries.Add(entry);
            }
            else if (SubnetLockEntry.Parse(line, span) is { } subnet)
            {
                subnets.Add(subnet);
            }
            else
            {
                isWhole = false;
                damage.Add(Errors.LockLine(span));
            }
        }

        // Of a file that ends within a line, that has been said.
        if (!hasVersion || (!hasEnd && isWhole))
        {
            isWhole = false;
            var at = hasVersion ? Math.Max(0, Array.FindLastIndex(lines, line => !string.IsNullOrWhiteSpace(line))) : 0;
            damage.Add(
                Errors.LockNotWhole(new SourceSpan(source.File, at + 1, 1, Math.Max(1, lines[at].Length)), hasVersion ? End : Version)
            );
        }

        return new PortLock(entries.DrainToImmutable(), damage.DrainToImmutable()) { Subnets = subnets.DrainToImmutable(), IsWhole = isWhole };
    }

    public string ToText()
    {
        var text = new StringBuilder("# The host port that each service of each project holds. Written by composegen; commit it.\n");
        text.Append(Version).Append('\n');
        foreach (var line in Lines())
        {
            text.Append(line).Append('\n');
        }

        return text.Append(End).Append('\n').ToString();
    }

    /// <summary>The lines of ports and subnets, sorted.</summary>
    public IEnumerable<string> Lines() =>
        Entries.OrderBy(entry => entry.Key).Select(entry => entry.ToString()).Concat(Subnets.Order().Select(subnet => subnet.ToString()));

    private static bool IsConflictMarker(string line) =>
        ((string[])["<<<<<<<", "=======", ">>>>>>>", "|||||||"]).Any(mark => line.StartsWith(mark, StringComparison.Ordinal));
}
