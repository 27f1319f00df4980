using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// Several Compose files into one (Compose Specification, chapter Merge): mappings merge key by key, lists are joined, a
/// single value is replaced; commands are replaced as a whole, and what may stand only once in a list is replaced by
/// what it is known by.
/// </summary>
internal static class ComposeMerge
{
    /// <summary>Two whole files. What the later one has tags on is first taken away from the earlier one.</summary>
    public static YamlMapping Files(YamlMapping main, YamlMapping over, DiagnosticBag bag) =>
        (YamlMapping)Tagged(main, over, string.Empty, bag);

    /// <summary>A service on top of the one that it extends (chapter extends).</summary>
    public static YamlMapping Service(YamlMapping main, YamlMapping over, DiagnosticBag bag) =>
        (YamlMapping)Tagged(main, over, "services/*", bag);

    /// <summary>An entry of a top-level section that an included file has too.</summary>
    public static YamlNode Resource(string section, YamlNode main, YamlNode over, DiagnosticBag bag) =>
        Tagged(main, over, $"{section}/*", bag);

    private static YamlNode Tagged(YamlNode main, YamlNode over, string path, DiagnosticBag bag) =>
        Merge(MergeTags.Clear(main, over), MergeTags.Settle(over), path, bag);

    private static YamlNode Merge(YamlNode main, YamlNode over, string path, DiagnosticBag bag)
    {
        if (MergeRules.IsReplaced(path))
        {
            return over;
        }

        // Nothing said is nothing changed.
        if (over is YamlScalar { IsNull: true })
        {
            return main;
        }

        if (main is YamlScalar { IsNull: true })
        {
            return over;
        }

        (main, over) = MergeRules.Alike(main, over, path);
        switch (main, over)
        {
            case (YamlMapping first, YamlMapping second):
                return MergeRules.IsOfAnotherDriver(first, second, path) ? second : Mappings(first, second, path, bag);
            case (YamlSequence first, YamlSequence second):
                return Unique(first with { Items = [.. first.Items, .. second.Items], Span = second.Span }, path);
            case (YamlScalar, YamlScalar):
                return over;
            default:
                bag.Add(Errors.CannotMerge(over.Span, over.Kind, main.Kind).With(main.Span, "the other one"));
                return over;
        }
    }

    private static YamlMapping Mappings(YamlMapping main, YamlMapping over, string path, DiagnosticBag bag)
    {
        var entries = main.Entries.ToBuilder();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            index[entries[i].Name] = i;
        }

        foreach (var entry in over.Entries)
        {
            if (!index.TryGetValue(entry.Name, out var at))
            {
                entries.Add(entry);
            }
            else
            {
                // Of a list of settings, the later one counts, even where it says nothing: the variable is then taken over.
                var value = MergeRules.HasSettings(path)
                    ? entry.Value
                    : Merge(entries[at].Value, entry.Value, MergeRules.Below(path, entry.Name), bag);
                entries[at] = new YamlEntry(entry.Key, value);
            }
        }

        return new YamlMapping(entries.DrainToImmutable(), over.Span);
    }

    private static YamlSequence Unique(YamlSequence list, string path)
    {
        if (MergeRules.KnownBy(path) is not { } keyOf)
        {
            return list;
        }

        var items = ImmutableArray.CreateBuilder<YamlNode>();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (keyOf(item) is { } key && !index.TryAdd(key, items.Count))
            {
                items[index[key]] = item;
            }
            else
            {
                items.Add(item);
            }
        }

        return list with
        {
            Items = items.DrainToImmutable(),
        };
    }
}
