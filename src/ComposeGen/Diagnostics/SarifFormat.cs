using System.Collections.Immutable;
using System.Text.Json;

namespace ComposeGen.Diagnostics;

/// <summary>
/// All messages of a run as SARIF 2.1.0 (OASIS), the form in which code scanning services take results. Paths are
/// relative to the repository, as these services want them.
/// </summary>
/// <param name="version">This program's.</param>
/// <param name="folder">Where the workspace is in the repository; empty, or ending in <c>/</c>.</param>
internal sealed class SarifFormat(string version, string folder)
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public string Text(IReadOnlyCollection<Diagnostic> diagnostics) =>
        JsonText.Of(json =>
        {
            ImmutableArray<string> codes = [.. diagnostics.Select(diagnostic => diagnostic.Code).Distinct().Order(StringComparer.Ordinal)];
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, codes);
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteStartArray("results");
            foreach (var diagnostic in diagnostics)
            {
                WriteResult(json, diagnostic, codes.IndexOf(diagnostic.Code));
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });

    private void WriteTool(Utf8JsonWriter json, ImmutableArray<string> codes)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "ComposeGen");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (var page in codes.Select(ErrorPage.Of).OfType<ErrorPage>())
        {
            json.WriteStartObject();
            json.WriteString("id", page.Code);
            WriteMessage(json, "shortDescription", page.Title);
            json.WriteStartObject("help");
            json.WriteString("text", page.Text);
            json.WriteString("markdown", page.Text);
            json.WriteEndObject();
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", LineFormats.Word(page.Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteResult(Utf8JsonWriter json, Diagnostic diagnostic, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", diagnostic.Code);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", LineFormats.Word(diagnostic.Severity));
        WriteMessage(json, "message", diagnostic.Hint is { } hint ? $"{diagnostic.Message}\nhint: {hint}" : diagnostic.Message);
        json.WriteStartArray("locations");
        // Services pass over a result without a place; what has none is the whole workspace's.
        WriteLocation(json, diagnostic.Span, null);
        json.WriteEndArray();
        if (!diagnostic.Related.IsEmpty)
        {
            json.WriteStartArray("relatedLocations");
            foreach (var related in diagnostic.Related)
            {
                WriteLocation(json, related.Span, related.Message);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WriteLocation(Utf8JsonWriter json, SourceSpan? place, string? message)
    {
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri(place?.File ?? "which-project"));
        json.WriteEndObject();
        if (place is { } span)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", span.Line);
            json.WriteNumber("startColumn", span.Column);
            json.WriteNumber("endColumn", span.Column + span.Length);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (message is not null)
        {
            WriteMessage(json, "message", message);
        }

        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private string Uri(string file) => string.Join('/', (folder + file).Split('/').Select(System.Uri.EscapeDataString));
}
