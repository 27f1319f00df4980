using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ComposeGen.Tests.Support;

/// <summary>A YAML file as JSON: what an editor checks by a schema, and what <c>docker compose config</c> prints.</summary>
internal static class YamlToJson
{
    public static JsonObject Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Node(stream.Documents.Single().RootNode)!.AsObject();
    }

    private static JsonNode? Node(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Node(entry.Value)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
            YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value!),
            YamlScalarNode text => JsonValue.Create(text.Value),
            _ => throw new InvalidOperationException(node.ToString()),
        };

    private static JsonNode? Plain(string text) =>
        text switch
        {
            "null" or "" => null,
            "true" => true,
            "false" => false,
            _ when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => text,
        };
}
