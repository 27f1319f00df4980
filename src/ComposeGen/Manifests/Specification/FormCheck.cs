using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests.Specification;

/// <summary>
/// Whether a tree has the keys and values that <see cref="ComposeTable"/> knows, where they may stand. A value with a variable
/// in it is judged by what it comes to where nothing is set; without a default, it may be anything.
/// </summary>
internal sealed class FormCheck(DiagnosticBag bag)
{
    /// <summary>Reports everything below <paramref name="root"/> that cannot stand where it does.</summary>
    /// <param name="root">A mapping of the section, or something else, which is then its holder's to report.</param>
    /// <param name="section">The section's name.</param>
    /// <param name="own">Another section whose keys may stand there too.</param>
    public void Section(YamlNode root, string section, string? own = null)
    {
        if (root is YamlMapping mapping)
        {
            Keys(mapping, ComposeTable.Section(section), string.Empty, own is null ? null : ComposeTable.Section(own));
        }
    }

    private void Keys(YamlMapping mapping, Section section, string where, Section? own = null)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            if (bag.IsFull(key.Span.File))
            {
                return;
            }

            if ((section[key.Value] ?? own?[key.Value]) is { } known)
            {
                Value(value, known.Form, key.Value, key.Span);
            }
            else if (!key.Value.StartsWith("x-", StringComparison.Ordinal))
            {
                bag.Add(Errors.UnknownKey(key.Span, key.Value, [.. section.Names, .. own?.Names ?? []]));
            }
        }

        foreach (var key in section.Required)
        {
            if (mapping.Contains(key.Name))
            {
                continue;
            }

            // A misspelt one has been reported as what it is.
            if (!mapping.Names.Any(name => section[name] is null && Suggest.Nearest(name, [key.Name]) is not null))
            {
                bag.Add(Errors.MissingKey(mapping.Span, where, key.Name, key.Form.Description));
            }
        }
    }

    private void Value(YamlNode value, Form form, string name, SourceSpan keySpan)
    {
        switch (value)
        {
            case YamlMapping mapping when form.Section is { } shape:
                Keys(mapping, ComposeTable.Section(shape.Section), name);
                break;
            case YamlMapping mapping when form.Names is { } shape:
                // Who reads services says more of one that is no mapping.
                foreach (var entry in mapping.Entries)
                {
                    if (name != "services" || entry.Value is YamlMapping)
                    {
                        Value(entry.Value, shape.Values, entry.Name, entry.Key.Span);
                    }
                }

                break;
            case YamlSequence list when form.List is { } shape:
                List(list, shape, name);
                break;
            case YamlScalar scalar:
                Scalar(scalar, form, name, keySpan);
                break;
            default:
                bag.Add(Errors.WrongKind(value.Span, Shown(name), form.Description, value.Kind) with { IsGeneral = true });
                break;
        }
    }

    private void List(YamlSequence list, ListShape shape, string name)
    {
        var seen = shape.IsUnique ? new Dictionary<string, SourceSpan>(StringComparer.Ordinal) : null;
        var itemName = $"an item of {name}";
        foreach (var item in list.Items)
        {
            Value(item, shape.Items, itemName, item.Span);
            if (seen is not null && item is YamlScalar scalar && !seen.TryAdd(scalar.Value, scalar.Span))
            {
                bag.Add(Errors.ItemTwice(scalar.Span, name, scalar.Value).With(seen[scalar.Value], "first given here"));
            }
        }
    }

    private void Scalar(YamlScalar scalar, Form form, string name, SourceSpan keySpan)
    {
        var kind = PlainKinds.Of(scalar);
        var types = form.Scalars;
        if (kind == PlainKind.Null)
        {
            if (!form.MayBeNothing)
            {
                bag.Add(Errors.NoValue(scalar.Value.Length == 0 ? keySpan : scalar.Span, Shown(name), form.Description) with { IsGeneral = true });
            }
        }
        else if (types.IsEmpty)
        {
            bag.Add(Errors.WrongKind(scalar.Span, Shown(name), form.Description, scalar.Kind) with { IsGeneral = true });
        }
        // The tool quotes a date, which Compose would refuse wherever it stands.
        else if (kind is PlainKind.Text or PlainKind.Date)
        {
            var meant = Meant(scalar.Value);
            if (!Take(types, meant))
            {
                Refuse(scalar, types, name, meant ?? scalar.Value);
            }
        }
        else if (types.FirstOrDefault(type => type.Kinds.Contains(kind)) is not { } type)
        {
            Refuse(scalar, types, name, scalar.Value);
        }
        else if (Number(scalar) is { } number && !type.IsWithin(number))
        {
            bag.Add(Errors.BadValue(scalar.Span, Shown(name), type.Expected, scalar.Value, type.Example) with { IsGeneral = true });
        }
    }

    private static bool Take(ImmutableArray<ScalarType> types, string? text)
    {
        foreach (var type in types)
        {
            if (text is null ? type.TakesText : type.Takes(text))
            {
                return true;
            }
        }

        return false;
    }

    private void Refuse(YamlScalar scalar, ImmutableArray<ScalarType> types, string name, string text)
    {
        if (types.FirstOrDefault(type => !type.Values.IsEmpty) is { } choice)
        {
            bag.Add(Errors.NotOneOf(scalar.Span, Shown(name), text, choice.Values) with { IsGeneral = true });
        }
        else if (types.FirstOrDefault(type => type.Pattern is not null || !type.TakesText) is { } type)
        {
            bag.Add(Errors.BadValue(scalar.Span, Shown(name), type.Expected, text, type.Example) with { IsGeneral = true });
        }
        else
        {
            bag.Add(Errors.NotText(scalar.Span, Shown(name), scalar.Value) with { IsGeneral = true });
        }
    }

    private static string Shown(string name) => name.StartsWith("an item of ", StringComparison.Ordinal) ? $"an item of `{name[11..]}`" : $"`{name}`";

    // Null where that is not known: it has a variable without a default.
    private static string? Meant(string text) =>
        !text.Contains('$', StringComparison.Ordinal) ? text
        : VariableText.HasVariable(text) ? VariableText.Default(text)
        : text;

    private static decimal? Number(YamlScalar scalar) =>
        PlainValue.Text(scalar) is { } text && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
