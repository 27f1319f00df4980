using static ComposeGen.Docker.Checks.Finding;

namespace ComposeGen.Docker.Checks;

/// <summary>
/// Whether a container would see the workspace's files. An engine on another machine, in a virtual one or in a snap may have a
/// folder of the same name, with nothing in it: so a file is looked at through a container, which is never started.
/// </summary>
internal static class MountCheck
{
    // A folder that is in nobody's image.
    private const string Place = "/composegen-doctor";

    /// <param name="root">The workspace.</param>
    /// <param name="file">A file in it.</param>
    /// <param name="content">What is in that.</param>
    /// <param name="hasMounts">Whether anything in it is mounted at all.</param>
    public static async Task<Finding> Check(string root, string file, string content, bool hasMounts)
    {
        if (!hasMounts)
        {
            return NotApplicable(CheckNames.Mounts, "no service mounts a folder");
        }

        if (await DockerClient.Lines(["image", "ls", "--quiet", "--no-trunc"]) is not [var image, ..])
        {
            return Unknown(CheckNames.Mounts, "the engine has no image yet to look with");
        }

        const string Advice = "the engine's machine must share the workspace's folder: Docker Desktop's settings, Resources, File sharing; `colima start --mount FOLDER:w`";
        string[] mount = ["--mount", $"type=bind,\"source={root}\",target={Place}"];
        var answer = await DockerClient.Ask(["container", "create", "--pull", "never", "--network", "none", "--entrypoint", "/none", .. mount, image]);
        if (answer.ExitCode != 0)
        {
            var said = DockerClient.LastLine(answer.Error);
            return said.Contains("does not exist", StringComparison.Ordinal)
                ? Problem(CheckNames.Mounts, $"the engine does not see {root}", Advice)
                : Unknown(CheckNames.Mounts, said);
        }

        var id = DockerClient.LastLine(answer.Output);
        try
        {
            // A tar file, which holds the text as it is.
            var copy = await DockerClient.Ask(["container", "cp", $"{id}:{Place}/{file}", "-"]);
            return copy.ExitCode == 0 && copy.Output.Contains(content, StringComparison.Ordinal) ? Ok(CheckNames.Mounts, "containers see the workspace's files")
                : copy.ExitCode == 0 || copy.Error.Contains("Could not find the file", StringComparison.Ordinal) ? Problem(CheckNames.Mounts, $"containers would see another folder in place of {root}", Advice)
                : Unknown(CheckNames.Mounts, DockerClient.LastLine(copy.Error));
        }
        finally
        {
            await DockerClient.Ask(["container", "rm", id]);
        }
    }
}
