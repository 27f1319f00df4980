using System.Text.Json;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests.Specification;

namespace ComposeGen.Cli;

/// <summary>
/// The table of the Compose Specification as a JSON schema, with which editors complete, explain and check <c>project.yml</c>. A
/// value with a variable in it is welcome wherever a text can stand.
/// </summary>
internal static class ProjectSchema
{
    public const string FileName = "project.yml";

    /// <summary>Where a workspace keeps it, for editors.</summary>
    public const string Place = "schemas/project.schema.json";

    // The newest that editors' YAML plug-ins know well.
    private const string Draft = "http://json-schema.org/draft-07/schema#";

    public static string Text()
    {
        var texts = new ComposeTexts();
        return JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("$schema", Draft);
            json.WriteString("title", FileName);
            json.WriteString("description", "A project of ComposeGen: a Compose file, and four keys of its own.");
            WriteSection(json, texts, ComposeTable.Section(ComposeTable.File), ComposeTable.Section(ComposeTable.Own));
            json.WriteStartObject("definitions");
            foreach (var section in ComposeTable.Sections.OrderBy(section => section.Name, StringComparer.Ordinal))
            {
                if (section.Name is not (ComposeTable.File or ComposeTable.Own))
                {
                    json.WriteStartObject(section.Name);
                    WriteSection(json, texts, section);
                    json.WriteEndObject();
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static void WriteSection(Utf8JsonWriter json, ComposeTexts texts, params Section[] sections)
    {
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        WriteExtensions(json);
        json.WriteStartObject("properties");
        foreach (var section in sections)
        {
            foreach (var key in section.Keys)
            {
                json.WriteStartObject(key.Name);
                WriteTexts(json, texts, section.Name, key.Name);
                FormSchema.Write(json, key.Form);
                json.WriteEndObject();
            }

            WriteOwnExtensions(json, texts, section.Name);
        }

        json.WriteEndObject();
        var required = sections.SelectMany(section => section.Required).ToList();
        if (required.Count > 0)
        {
            json.WriteStartArray("required");
            foreach (var key in required)
            {
                json.WriteStringValue(key.Name);
            }

            json.WriteEndArray();
        }
    }

    // An extension that means something here, as a port's does, is true or false.
    private static void WriteOwnExtensions(Utf8JsonWriter json, ComposeTexts texts, string section)
    {
        foreach (var key in texts.Keys(section).Where(key => key.StartsWith("x-", StringComparison.Ordinal)))
        {
            json.WriteStartObject(key);
            WriteTexts(json, texts, section, key);
            json.WriteString("type", "boolean");
            json.WriteEndObject();
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, ComposeTexts texts, string section, string key)
    {
        json.WriteString("description", texts.Text(section, key));
        json.WriteStartArray("examples");
        foreach (var example in texts.Examples(section, key))
        {
            YamlJson.Write(json, example);
        }

        json.WriteEndArray();
    }

    private static void WriteExtensions(Utf8JsonWriter json)
    {
        json.WriteStartObject("patternProperties");
        json.WriteStartObject("^x-");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
