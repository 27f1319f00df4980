using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Processes;

namespace ComposeGen.Docker;

/// <summary>Images on their way from one engine to another.</summary>
internal static class ImageTransfer
{
    /// <summary>The ids of images, by what they are called; those that the engine has not are left out.</summary>
    public static async Task<ImmutableDictionary<string, string>> Ids(IEnumerable<string> images)
    {
        var all = images.Distinct().ToArray();
        var missing = await Images.Missing(all);
        string[] there = [.. all.Where(image => !missing.Contains(image))];
        var ids = there.Length == 0 ? [] : await DockerClient.Lines(["image", "inspect", "--format", "{{.Id}}", .. there]);
        return there.Zip(ids).ToImmutableDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    /// <summary>How many bytes images have, each for itself: what they share is counted as often.</summary>
    public static async Task<long> Size(IEnumerable<string> images)
    {
        string[] question = ["image", "inspect", "--format", "{{.Size}}", .. images.Distinct()];
        return (await DockerClient.Lines(question)).Sum(line => DockerClient.Read(question, line, json => json.GetInt64()));
    }

    /// <summary>Gives an image another name.</summary>
    public static Task Tag(string image, string name) => DockerClient.Lines(["image", "tag", image, name]);

    /// <summary>Takes names away again; an image that has others stays.</summary>
    public static async Task Untag(IReadOnlyCollection<string> names)
    {
        if (names.Count > 0)
        {
            // One that is gone already needs no word.
            await DockerClient.Ask(["image", "rm", .. names]);
        }
    }

    /// <summary>Writes images to a file, with their names; a layer that several have is in it once.</summary>
    public static async Task Save(IEnumerable<string> names, string file, Action<long> progress, CancellationToken isUnwanted)
    {
        await using var output = new FileStream(file, FileMode.Create, FileAccess.Write);
        string[] command = ["image", "save", .. names];
        await Pipe(command, read: stream => Copy(stream, output, progress, isUnwanted), write: null, isUnwanted);
    }

    /// <summary>Takes the images of a file, with their names.</summary>
    public static async Task Load(string file, Action<long> progress, CancellationToken isUnwanted)
    {
        await using var input = new FileStream(file, FileMode.Open, FileAccess.Read);
        await Pipe(["image", "load", "--quiet"], read: null, write: stream => Copy(input, stream, progress, isUnwanted), isUnwanted);
    }

    /// <summary>The platform of the engine, for example <c>linux/amd64</c>.</summary>
    public static async Task<string> Platform()
    {
        var lines = await DockerClient.Lines(["version", "--format", "{{.Server.Os}}/{{.Server.Arch}}"]);
        return lines.FirstOrDefault() ?? string.Empty;
    }

    /// <summary>Runs docker with a stream on one side; where it fails, a failure that says what it said.</summary>
    public static async Task Pipe(string[] command, Func<Stream, Task>? read, Func<Stream, Task>? write, CancellationToken isUnwanted)
    {
        // An engine that is named stands before the command.
        var shown = string.Join(' ', command is ["--context", _, .. var rest] ? rest.Take(2) : command.Take(2));
        var answer = await ForeignProgram.Pipe("docker", command, read, write, isUnwanted) ?? throw DockerFailure.Vanished(shown);
        if (answer.ExitCode != 0)
        {
            throw new DockerFailure(Errors.TransferFailed($"docker {shown}", DockerClient.LastLine(answer.Error)));
        }
    }

    public static async Task Copy(Stream from, Stream to, Action<long> progress, CancellationToken isUnwanted)
    {
        var buffer = new byte[1 << 18];
        while (await from.ReadAsync(buffer, isUnwanted) is > 0 and var count)
        {
            await to.WriteAsync(buffer.AsMemory(0, count), isUnwanted);
            progress(count);
        }

        await to.FlushAsync(isUnwanted);
    }
}
