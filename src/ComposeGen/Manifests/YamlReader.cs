using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ComposeGen.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ComposeGen.Manifests;

/// <summary>
/// Text → one YAML tree with positions, through YamlDotNet's event parser. Anchors, aliases and merge keys are resolved as
/// Compose resolves them; duplicate keys, keys that are not texts, second documents and trees that are too deep or
/// grow too large through aliases are refused.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>How deep collections may nest; a Compose file needs about ten levels.</summary>
    public const int MaxDepth = 100;

    /// <summary>How many values a file may come to, with its aliases written out.</summary>
    public const int MaxNodes = 250_000;

    /// <summary>The same for the generated file, which has everything of all projects in it.</summary>
    public const int MaxGenerated = 20_000_000;

    // YAML itself takes 1,024 characters of a key that stands before its colon in one line, quotes and escapes included.
    private const int LongestKey = 500;

    private readonly int _most;
    private readonly SourceText _source;
    private readonly DiagnosticBag _bag;
    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, YamlNode> _anchors = [];

    // What the collections that are being read have so far, the innermost one's last.
    private readonly List<YamlEntry> _entries = [];
    private readonly List<YamlNode> _items = [];
    private long _nodes;
    private int _depth;

    private YamlReader(SourceText source, DiagnosticBag bag, int most)
    {
        (_source, _bag, _most) = (source, bag, most);
        _parser = new Parser(new StringReader(source.Text));
    }

    /// <summary>The document; null for an empty one, or with a diagnostic where the text is not such a document.</summary>
    public static YamlNode? Read(SourceText source, DiagnosticBag bag, int most = MaxNodes)
    {
        var reader = new YamlReader(source, bag, most);
        try
        {
            return reader.Document();
        }
        catch (AbandonException)
        {
            return null;
        }
        catch (YamlException e)
        {
            bag.Add(reader.SyntaxError(e));
            return null;
        }
        // The parser throws these of its own on broken input (an unclosed `[`, an escape beyond Unicode) instead of YamlException.
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            var at = reader._parser.Current?.End ?? Mark.Empty;
            bag.Add(Errors.YamlSyntax(reader.Span(at, at), "this is not YAML: a bracket, a quote or an escape is not complete", null));
            return null;
        }
    }

    private YamlNode? Document()
    {
        Next<StreamStart>();
        _parser.MoveNext();
        if (_parser.Current is StreamEnd)
        {
            return null;
        }

        _parser.MoveNext();
        var root = Node();
        Next<DocumentEnd>();
        _parser.MoveNext();
        if (_parser.Current is DocumentStart second)
        {
            throw Abandon(Errors.SecondDocument(Span(second.Start, second.End)));
        }

        return root is YamlScalar { IsNull: true } ? null : root;
    }

    // Reads the node whose first event is current, and stays on its last event.
    private YamlNode Node()
    {
        var current = _parser.Current!;
        if (current is AnchorAlias alias)
        {
            return Alias(alias);
        }

        if (++_nodes > _most)
        {
            throw Abandon(Errors.YamlTooLarge(Span(current.Start, current.Start), _most));
        }

        var node = current switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart or MappingStart => Nested((NodeEvent)current),
            _ => throw new InvalidOperationException($"unexpected {current}"),
        };
        if (current is NodeEvent { Tag.IsEmpty: false } tagged && MergeTags.Of(tagged.Tag.Value) is var tag and not MergeTag.None)
        {
            node = node with { Tag = tag };
        }

        if (current is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor] = node;
        }

        return node;
    }

    private YamlNode Alias(AnchorAlias alias)
    {
        var span = Span(alias.Start, alias.End);
        if (!_anchors.TryGetValue(alias.Value, out var target))
        {
            throw Abandon(Errors.UnknownAnchor(span, alias.Value.Value, [.. _anchors.Keys.Select(key => key.Value)]));
        }

        _nodes += target.Weight;
        return _nodes > _most ? throw Abandon(Errors.YamlTooLarge(span, _most)) : target;
    }

    private YamlScalar ReadScalar(Scalar scalar)
    {
        CheckTag(scalar);
        var isPlain = scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || MergeTags.Of(scalar.Tag.Value) != MergeTag.None);
        return new YamlScalar(SharedTexts.Of(scalar.Value), isPlain, Span(scalar.Start, scalar.End));
    }

    private YamlNode Nested(NodeEvent start)
    {
        CheckTag(start);
        if (++_depth > MaxDepth)
        {
            throw Abandon(Errors.YamlTooDeep(Span(start.Start, start.Start), MaxDepth));
        }

        YamlNode node = start is MappingStart ? ReadMapping(start) : ReadSequence(start);
        _depth--;
        return node;
    }

    private YamlSequence ReadSequence(NodeEvent start)
    {
        var first = _items.Count;
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            _items.Add(Node());
        }

        return new YamlSequence(TakeFrom(_items, first), Span(start.Start, start.Start));
    }

    private static ImmutableArray<T> TakeFrom<T>(List<T> stack, int first)
    {
        var taken = ImmutableArray.Create(CollectionsMarshal.AsSpan(stack)[first..]);
        stack.RemoveRange(first, stack.Count - first);
        return taken;
    }

    private YamlMapping ReadMapping(NodeEvent start)
    {
        var first = _entries.Count;
        Dictionary<string, SourceSpan>? keys = null;
        List<YamlNode>? merges = null;
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var keyNode = Node();
            var key = keyNode as YamlScalar ?? throw Abandon(Errors.KeyNotText(keyNode.Span));
            if (key.Value.Length > LongestKey)
            {
                _bag.Add(Errors.KeyTooLong(key.Span with { Length = 1 }, LongestKey));
            }

            _parser.MoveNext();
            var value = Node();
            if (key is { IsPlain: true, Value: "<<" })
            {
                (merges ??= []).Add(value);
            }
            else if (Earlier(key.Value, first, ref keys) is { } earlier)
            {
                _bag.Add(Errors.DuplicateKey(key.Span, key.Value, earlier));
            }
            else
            {
                Add(new YamlEntry(key, value), keys);
            }
        }

        foreach (var merge in merges ?? [])
        {
            Merge(merge, first, ref keys);
        }

        return new YamlMapping(TakeFrom(_entries, first), Span(start.Start, start.Start));
    }

    private void Add(YamlEntry entry, Dictionary<string, SourceSpan>? keys)
    {
        _entries.Add(entry);
        keys?.Add(entry.Name, entry.Key.Span);
    }

    // Where the mapping has a key already. Few have more keys than are looked through as quickly.
    private SourceSpan? Earlier(string name, int first, ref Dictionary<string, SourceSpan>? keys)
    {
        const int Few = 16;
        if (keys is null && _entries.Count - first < Few)
        {
            for (var i = first; i < _entries.Count; i++)
            {
                if (_entries[i].Name == name)
                {
                    return _entries[i].Key.Span;
                }
            }

            return null;
        }

        keys ??= _entries[first..].ToDictionary(entry => entry.Name, entry => entry.Key.Span, StringComparer.Ordinal);
        return keys.TryGetValue(name, out var span) ? span : null;
    }

    // YAML's merge key: what the mapping says itself wins, then the earlier of the merged ones.
    private void Merge(YamlNode merge, int first, ref Dictionary<string, SourceSpan>? keys)
    {
        switch (merge)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    if (Earlier(entry.Name, first, ref keys) is null)
                    {
                        Add(entry, keys);
                    }
                }

                break;
            case YamlSequence sequence when sequence.Items.All(item => item is YamlMapping):
                foreach (var item in sequence.Items)
                {
                    Merge(item, first, ref keys);
                }

                break;
            default:
                _bag.Add(Errors.MergeNotMapping(merge.Span));
                break;
        }
    }

    private void CheckTag(NodeEvent node)
    {
        const string CoreSchema = "tag:yaml.org,2002:";
        if (
            !node.Tag.IsEmpty
            && !node.Tag.IsNonSpecific
            && !node.Tag.Value.StartsWith(CoreSchema, StringComparison.Ordinal)
            && MergeTags.Of(node.Tag.Value) == MergeTag.None
        )
        {
            _bag.Add(Errors.UnknownTag(Span(node.Start, node.Start), node.Tag.Value));
        }
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (!_parser.MoveNext() || _parser.Current is not T)
        {
            throw new InvalidOperationException($"expected {typeof(T).Name}, found {_parser.Current}");
        }
    }

    private SourceSpan Span(Mark start, Mark end)
    {
        var length = end.Line == start.Line ? Math.Max(1, end.Column - start.Column) : 1;
        return new SourceSpan(_source.File, Math.Max(1, (int)start.Line), Math.Max(1, (int)start.Column), (int)length);
    }

    private Diagnostic SyntaxError(YamlException e)
    {
        // YamlDotNet reports a tab used as indentation at 1:1, so the place is looked for here.
        var tab = TabIndentation();
        return tab is { } span && (e.Start.Line <= 1 || e.Start.Line == span.Line)
            ? Errors.TabIndentation(span)
            : Errors.YamlSyntax(IsKeyAfterValue(e) ? KeyAt(e.Start) : Span(e.Start, e.End), Reason(e), Mend(e));
    }

    // A line like a key's, where what stands before it has a value already: indented wrongly, most of the time.
    private bool IsKeyAfterValue(YamlException e) => e.Message.Contains("invalid mapping", StringComparison.Ordinal) && !HasColonBefore(e.Start);

    // The reader stops at the colon.
    private SourceSpan KeyAt(Mark colon)
    {
        var index = (int)Math.Min(colon.Index, _source.Text.Length);
        var line = _source.Text.LastIndexOf('\n', Math.Max(0, index - 1)) + 1;
        var start = line + _source.Text.AsSpan(line, index - line).IndexOfAnyExcept(' ');
        return _source.At(start, Math.Max(1, index - start));
    }

    private SourceSpan? TabIndentation()
    {
        var start = 0;
        foreach (var line in _source.Text.Split('\n'))
        {
            var indent = line.Length - line.TrimStart(' ').Length;
            if (indent < line.Length && line[indent] == '\t' && line.AsSpan().Trim().Length > 0)
            {
                return _source.At(start + indent, 1);
            }

            start += line.Length + 1;
        }

        return null;
    }

    private string Reason(YamlException e)
    {
        if (IsKeyAfterValue(e))
        {
            return "a key cannot stand here: what stands before it has a value already";
        }

        if (e.Message.Contains("invalid mapping", StringComparison.Ordinal))
        {
            return "a value without quotes cannot hold `: `";
        }

        var message = e.Message.TrimEnd('.');
        var isWhile = message.StartsWith("While ", StringComparison.Ordinal);
        return isWhile ? "w" + message[1..]
            : message.Length > 0 ? char.ToLowerInvariant(message[0]) + message[1..]
            : "this is not YAML";
    }

    private string? Mend(YamlException e)
    {
        const string Indent = "is this line indented like its neighbours?";
        return e.Message switch
        {
            // The first colon of a line ends its key: a value that cannot take one starts on the line before.
            var message when message.Contains("invalid mapping", StringComparison.Ordinal) => HasColonBefore(e.Start)
                ? "put the value in quotes if the colon belongs to it"
                : Indent,
            var message
                when message.Contains("expected key", StringComparison.Ordinal) || message.Contains("block", StringComparison.Ordinal) =>
                Indent,
            var message when message.Contains("end of stream", StringComparison.Ordinal) => "what is opened here is never closed",
            _ => null,
        };
    }

    private bool HasColonBefore(Mark mark)
    {
        var index = (int)Math.Min(mark.Index, _source.Text.Length);
        var line = _source.Text.AsSpan(0, index);
        return line[(line.LastIndexOf('\n') + 1)..].Contains(':');
    }

    private AbandonException Abandon(Diagnostic diagnostic)
    {
        _bag.Add(diagnostic);
        return new AbandonException();
    }

    // Leaves the recursion where going on would only produce follow-ups; never leaves this class.
#pragma warning disable CA1032 // It carries nothing: the diagnostic is in the bag.
    private sealed class AbandonException : Exception;
#pragma warning restore CA1032
}
