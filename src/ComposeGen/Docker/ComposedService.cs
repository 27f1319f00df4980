using System.Text.Json;

namespace ComposeGen.Docker;

/// <summary>A service as Compose understands it.</summary>
/// <param name="Image">What it runs, or what it builds is called.</param>
/// <param name="Context">The folder that it is built from; null where it is not built.</param>
/// <param name="Dockerfile">Null where it stands in the Compose file itself.</param>
internal sealed record ComposedService(string Image, string? Context, string? Dockerfile)
{
    /// <param name="service">An entry of <c>services</c> in what <c>docker compose config</c> prints.</param>
    /// <param name="project">The Compose project.</param>
    public static ComposedService Of(JsonProperty service, string project)
    {
        var build = service.Value.TryGetProperty("build", out var value) && value.ValueKind == JsonValueKind.Object ? value : default(JsonElement?);
        return new ComposedService(
            Text(service.Value, "image") ?? $"{project}-{service.Name}",
            build is { } from ? Text(from, "context") : null,
            build is { } how && !how.TryGetProperty("dockerfile_inline", out _) ? Text(how, "dockerfile") : null
        );
    }

    private static string? Text(JsonElement of, string key) => of.TryGetProperty(key, out var value) ? value.GetString() : null;
}
