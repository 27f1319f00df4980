using System.Text.Json;
using ComposeGen.Manifests;
using ComposeGen.Manifests.Specification;

namespace ComposeGen.Cli;

/// <summary>A YAML value as JSON, with the types that Compose's YAML reader sees in it.</summary>
internal static class YamlJson
{
    public static void Write(Utf8JsonWriter json, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                json.WriteStartObject();
                foreach (var entry in mapping.Entries)
                {
                    json.WritePropertyName(entry.Name);
                    Write(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case YamlSequence list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case YamlScalar scalar:
                WriteScalar(json, scalar);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter json, YamlScalar scalar)
    {
        switch (PlainKinds.Of(scalar))
        {
            case PlainKind.Null:
                json.WriteNullValue();
                break;
            case PlainKind.Boolean:
                json.WriteBooleanValue(PlainValue.Text(scalar) == "true");
                break;
            case PlainKind.Integer or PlainKind.Float when PlainValue.Text(scalar) is { } number:
                json.WriteRawValue(number);
                break;
            default:
                json.WriteStringValue(scalar.Value);
                break;
        }
    }
}
