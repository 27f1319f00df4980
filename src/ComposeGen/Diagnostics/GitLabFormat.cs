using System.Globalization;
using System.Text.Json;

namespace ComposeGen.Diagnostics;

/// <summary>
/// All messages of a run as GitLab's code quality report, which it shows in merge requests. Paths are relative to the repository.
/// </summary>
/// <param name="folder">Where the workspace is in the repository; empty, or ending in <c>/</c>.</param>
/// <param name="hash">A text of few letters that stands for another one.</param>
internal sealed class GitLabFormat(string folder, Func<string, string> hash)
{
    public string Text(IReadOnlyCollection<Diagnostic> diagnostics) =>
        JsonText.Of(json =>
        {
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            json.WriteStartArray();
            foreach (var diagnostic in diagnostics)
            {
                Write(json, diagnostic, seen);
            }

            json.WriteEndArray();
        });

    private void Write(Utf8JsonWriter json, Diagnostic diagnostic, Dictionary<string, int> seen)
    {
        // A problem that has moved to another line is still the same one; of several that say the same, each is one.
        var path = folder + (diagnostic.Span?.File ?? "which-project");
        var same = $"{diagnostic.Code}\n{path}\n{diagnostic.Message}";
        var before = seen[same] = seen.GetValueOrDefault(same) + 1;
        json.WriteStartObject();
        json.WriteString("description", diagnostic.Hint is { } hint ? $"{diagnostic.Message}; hint: {hint}" : diagnostic.Message);
        json.WriteString("check_name", diagnostic.Code);
        json.WriteString("fingerprint", hash(string.Create(CultureInfo.InvariantCulture, $"{same}\n{before}")));
        json.WriteString("severity", Word(diagnostic.Severity));
        json.WriteStartObject("location");
        json.WriteString("path", path);
        json.WriteStartObject("lines");
        json.WriteNumber("begin", diagnostic.Span?.Line ?? 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Word(Severity severity) =>
        severity switch
        {
            Severity.Error => "major",
            Severity.Warning => "minor",
            _ => "info",
        };
}
