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
    public int CompareTo(PortKey other)
    {
        var byService = string.CompareOrdinal(Service, other.Service);
        return byService != 0 ? byService : (Target, Ordinal).CompareTo((other.Target, other.Ordinal));
    }
}

/// <summary>A host port (the first of <paramref name="Count"/> contiguous ones) that a service holds. The service is written <c>project:service</c>.</summary>
internal sealed record PortLockEntry(PortKey Key, int Count, int Host, SourceSpan Span)
{
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
}

/// <summary>
/// <c>which-project.lock</c>: a version line, then one line a port and one a subnet, sorted, so that git merges most changes by itself.
/// <see cref="Damage"/> is what could not be read (conflict markers, broken lines): the rest is still used, the next
/// <c>generate</c> writes the file whole again.
/// </summary>
internal sealed record PortLock(ImmutableArray<PortLockEntry> Entries, ImmutableArray<Diagnostic> Damage)
{
    public const string FileName = "which-project.lock";
    private const string Version = "version 1";

    /// <summary>The subnets that networks hold; their lines come after the ports'.</summary>
    public ImmutableArray<SubnetLockEntry> Subnets { get; init; } = [];

    public static PortLock Empty { get; } = new([], []);

    public static PortLock Read(SourceText source, DiagnosticBag bag)
    {
        var entries = ImmutableArray.CreateBuilder<PortLockEntry>();
        var subnets = ImmutableArray.CreateBuilder<SubnetLockEntry>();
        var damage = ImmutableArray.CreateBuilder<Diagnostic>();
        var number = 0;
        foreach (var line in source.Text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsWhiteSpace() || line[0] == '#' || line.SequenceEqual(Version))
            {
                continue;
            }

            var span = new SourceSpan(source.File, number, 1, line.Length);
            if (line.StartsWith("version ", StringComparison.Ordinal))
            {
                bag.Add(Errors.LockVersion(span));
            }
            else if (Parse(line.ToString(), span) is { } entry)
            {
                entries.Add(entry);
            }
            else if (SubnetLockEntry.Parse(line.ToString(), span) is { } subnet)
            {
                subnets.Add(subnet);
            }
            else
            {
                damage.Add(IsConflictMarker(line) ? Errors.LockConflictMarker(span) : Errors.LockLine(span));
            }
        }

        return new PortLock(entries.DrainToImmutable(), damage.DrainToImmutable()) { Subnets = subnets.DrainToImmutable() };
    }

    public string ToText()
    {
        var text = new StringBuilder("# The host port that each service of each project holds. Written by composegen; commit it.\n");
        text.Append(Version).Append('\n');
        foreach (var entry in Entries.OrderBy(entry => entry.Key))
        {
            text.Append(entry).Append('\n');
        }

        foreach (var subnet in Subnets.Order())
        {
            text.Append(subnet).Append('\n');
        }

        return text.ToString();
    }

    // `port PROJECT:SERVICE TARGET[-LAST][#N] HOST[-LAST]`; a project's name may hold blanks, so the numbers are taken from the end.
    private static PortLockEntry? Parse(string line, SourceSpan span)
    {
        var text = line.TrimEnd();
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

    private static bool IsConflictMarker(ReadOnlySpan<char> line) =>
        line.StartsWith("<<<<<<<") || line.StartsWith("=======") || line.StartsWith(">>>>>>>") || line.StartsWith("|||||||");
}
