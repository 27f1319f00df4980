using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ComposeGen.Diagnostics;

/// <summary>JSON for people and programs: indented, with other scripts' letters as they are.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The document. What would steer a terminal stands in it as an escape, which means the same to a program.</summary>
    public static string Of(Action<Utf8JsonWriter> write)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, Options))
        {
            write(json);
        }

        return EscapeHidden(Encoding.UTF8.GetString(memory.ToArray())) + "\n";
    }

    // Such a character can only be within a string: the writer itself sets none but line feeds.
    private static string EscapeHidden(string json)
    {
        if (!json.Any(c => c != '\n' && DiagnosticWriter.IsHidden(c)))
        {
            return json;
        }

        var text = new StringBuilder(json.Length);
        foreach (var c in json)
        {
            _ = c != '\n' && DiagnosticWriter.IsHidden(c) ? text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : text.Append(c);
        }

        return text.ToString();
    }
}
