using System.Text.Json;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests.Specification;

namespace ComposeGen.Cli;

/// <summary>
/// The table of the Compose Specification as a JSON schema, with which editors complete and check <c>project.yml</c>. A value with
/// a variable in it is welcome wherever a text can stand.
/// </summary>
internal static class ProjectSchema
{
    public const string FileName = "project.yml";

    /// <summary>Where a workspace keeps it, for editors.</summary>
    public const string Place = "schemas/project.schema.json";

    // The newest that editors' YAML plug-ins know well.
    private const string Draft = "http://json-schema.org/draft-07/schema#";

    private static readonly Dictionary<string, (string Description, string Example)> OwnKeys = new(StringComparer.Ordinal)
    {
        ["exclude"] = ("Folders that are no members although `members` matches them.", "apps/old-*"),
        ["members"] = ("Folders of this project, each an executable of its own.", "apps/*"),
        ["service"] = ("The one service of this project, which is called like its folder.", "{image: redis:7, ports: [6379]}"),
        ["shared"] = ("Whether the project is on the network that all projects share.", "false"),
    };

    public static string Text() =>
        JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("$schema", Draft);
            json.WriteString("title", FileName);
            json.WriteString("description", "A project of ComposeGen: a Compose file, and four keys of its own.");
            WriteSection(json, [.. ComposeTable.Section(ComposeTable.File).Keys, .. ComposeTable.Section(ComposeTable.Own).Keys]);
            json.WriteStartObject("definitions");
            foreach (var section in ComposeTable.Sections.OrderBy(section => section.Name, StringComparer.Ordinal))
            {
                if (section.Name is not (ComposeTable.File or ComposeTable.Own))
                {
                    json.WriteStartObject(section.Name);
                    WriteSection(json, section.Keys);
                    json.WriteEndObject();
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });

    private static void WriteSection(Utf8JsonWriter json, IReadOnlyCollection<SectionKey> keys)
    {
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        WriteExtensions(json);
        json.WriteStartObject("properties");
        foreach (var key in keys)
        {
            json.WriteStartObject(key.Name);
            if (OwnKeys.TryGetValue(key.Name, out var own) && ComposeTable.Section(ComposeTable.Own)[key.Name] == key)
            {
                json.WriteString("description", $"{own.Description} For example: {own.Example}");
            }

            WriteForm(json, key.Form);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (keys.Any(key => key.IsRequired))
        {
            json.WriteStartArray("required");
            foreach (var key in keys.Where(key => key.IsRequired))
            {
                json.WriteStringValue(key.Name);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteExtensions(Utf8JsonWriter json)
    {
        json.WriteStartObject("patternProperties");
        json.WriteStartObject("^x-");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteForm(Utf8JsonWriter json, Form form)
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
                WriteForm(json, list.Items);
                json.WriteEndObject();
                if (list.IsUnique)
                {
                    json.WriteBoolean("uniqueItems", true);
                }

                break;
            case NamesShape names:
                json.WriteString("type", "object");
                json.WriteStartObject("additionalProperties");
                WriteForm(json, names.Values);
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
