using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// A YAML value and where it stands. What the tool does not need to understand travels from descriptor to output as such
/// a tree. <see cref="Weight"/> counts the nodes below and with this one, as often as aliases repeat them.
/// </summary>
internal abstract record YamlNode(SourceSpan Span, int Weight)
{
    public int Weight { get; private protected set; } = Weight;

    /// <summary>What this does to the same place of an earlier file.</summary>
    public MergeTag Tag { get; init; }

    /// <summary>What the user calls it: "a text", "a list", "a mapping".</summary>
    public abstract string Kind { get; }

    /// <summary>Whether both say the same, wherever they stand.</summary>
    public static bool Same(YamlNode? a, YamlNode? b) =>
        (a, b) switch
        {
            (null, null) => true,
            (YamlScalar x, YamlScalar y) => x.Value == y.Value && x.IsPlain == y.IsPlain,
            (YamlSequence x, YamlSequence y) => x.Items.Length == y.Items.Length && x.Items.Zip(y.Items).All(p => Same(p.First, p.Second)),
            (YamlMapping x, YamlMapping y) => x.Entries.Length == y.Entries.Length
                && x.Entries.All(e => y.Contains(e.Name) && Same(e.Value, y[e.Name])),
            _ => false,
        };
}

/// <summary>
/// A scalar with its text as written. <see cref="IsPlain"/>: written without quotes, so that it may mean a number, a
/// boolean or null; which of them is for Compose to say, and it is passed on as it was written.
/// </summary>
internal sealed record YamlScalar(string Value, bool IsPlain, SourceSpan Span) : YamlNode(Span, 1)
{
    public override string Kind => IsNull ? "empty" : "a text";

    /// <summary>A text of many lines that people read: it is written as a block where it can be.</summary>
    public bool IsBlock { get; init; }

    /// <summary>Nothing, <c>~</c> or <c>null</c> without quotes.</summary>
    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";
}

internal sealed record YamlSequence(ImmutableArray<YamlNode> Items, SourceSpan Span) : YamlNode(Span, YamlWeight.Of(Items))
{
    /// <summary>The items. A copy with others weighs what those do.</summary>
    public ImmutableArray<YamlNode> Items
    {
        get;
        init
        {
            field = value;
            Weight = YamlWeight.Of(value);
        }
    } = Items;

    public override string Kind => "a list";
}

internal readonly record struct YamlEntry(YamlScalar Key, YamlNode Value)
{
    public string Name => Key.Value;
}

/// <summary>A mapping in the order it was written; keys are texts and stand once.</summary>
internal sealed record YamlMapping(ImmutableArray<YamlEntry> Entries, SourceSpan Span) : YamlNode(Span, YamlWeight.Of(Entries))
{
    // Most mappings have a handful of keys, where looking through them is quicker than a table.
    private const int Few = 16;
    private Dictionary<string, YamlNode>? _byName;

    // A copy with other entries must not answer from the table of the old ones.
    private YamlMapping(YamlMapping original)
        : base(original) => Entries = original.Entries;

    /// <summary>The entries. A copy with others weighs what those do.</summary>
    public ImmutableArray<YamlEntry> Entries
    {
        get;
        init
        {
            field = value;
            Weight = YamlWeight.Of(value);
        }
    } = Entries;

    public override string Kind => "a mapping";

    public IEnumerable<string> Names => Entries.Select(entry => entry.Name);

    /// <summary>The value under a key; null where there is none.</summary>
    public YamlNode? this[string name]
    {
        get
        {
            if (Entries.Length > Few)
            {
                _byName ??= Entries.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
                return _byName.GetValueOrDefault(name);
            }

            foreach (var entry in Entries)
            {
                if (entry.Name == name)
                {
                    return entry.Value;
                }
            }

            return null;
        }
    }

    public bool Contains(string name) => this[name] is not null;

    /// <summary>The mapping with this value under the key: in the place of the old one, else at the end.</summary>
    public YamlMapping With(string name, YamlNode value)
    {
        for (var i = 0; i < Entries.Length; i++)
        {
            if (Entries[i].Name == name)
            {
                return new YamlMapping(Entries.SetItem(i, Entries[i] with { Value = value }), Span) { Tag = Tag };
            }
        }

        return new YamlMapping(Entries.Add(new YamlEntry(new YamlScalar(name, false, value.Span), value)), Span) { Tag = Tag };
    }
}

internal static class YamlWeight
{
    public static int Of(ImmutableArray<YamlNode> items)
    {
        var sum = 1L;
        foreach (var item in items)
        {
            sum += item.Weight;
        }

        return (int)Math.Min(sum, int.MaxValue);
    }

    public static int Of(ImmutableArray<YamlEntry> entries)
    {
        var sum = 1L;
        foreach (var entry in entries)
        {
            sum += 1 + entry.Value.Weight;
        }

        return (int)Math.Min(sum, int.MaxValue);
    }
}

/// <summary>Trees made by the tool itself; <paramref name="at"/> says which place of the user's they stand for.</summary>
internal readonly struct YamlFactory(SourceSpan at)
{
    public YamlScalar Text(string value) => new(value, false, at);

    public YamlScalar Number(int value) => new(value.ToString(CultureInfo.InvariantCulture), true, at);

    public YamlScalar Bool(bool value) => new(value ? "true" : "false", true, at);

    public YamlSequence List(params IEnumerable<YamlNode> items) => new([.. items], at);

    public YamlMapping Map(params IEnumerable<(string Key, YamlNode Value)> entries)
    {
        var copy = this;
        return new([.. entries.Select(entry => new YamlEntry(copy.Text(entry.Key), entry.Value))], at);
    }
}
