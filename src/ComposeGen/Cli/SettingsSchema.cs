using System.Globalization;
using System.Text.Json;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Cli;

/// <summary>The table of settings as a JSON schema, with which editors complete and check <c>composegen.yml</c>.</summary>
internal static class SettingsSchema
{
    // The newest that editors' YAML plug-ins know well.
    private const string Draft = "http://json-schema.org/draft-07/schema#";

    public static string Text() =>
        JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("$schema", Draft);
            json.WriteString("title", Settings.FileName);
            json.WriteString("description", "What holds for a whole workspace of ComposeGen. Every key may be left out.");
            json.WriteString("type", "object");
            WriteProperties(json, null);
            json.WriteEndObject();
        });

    private static void WriteProperties(Utf8JsonWriter json, string? section)
    {
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach (var key in SettingsTable.Keys(section))
        {
            json.WriteStartObject(key);
            if (SettingsTable.All.FirstOrDefault(setting => setting.Section == section && setting.Key == key) is { } setting)
            {
                WriteSetting(json, setting);
            }
            else
            {
                WriteSection(json, key);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // One with nothing below it says nothing, and is no mistake.
    private static void WriteSection(Utf8JsonWriter json, string section)
    {
        json.WriteString("description", SettingsTable.Sections[section]);
        json.WriteStartArray("type");
        json.WriteStringValue("object");
        json.WriteStringValue("null");
        json.WriteEndArray();
        json.WriteStartObject("default");
        json.WriteEndObject();
        json.WriteStartArray("examples");
        json.WriteStartObject();
        foreach (var setting in SettingsTable.All.Where(setting => setting.Section == section))
        {
            json.WritePropertyName(setting.Key);
            WriteExample(json, setting, setting.Examples[0]);
        }

        json.WriteEndObject();
        json.WriteEndArray();
        WriteProperties(json, section);
    }

    private static void WriteSetting(Utf8JsonWriter json, Setting setting)
    {
        json.WriteString("description", Described(setting));
        if (setting.IsList)
        {
            json.WriteString("type", "array");
            json.WriteStartObject("items");
            WriteForms(json, setting);
            json.WriteEndObject();
            json.WriteStartArray("default");
            json.WriteEndArray();
        }
        else
        {
            WriteForms(json, setting);
            if (setting.Default is { } value)
            {
                json.WriteString("default", value);
            }
        }

        json.WriteStartArray("examples");
        foreach (var example in setting.IsList ? setting.Examples[..1] : setting.Examples)
        {
            WriteExample(json, setting, example);
        }

        json.WriteEndArray();
    }

    // What holds without it; of one that has no fixed value its text says it.
    private static string Described(Setting setting) =>
        setting.Default switch
        {
            null => setting.Description,
            "" => $"{setting.Description} None unless given.",
            var value => $"{setting.Description} `{value}` unless given.",
        };

    private static void WriteExample(Utf8JsonWriter json, Setting setting, string example)
    {
        if (!setting.IsList)
        {
            json.WriteStringValue(example);
            return;
        }

        json.WriteStartArray();
        foreach (var item in setting.Examples)
        {
            if (int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                json.WriteNumberValue(number);
            }
            else
            {
                json.WriteStringValue(item);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteForms(Utf8JsonWriter json, Setting setting)
    {
        if (setting.Forms is [var only])
        {
            WriteForm(json, only);
            return;
        }

        json.WriteStartArray("anyOf");
        foreach (var form in setting.Forms)
        {
            json.WriteStartObject();
            WriteForm(json, form);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteForm(Utf8JsonWriter json, ValueForm form)
    {
        json.WriteString("type", form.Type);
        if (form.Pattern is { } pattern)
        {
            json.WriteString("pattern", pattern);
        }

        if (form.Least is { } least)
        {
            json.WriteNumber("minimum", least);
        }

        if (form.Below is { } below)
        {
            json.WriteNumber("exclusiveMaximum", below);
        }
    }
}
