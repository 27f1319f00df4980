using System.Text.Json;
using ComposeGen.Manifests.Specification;

namespace ComposeGen.Cli;

/// <summary>What may stand at a key of <see cref="ComposeTable"/>, in the words of JSON Schema.</summary>
internal static class FormSchema
{
    public static void Write(Utf8JsonWriter json, Form form)
    {
        if (form.Shapes is [var only])
        {
            WriteShape(json, only);
            return;
        }

        json.WriteStartArray("anyOf");
        foreach (var shape in form.Shapes)
        {
            json.WriteStartObject();
            WriteShape(json, shape);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteShape(Utf8JsonWriter json, Shape shape)
    {
        switch (shape)
        {
            case NullShape:
                json.WriteString("type", "null");
                break;
            case SectionShape section:
                // What stands beside a reference, a description say, does not count in this draft.
                json.WriteStartArray("allOf");
                json.WriteStartObject();
                json.WriteString("$ref", $"#/definitions/{section.Section}");
                json.WriteEndObject();
                json.WriteEndArray();
                break;
            case ListShape list:
                json.WriteString("type", "array");
                json.WriteStartObject("items");
                Write(json, list.Items);
                json.WriteEndObject();
                if (list.IsUnique)
                {
                    json.WriteBoolean("uniqueItems", true);
                }

                break;
            case NamesShape names:
                json.WriteString("type", "object");
                json.WriteStartObject("additionalProperties");
                Write(json, names.Values);
                json.WriteEndObject();
                break;
            case ScalarShape { Type: var type }:
                WriteType(json, type);
                break;
        }
    }

    private static void WriteType(Utf8JsonWriter json, ScalarType type)
    {
        if (type.Kinds.IsEmpty)
        {
            WriteText(json, type);
        }
        else if (!type.TakesText)
        {
            WriteKind(json, type);
        }
        else
        {
            json.WriteStartArray("anyOf");
            json.WriteStartObject();
            WriteKind(json, type);
            json.WriteEndObject();
            json.WriteStartObject();
            WriteText(json, type);
            json.WriteEndObject();
            json.WriteEndArray();
        }
    }

    private static void WriteKind(Utf8JsonWriter json, ScalarType type)
    {
        json.WriteString(
            "type",
            type.Kinds.Contains(PlainKind.Boolean) ? "boolean"
                : type.Kinds.Contains(PlainKind.Float) ? "number"
                : "integer"
        );
        if (type.Least is { } least)
        {
            json.WriteNumber("minimum", least);
        }

        if (type.Most is { } most)
        {
            json.WriteNumber("maximum", most);
        }
    }

    private static void WriteText(Utf8JsonWriter json, ScalarType type)
    {
        if (!type.Values.IsEmpty)
        {
            json.WriteStartArray("anyOf");
            json.WriteStartObject();
            json.WriteStartArray("enum");
            foreach (var value in type.Values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartObject();
            json.WriteString("type", "string");
            json.WriteString("pattern", @"\$");
            json.WriteEndObject();
            json.WriteEndArray();
            return;
        }

        json.WriteString("type", "string");
        if (type.Pattern is { } pattern)
        {
            json.WriteString("pattern", $@"{pattern}|\$");
        }
    }
}
