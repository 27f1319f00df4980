using System.Collections.Immutable;

namespace ComposeGen.Docker;

/// <summary>
/// Whether files and folders are there on the engine's machine. The engine looks before it creates a container that mounts
/// them; that container is not started.
/// </summary>
internal static class MountProbe
{
    private const string NotThere = "bind source path does not exist: ";

    /// <summary>Those of these paths that are not there; null where the engine cannot be asked, since it has no image.</summary>
    /// <param name="paths">Absolute.</param>
    public static async Task<ImmutableHashSet<string>?> Missing(IEnumerable<string> paths)
    {
        var left = paths.ToImmutableHashSet();
        if (await DockerClient.Lines(["image", "ls", "--quiet", "--no-trunc"]) is not [var image, ..])
        {
            return null;
        }

        var missing = ImmutableHashSet.CreateBuilder<string>();
        while (!left.IsEmpty)
        {
            var mounts = left.Select((path, i) => $"type=bind,\"source={path}\",target=/mount{i}").SelectMany(mount => (string[])["--mount", mount]);
            var answer = await DockerClient.Ask(["container", "create", "--pull", "never", "--network", "none", "--entrypoint", "/none", .. mounts, image]);
            if (answer.ExitCode == 0)
            {
                await DockerClient.Ask(["container", "rm", DockerClient.LastLine(answer.Output)]);
                break;
            }

            var said = DockerClient.LastLine(answer.Error);
            var named = left.FirstOrDefault(path => said.Contains(NotThere + path, StringComparison.Ordinal) && !left.Any(other => other.Length > path.Length && said.Contains(NotThere + other, StringComparison.Ordinal)));
            if (named is null)
            {
                throw DockerClient.Refused(answer);
            }

            missing.Add(named);
            left = left.Remove(named);
        }

        return missing.ToImmutable();
    }
}
