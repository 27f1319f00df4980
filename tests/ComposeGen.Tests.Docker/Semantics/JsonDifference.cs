using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ComposeGen.Tests.Docker.Semantics;

/// <summary>Every place where two JSON trees differ: <c>services.web.image: original "a", generated "b"</c>.</summary>
internal static class JsonDifference
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<string> Between(JsonNode? original, JsonNode? generated, string path = "") =>
        (original, generated) switch
        {
            (JsonObject a, JsonObject b) => a.Select(entry => entry.Key)
                .Union(b.Select(entry => entry.Key))
                .Order(StringComparer.Ordinal)
                .SelectMany(key =>
                    a.ContainsKey(key) && b.ContainsKey(key) ? Between(a[key], b[key], Join(path, key))
                    : a.ContainsKey(key) ? [$"{Join(path, key)}: original {Text(a[key])}, generated nothing"]
                    : [$"{Join(path, key)}: original nothing, generated {Text(b[key])}"]
                ),
            (JsonArray a, JsonArray b) when a.Count == b.Count => a.SelectMany((item, i) => Between(item, b[i], $"{path}[{i}]")),
            _ when JsonNode.DeepEquals(original, generated) => [],
            _ => [$"{path}: original {Text(original)}, generated {Text(generated)}"],
        };

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Text(JsonNode? node) => node?.ToJsonString(Readable) ?? "null";
}
