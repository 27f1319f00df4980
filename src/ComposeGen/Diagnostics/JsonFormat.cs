using System.Text.Json;

namespace ComposeGen.Diagnostics;

/// <summary>All messages of a run as one JSON document.</summary>
internal static class JsonFormat
{
    public static string Text(IReadOnlyCollection<Diagnostic> diagnostics) =>
        JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("diagnostics");
            foreach (var diagnostic in diagnostics)
            {
                Write(json, diagnostic);
            }

            json.WriteEndArray();
            json.WriteNumber("errors", diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error));
            json.WriteNumber("warnings", diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Warning));
            json.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Code);
        json.WriteString("severity", LineFormats.Word(diagnostic.Severity));
        json.WriteString("message", diagnostic.Message);
        if (diagnostic.Span is { } span)
        {
            WritePlace(json, span);
        }

        if (diagnostic.Hint is { } hint)
        {
            json.WriteString("hint", hint);
        }

        if (!diagnostic.Related.IsEmpty)
        {
            json.WriteStartArray("related");
            foreach (var related in diagnostic.Related)
            {
                json.WriteStartObject();
                json.WriteString("message", related.Message);
                WritePlace(json, related.Span);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, SourceSpan span)
    {
        json.WriteString("file", span.File);
        json.WriteNumber("line", span.Line);
        json.WriteNumber("column", span.Column);
        json.WriteNumber("length", span.Length);
    }
}
