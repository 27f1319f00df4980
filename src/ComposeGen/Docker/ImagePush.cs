using ComposeGen.Diagnostics;
using ComposeGen.Processes;

namespace ComposeGen.Docker;

/// <summary>Images on their way to a registry.</summary>
internal static class ImagePush
{
    /// <summary>What a registry calls an image by its content; null where no registry is known to have it.</summary>
    /// <param name="image">What it is called here.</param>
    /// <param name="repository">The repository that the name has to be of; any where none is given.</param>
    public static async Task<string?> Digest(string image, string? repository = null)
    {
        string[] question = ["image", "inspect", "--format", "{{json .RepoDigests}}", image];
        var text = (await DockerClient.Lines(question)).FirstOrDefault() ?? string.Empty;
        var digests = DockerClient.Read(question, text, json => json.ValueKind == System.Text.Json.JsonValueKind.Array ? json.EnumerateArray().Select(item => item.GetString()!).ToList() : []);
        return digests.Find(digest => repository is null || digest.StartsWith($"{repository}@", StringComparison.Ordinal));
    }

    /// <summary>Pushes an image, on this terminal.</summary>
    /// <param name="name">With the registry before it, and a tag.</param>
    /// <returns>The name with the digest behind it.</returns>
    /// <exception cref="DockerFailure">The registry did not take it.</exception>
    public static async Task<string> Push(string name)
    {
        var code = ForeignProgram.PassThrough("docker", ["image", "push", "--quiet", name], Path.GetTempPath(), isAside: true) ?? throw DockerFailure.Vanished("image push");
        var digest = code == 0 ? await Digest(name, name[..name.LastIndexOf(':')]) : null;
        return digest is null ? throw new DockerFailure(Errors.NotPushed(name, code == 0 ? "the registry told no digest" : "docker says why above")) : $"{name}{digest[digest.IndexOf('@', StringComparison.Ordinal)..]}";
    }
}
