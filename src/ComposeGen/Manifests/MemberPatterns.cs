using System.Buffers;
using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using Microsoft.Extensions.FileSystemGlobbing;

namespace ComposeGen.Manifests;

/// <summary>An entry of <c>members</c> or <c>exclude</c>: a path relative to the project's folder, or a glob over such paths.</summary>
internal sealed record MemberPattern(string Path, SourceSpan Span)
{
    public bool IsGlob => Path.Contains('*', StringComparison.Ordinal);

    /// <summary>How many folders deep the pattern reaches; null for any depth.</summary>
    public int? Depth => Path.Contains("**", StringComparison.Ordinal) ? null : Path.Split('/').Length;
}

/// <summary>A folder that <c>members</c> names, and the entry that does: one that gives the path itself rather than a glob.</summary>
internal readonly record struct MatchedFolder(string Path, MemberPattern By);

/// <summary>The keys <c>members</c> and <c>exclude</c> of a project: read, and applied to the folders that there are.</summary>
internal sealed record MemberPatterns(ImmutableArray<MemberPattern> Members, ImmutableArray<MemberPattern> Excluded)
{
    private static readonly SearchValues<char> Meaningless = SearchValues.Create("?[]{}!");

    public static readonly string[] Keys = ["members", "exclude"];

    public static MemberPatterns Read(YamlMapping tree, DiagnosticBag bag)
    {
        if (tree.Entries.FirstOrDefault(entry => entry.Name == "exclude").Key is { } exclude && !tree.Contains("members"))
        {
            bag.Add(Errors.ExcludeWithoutMembers(exclude.Span));
        }

        return new MemberPatterns(Read(tree["members"], "members", bag), Read(tree["exclude"], "exclude", bag));
    }

    /// <summary>How many folders deep there is anything to match.</summary>
    public int Depth => Members.Select(pattern => pattern.Depth ?? int.MaxValue).DefaultIfEmpty(0).Max();

    /// <summary>The folders that are named and not left out, in the order given. An exclusion wins, over what lies below it too.</summary>
    public IEnumerable<MatchedFolder> Match(IReadOnlyCollection<string> folders)
    {
        var matched = new Dictionary<string, MemberPattern>(StringComparer.Ordinal);
        foreach (var pattern in Members.OrderBy(pattern => pattern.IsGlob))
        {
            foreach (var folder in Matching(folders, pattern.Path))
            {
                matched.TryAdd(folder, pattern);
            }
        }

        foreach (var folder in Excluded.SelectMany(pattern => Matching(folders, pattern.Path, $"{pattern.Path}/**")))
        {
            matched.Remove(folder);
        }

        return folders.Where(matched.ContainsKey).Select(folder => new MatchedFolder(folder, matched[folder]));
    }

    /// <summary>Reports the entries that no folder answers to.</summary>
    /// <param name="folders">Every folder down to <see cref="Depth"/>.</param>
    /// <param name="passedOver">Folders that have been reported as passed over.</param>
    /// <param name="bag">Takes an error for a path, a warning for a glob or an exclusion.</param>
    public void CheckAllMatch(IReadOnlyCollection<string> folders, IReadOnlyCollection<string> passedOver, DiagnosticBag bag)
    {
        string[] all = [.. folders, .. passedOver];
        foreach (var pattern in Members.Where(pattern => !Matching(all, pattern.Path).Any()))
        {
            bag.Add(
                pattern.IsGlob
                    ? Errors.MemberGlobWithoutMatch(pattern.Span, pattern.Path)
                    : Errors.NoMemberFolder(pattern.Span, pattern.Path, folders)
            );
        }

        foreach (var pattern in Excluded.Where(pattern => !Matching(all, pattern.Path).Any()))
        {
            bag.Add(Errors.MemberGlobWithoutMatch(pattern.Span, pattern.Path));
        }
    }

    private static IEnumerable<string> Matching(IEnumerable<string> folders, params string[] patterns)
    {
        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddIncludePatterns(patterns);
        return matcher.Match(folders).Files.Select(file => file.Path);
    }

    private static ImmutableArray<MemberPattern> Read(YamlNode? node, string key, DiagnosticBag bag)
    {
        switch (node)
        {
            case null or YamlScalar { IsNull: true }:
                return [];
            case YamlScalar single:
                return Read(single, bag) is { } one ? [one] : [];
            case YamlSequence list:
                foreach (var item in list.Items.Where(item => item is not YamlScalar { IsNull: false }))
                {
                    bag.Add(Errors.WrongKind(item.Span, $"an entry of `{key}`", "a folder's path or a glob", item.Kind));
                }

                var texts = list.Items.OfType<YamlScalar>().Where(item => !item.IsNull);
                return [.. texts.Select(text => Read(text, bag)).OfType<MemberPattern>()];
            default:
                bag.Add(Errors.WrongKind(node.Span, key, "a list of folders", node.Kind));
                return [];
        }
    }

    private static MemberPattern? Read(YamlScalar text, DiagnosticBag bag)
    {
        var path = text.Value.Trim().TrimEnd('/');
        path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        var problem =
            text.Value.StartsWith('/') || path is [_, ':', ..] ? ("it is absolute", "begin with a folder of this project")
            : path.Contains('\\', StringComparison.Ordinal) ? ("it holds a `\\`", "write `/` between folders, on every system")
            : path.Split('/').Any(part => part is "" or "." or "..")
                ? ("it has a part that is empty, `.` or `..`", "name a folder below this one; a project's own program is its `service`")
            : path.AsSpan().IndexOfAny(Meaningless) is var at and >= 0
                ? ($"`{path[at]}` has no meaning here", "use `*` (part of one folder's name) and `**` (any folders); `exclude` leaves out")
            : default((string What, string Hint)?);
        if (problem is not { } found)
        {
            return new MemberPattern(path, text.Span);
        }

        bag.Add(Errors.BadMemberPattern(text.Span, text.Value, found.What, found.Hint));
        return null;
    }
}
