using ComposeGen.Diagnostics;

namespace ComposeGen.Docker;

/// <summary>
/// The data of volumes on their way from one engine to another. The engine itself copies, into and out of a container that
/// is never started: no program has to be in an image for it, and owners and rights stay what they are.
/// </summary>
internal static class VolumeTransfer
{
    /// <summary>Where the volume is in that container, and the folder in the tar file.</summary>
    public const string Place = "composegen-volume";

    // What is never started may name a program that is not there.
    private const string NoProgram = "/none";

    /// <summary>Whether the engine has the volume.</summary>
    public static async Task<bool> Exists(string volume) =>
        (await DockerClient.Ask(["volume", "inspect", "--format", "{{.Name}}", volume])).ExitCode == 0;

    /// <summary>Creates a volume as Compose would.</summary>
    /// <param name="volume">Its name on the engine.</param>
    /// <param name="project">The Compose project.</param>
    /// <param name="key">What the Compose file calls it.</param>
    public static Task Create(string volume, string project, string key) =>
        DockerClient.Lines(
            ["volume", "create", "--label", $"com.docker.compose.project={project}", "--label", $"com.docker.compose.volume={key}", volume]
        );

    /// <summary>Writes what is in a volume to a tar file.</summary>
    /// <param name="volume">Its name.</param>
    /// <param name="image">Any image that the engine has.</param>
    /// <param name="file">The tar file.</param>
    /// <param name="progress">Is told each time how many bytes more were written.</param>
    /// <param name="isUnwanted">Ends it.</param>
    public static async Task CopyOut(string volume, string image, string file, Action<long> progress, CancellationToken isUnwanted)
    {
        await using var output = new FileStream(file, FileMode.Create, FileAccess.Write);
        await WithContainer(
            volume,
            image,
            container =>
                ImageTransfer.Pipe(
                    ["cp", $"{container}:/{Place}", "-"],
                    stream => ImageTransfer.Copy(stream, output, progress, isUnwanted),
                    write: null,
                    isUnwanted
                )
        );
    }

    /// <summary>Puts what is in a tar file into a volume.</summary>
    public static async Task CopyIn(string volume, string image, string file, Action<long> progress, CancellationToken isUnwanted)
    {
        await using var input = new FileStream(file, FileMode.Open, FileAccess.Read);
        await WithContainer(
            volume,
            image,
            container =>
                ImageTransfer.Pipe(["cp", "-", $"{container}:/"], read: null, stream => ImageTransfer.Copy(input, stream, progress, isUnwanted), isUnwanted)
        );
    }

    /// <summary>
    /// Has the containers that write to these volumes stand still meanwhile, so that the copies are of one moment. What a
    /// database makes of such a copy is what it makes of a power cut.
    /// </summary>
    /// <param name="volumes">Their names.</param>
    /// <param name="action">What is done meanwhile.</param>
    public static async Task WhilePaused(IReadOnlyCollection<string> volumes, Func<Task> action)
    {
        string[] filters = [.. volumes.SelectMany(volume => (string[])["--filter", $"volume={volume}"])];
        var running = await DockerClient.Lines(["ps", "--quiet", "--no-trunc", "--filter", "status=running", .. filters]);
        if (running.Length > 0)
        {
            await DockerClient.Lines(["pause", .. running]);
        }

        try
        {
            await action();
        }
        finally
        {
            if (running.Length > 0)
            {
                await DockerClient.Ask(["unpause", .. running]);
            }
        }
    }

    private static async Task WithContainer(string volume, string image, Func<string, Task> action)
    {
        string[] create = ["container", "create", "--pull", "never", "--network", "none", "--volume", $"{volume}:/{Place}:nocopy", "--entrypoint", NoProgram, image];
        var answer = await DockerClient.Ask(create);
        if (answer.ExitCode != 0)
        {
            throw new DockerFailure(Errors.TransferFailed("docker container create", DockerClient.LastLine(answer.Error)));
        }

        var container = DockerClient.LastLine(answer.Output);
        try
        {
            await action(container);
        }
        finally
        {
            await DockerClient.Ask(["container", "rm", container]);
        }
    }
}
