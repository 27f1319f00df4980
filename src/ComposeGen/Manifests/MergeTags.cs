using System.Collections.Immutable;

namespace ComposeGen.Manifests;

/// <summary>What a tag says about merging: <c>!reset</c> takes away what an earlier file said, <c>!override</c> puts this in its place.</summary>
internal enum MergeTag
{
    None,
    Reset,
    Override,
}

/// <summary>The tags <c>!reset</c> and <c>!override</c> (Compose Specification, chapter Merge).</summary>
internal static class MergeTags
{
    public static MergeTag Of(string tag) =>
        tag switch
        {
            "!reset" => MergeTag.Reset,
            "!override" => MergeTag.Override,
            _ => MergeTag.None,
        };

    /// <summary>What is left of <paramref name="main"/> when everything that <paramref name="over"/> has a tag on is taken away.</summary>
    public static YamlNode Clear(YamlNode main, YamlNode over) =>
        (main, over) switch
        {
            (YamlMapping map, YamlMapping tags) => map with { Entries = [.. map.Entries.SelectMany(entry => Cleared(entry, tags))] },
            // A variable, a label or a network may have been given in a list before.
            (YamlSequence list, YamlMapping tags) => list with
            {
                Items = [.. list.Items.Where(item => item is not YamlScalar text || !IsTagged(tags, text.Value.Split('=')[0]))],
            },
            _ => main,
        };

    /// <summary>The tree without tags: what is to be reset is not there, and what overrides is as any other value.</summary>
    public static YamlNode Settle(YamlNode node) =>
        node switch
        {
            YamlMapping map => map with
            {
                Tag = MergeTag.None,
                Entries =
                [
                    .. map
                        .Entries.Where(entry => entry.Value.Tag != MergeTag.Reset)
                        .Select(entry => entry with { Value = Settle(entry.Value) }),
                ],
            },
            YamlSequence list => list with
            {
                Tag = MergeTag.None,
                Items = [.. list.Items.Where(item => item.Tag != MergeTag.Reset).Select(Settle)],
            },
            _ => node with { Tag = MergeTag.None },
        };

    private static ImmutableArray<YamlEntry> Cleared(YamlEntry entry, YamlMapping tags) =>
        tags[entry.Name] switch
        {
            null => [entry],
            { Tag: MergeTag.None } below => [entry with { Value = Clear(entry.Value, below) }],
            _ => [],
        };

    private static bool IsTagged(YamlMapping tags, string name) => tags[name] is { Tag: not MergeTag.None };
}
