using System.Collections.Immutable;
using System.Net;
using static ComposeGen.Docker.Checks.Finding;

namespace ComposeGen.Docker.Checks;

/// <summary>Whether the engine, which may have a proxy and a network of its own, reaches the registries that images come from.</summary>
internal static class RegistryCheck
{
    /// <summary>Docker Hub, as images are named that name no registry.</summary>
    public const string Hub = "docker.io";

    /// <summary>Where Docker Hub's registry is.</summary>
    public const string HubHost = "registry-1.docker.io";

    // Which image it is does not matter, and this one is nobody's: nothing is downloaded.
    private const string Nobodys = "library/composegen-doctor";

    /// <summary>The registry that an image's name says; see the chapter on names in the specification of OCI's distribution.</summary>
    public static string Of(string image)
    {
        var first = image.Split('/')[0];
        return image.Contains('/', StringComparison.Ordinal) && (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost") ? first : Hub;
    }

    /// <param name="images">What the workspace pulls; empty where there is none.</param>
    /// <param name="atMost">How long a registry may take.</param>
    public static async Task<Finding> Check(ImmutableArray<string> images, TimeSpan atMost)
    {
        var registries = images.Select(Of).DefaultIfEmpty(Hub).Distinct().Order(StringComparer.Ordinal).ToList();
        var missing = Images.Missing(images);
        var asked = await Task.WhenAll(registries.Select(registry => Ask(registry, atMost)));
        if (asked.Any(answer => answer is null))
        {
            _ = await missing;
            return Unknown(CheckNames.Registry, "only an engine that listens on a socket here can be asked");
        }

        var silent = registries.Zip(asked, (registry, answer) => (Registry: registry, Why: answer!)).Where(pair => pair.Why.Length > 0).ToList();
        var absent = (await missing).Where(image => silent.Any(pair => pair.Registry == Of(image))).Order(StringComparer.Ordinal).ToList();
        if (silent.Count == 0)
        {
            return Ok(CheckNames.Registry, $"the engine reaches {string.Join(", ", registries)}");
        }

        var said = $"the engine does not reach {string.Join(", ", silent.Select(pair => pair.Registry))}: {silent[0].Why}";
        return absent.Count > 0
            ? Problem(CheckNames.Registry, $"{said}; {absent[0]} is not on this machine{(absent.Count == 1 ? string.Empty : $", nor are {absent.Count - 1} more")}", Advice(silent[0].Why))
            : Warning(CheckNames.Registry, images.IsEmpty ? said : $"{said}; all that the workspace starts from is on this machine", Advice(silent[0].Why));
    }

    private static string Advice(string why) =>
        why.Contains("x509", StringComparison.Ordinal) ? "is the clock right, and is there a proxy whose certificate the engine has to be told?"
        : why.Contains("no such host", StringComparison.Ordinal) || why.Contains("lookup", StringComparison.Ordinal) ? "is the network up, and does the engine resolve names? behind a proxy: docs.docker.com/engine/daemon/proxy"
        : "is the network up? behind a proxy, the engine has to be told of it: docs.docker.com/engine/daemon/proxy";

    // Empty where it is reached, whatever it thinks of the question; null where this engine cannot be asked.
    private static async Task<string?> Ask(string registry, TimeSpan atMost)
    {
        try
        {
            return await EngineSocket.Get($"/distribution/{registry}/{Nobodys}/json", atMost, default) is not var (status, text) ? null
                : status != HttpStatusCode.InternalServerError ? string.Empty
                : Message(text);
        }
        catch (TimeoutException)
        {
            return $"no answer within {atMost.TotalSeconds:0.#} seconds";
        }
    }

    // What is behind the address that was asked.
    private static string Message(string text)
    {
        var message = DockerClient.Read(["info"], text, json => json.GetProperty("message").GetString() ?? string.Empty);
        var at = message.IndexOf("\": ", StringComparison.Ordinal);
        return at < 0 ? message : message[(at + 3)..];
    }
}
