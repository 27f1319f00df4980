using System.Text.Json.Nodes;

namespace ComposeGen.Tests.Docker.Semantics;

/// <summary>What both sides are brought to before they are compared: one form for what can be written in several.</summary>
internal static class Part
{
    /// <summary>Applies <paramref name="change"/> where there is a mapping under this key.</summary>
    public static void Mapping(JsonObject parent, string key, Action<JsonObject> change)
    {
        if (parent[key] is JsonObject map)
        {
            change(map);
        }
    }

    /// <summary>Replaces each item of a list under this key.</summary>
    public static void Items(JsonObject parent, string key, Func<JsonNode, JsonNode> change)
    {
        if (parent[key] is JsonArray list)
        {
            parent[key] = new JsonArray([.. list.Select(item => change(item!.DeepClone()))]);
        }
    }

    /// <summary>Replaces the text under this key.</summary>
    public static void Text(JsonObject parent, string key, Func<string, string> change)
    {
        if (parent[key] is JsonValue value && value.TryGetValue<string>(out var text))
        {
            parent[key] = change(text);
        }
    }

    /// <summary>The same entries under other names.</summary>
    public static JsonObject Renamed(JsonObject map, Func<string, string> rename) =>
        new(map.Select(entry => KeyValuePair.Create(rename(entry.Key), entry.Value?.DeepClone())));

    /// <summary>
    /// Container ports and what belongs to them, in an order of their own, with <paramref name="hostIp"/> where no address is
    /// given. Which host port each has does not count, nor that one was demanded.
    /// </summary>
    public static void Ports(JsonObject service, string? hostIp)
    {
        Items(service, "ports", item => Port(item.AsObject(), hostIp));
        Sorted(service, "ports");
    }

    /// <summary>Compose prints agents and keys in whatever order.</summary>
    public static void Build(JsonObject service) => Mapping(service, "build", build => Sorted(build, "ssh"));

    /// <summary>Where configs and secrets are mounted, said or not (chapters configs and secrets).</summary>
    public static void Mounts(JsonObject service)
    {
        Items(service, "configs", item => Target(item, source => "/" + source, target => target));
        Items(service, "secrets", item => Target(item, source => source, target => Path.Combine("/run/secrets", target)));
        Mapping(service, "build", build => Items(build, "secrets", item => Target(item, source => source, Path.GetFileName)));
    }

    /// <summary>Aliases are a set; nothing said about a network is an empty mapping.</summary>
    public static void Networks(JsonObject service)
    {
        if (service["networks"] is JsonObject networks)
        {
            service["networks"] = new JsonObject(
                networks.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Membership(entry.Value)))
            );
        }
    }

    /// <summary>The real name of what Compose names itself, <c>project_key</c>, says no more than the key.</summary>
    public static JsonObject WithoutGivenName(JsonObject resource, string project, string key)
    {
        var copy = resource.DeepClone().AsObject();
        if ((string?)copy["name"] == $"{project}_{key}")
        {
            copy.Remove("name");
        }

        return copy;
    }

    private static void Sorted(JsonObject parent, string key)
    {
        if (parent[key] is JsonArray list)
        {
            var items = list.Select(item => item!.DeepClone());
            parent[key] = new JsonArray([.. items.OrderBy(item => item.ToJsonString(), StringComparer.Ordinal)]);
        }
    }

    private static JsonObject Port(JsonObject port, string? hostIp)
    {
        port["host_ip"] ??= hostIp;
        return new(
            port.Where(entry => entry.Key is not ("published" or "x-fixed"))
                .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone()))
        );
    }

    private static JsonObject Membership(JsonNode? value)
    {
        var copy = value?.DeepClone().AsObject() ?? [];
        if (copy["aliases"] is JsonArray aliases)
        {
            copy["aliases"] = new JsonArray([
                .. aliases.Select(alias => (string)alias!).Distinct().Order(StringComparer.Ordinal).Select(alias => (JsonNode?)alias),
            ]);
        }

        return copy;
    }

    private static JsonNode Target(JsonNode item, Func<string, string> implied, Func<string, string> full)
    {
        item["target"] = full((string?)item["target"] ?? implied((string)item["source"]!));
        return item;
    }
}
