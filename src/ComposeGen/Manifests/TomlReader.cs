using ComposeGen.Diagnostics;
using Tomlyn.Parsing;
using Tomlyn.Syntax;
using SourceSpan = ComposeGen.Diagnostics.SourceSpan;
using TomlSpan = Tomlyn.Syntax.SourceSpan;

namespace ComposeGen.Manifests;

/// <summary>
/// Text → the same kind of tree that YAML gives, with positions, through Tomlyn's syntax tree: a table is a mapping, an
/// array (of tables too) a list, a string a text, and every other value a plain scalar as it was written.
/// </summary>
internal static class TomlReader
{
    // The parser goes down with the nesting, and a stack overflow cannot be caught. A project's file needs five levels.
    private const int MaxDepth = 100;

    /// <summary>The document; null with a diagnostic where the text is not TOML.</summary>
    public static YamlMapping? Read(SourceText source, DiagnosticBag bag)
    {
        if (TooDeep(source.Text) is { } index)
        {
            bag.Add(Errors.YamlTooDeep(source.At(index, 1), MaxDepth));
            return null;
        }

        if (Parse(source) is not { } document)
        {
            var at = Math.Max(0, source.Text.IndexOf("\\U", StringComparison.Ordinal));
            bag.Add(Errors.TomlSyntax(source.At(at, 2), "an escape here is no character"));
            return null;
        }

        if (document.HasErrors)
        {
            var error = document.Diagnostics.First(message => message.Kind == DiagnosticMessageKind.Error);
            bag.Add(Errors.TomlSyntax(Place(source, error.Span), error.Message.TrimEnd('.')));
            return null;
        }

        var root = new Table(source.At(0, 1));
        Fill(root, document.KeyValues, source);
        foreach (var table in document.Tables)
        {
            Fill(root.Descend(Names(table.Name!, source), isItem: table is TableArraySyntax), table.Items, source);
        }

        return root.ToMapping();
    }

    // It throws at an escape beyond Unicode, instead of saying so.
    private static DocumentSyntax? Parse(SourceText source)
    {
        try
        {
            return SyntaxParser.Parse(source.Text, source.File, validate: true);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static void Fill(Table table, IEnumerable<KeyValueSyntax> items, SourceText source)
    {
        foreach (var item in items)
        {
            var names = Names(item.Key!, source);
            table.Descend(names[..^1], isItem: false).Set(names[^1], Value(item.Value!, source));
        }
    }

    private static object Value(ValueSyntax value, SourceText source)
    {
        var span = Place(source, value.Span);
        switch (value)
        {
            case StringValueSyntax text:
                return new YamlScalar(text.Value ?? string.Empty, false, span);
            case ArraySyntax array:
                return new YamlSequence([.. array.Items.Select(item => ToNode(Value(item.Value!, source)))], span);
            case InlineTableSyntax inline:
                var table = new Table(span);
                Fill(table, inline.Items.Select(item => item.KeyValue!), source);
                return table;
            default:
                return new YamlScalar(value.ToString().Trim(), true, span);
        }
    }

    private static YamlNode ToNode(object value) => value is Table table ? table.ToMapping() : (YamlNode)value;

    private static List<YamlScalar> Names(KeySyntax key, SourceText source) =>
        [Name(key.Key!, source), .. key.DotKeys.Take(MaxDepth).Select(part => Name(part.Key!, source))];

    private static YamlScalar Name(BareKeyOrStringValueSyntax key, SourceText source) =>
        new(key is StringValueSyntax quoted ? quoted.Value ?? string.Empty : key.ToString().Trim(), false, Place(source, key.Span));

    private static SourceSpan Place(SourceText source, TomlSpan span)
    {
        // Tomlyn counts lines and columns from zero, and its ends are inclusive.
        var length = span.Start.Line == span.End.Line ? Math.Max(1, span.End.Column - span.Start.Column + 1) : 1;
        return new SourceSpan(source.File, span.Start.Line + 1, span.Start.Column + 1, length);
    }

    // Counts brackets in texts and comments too, which a file that is not made to do harm has few of.
    private static int? TooDeep(string text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch
            {
                '[' or '{' => 1,
                ']' or '}' => -1,
                _ => 0,
            };
            if (depth > MaxDepth)
            {
                return i;
            }
        }

        return null;
    }

    // TOML fills a table from several places, so it is only complete at the end.
    private sealed class Table(SourceSpan span)
    {
        private readonly List<YamlScalar> _keys = [];
        private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

        public void Set(YamlScalar key, object value)
        {
            if (_values.TryAdd(key.Value, value))
            {
                _keys.Add(key);
            }
        }

        /// <summary>The table below these names; with <paramref name="isItem"/> the last of them is a list's next table.</summary>
        public Table Descend(List<YamlScalar> names, bool isItem)
        {
            var table = this;
            for (var i = 0; i < names.Count; i++)
            {
                table = table.Child(names[i], isItem && i == names.Count - 1);
            }

            return table;
        }

        public YamlMapping ToMapping()
        {
            var entries = _keys.Select(key => new YamlEntry(
                key,
                _values[key.Value] is List<Table> list
                    ? new YamlSequence([.. list.Select(table => (YamlNode)table.ToMapping())], key.Span)
                    : ToNode(_values[key.Value])
            ));
            return new YamlMapping([.. entries], span);
        }

        private Table Child(YamlScalar name, bool isItem)
        {
            if (!_values.ContainsKey(name.Value))
            {
                Set(name, isItem ? new List<Table>() : new Table(name.Span));
            }

            var value = _values[name.Value];
            if (value is List<Table> list && (isItem || list.Count == 0))
            {
                list.Add(new Table(name.Span));
            }

            // What is neither is given twice as two kinds of thing, which the parser has refused.
            return value as Table ?? (value as List<Table>)?[^1] ?? new Table(name.Span);
        }
    }
}
