using System.Text;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>A line of the table in a packed archive's README.</summary>
/// <param name="Service">Who runs it.</param>
/// <param name="Url">Where it answers; empty where it publishes nothing.</param>
/// <param name="Image">What its image is called there.</param>
/// <param name="From">What it was built or pulled from.</param>
internal sealed record PackedLine(string Service, string Url, string Image, string From);

/// <summary>A volume whose data go along.</summary>
/// <param name="Key">What the Compose file calls it.</param>
/// <param name="Here">What this engine calls it.</param>
/// <param name="There">What the other engine will call it.</param>
/// <param name="Image">What is called there an image that the other engine will have.</param>
internal sealed record PackedVolume(string Key, string Here, string There, string Image);

/// <summary>What people read in a packed archive, and the shell script in it.</summary>
internal static class PackTexts
{
    public const string Header = "# Packed by composegen: nothing is built, and no image is pulled. README.md tells how to start it.\n";

    /// <summary>Which variables have to be set, and which may be; no value of any.</summary>
    public static string Example(IReadOnlyCollection<PackedVariable> variables)
    {
        var text = new StringBuilder("# Copy this to `.env`, beside docker-compose.yml, and write the values there.\n");
        foreach (var (title, isWanted) in ((string, bool)[])[("Has to be set:", true), ("May be set; docker-compose.yml says what counts otherwise:", false)])
        {
            var names = variables.Where(variable => variable.HasToBeSet == isWanted).Select(variable => variable.Name).ToList();
            if (names.Count > 0)
            {
                text.Append("\n# ").Append(title).Append('\n');
                names.ForEach(name => text.Append(isWanted ? string.Empty : "# ").Append(name).Append("=\n"));
            }
        }

        return text.ToString();
    }

    /// <summary>The variables that a pattern says have to be set.</summary>
    public static IEnumerable<string> Wanted(string example) =>
        example.Split('\n').Where(line => line.EndsWith('=') && !line.StartsWith('#')).Select(line => line[..^1]);

    /// <summary>How to start it with Docker alone.</summary>
    /// <param name="name">The Compose project.</param>
    /// <param name="platforms">For which there are images.</param>
    /// <param name="lines">What runs.</param>
    /// <param name="volumes">Whose data go along.</param>
    /// <param name="before">What somebody has to do before it starts, if anything.</param>
    /// <param name="size">Of the images, in bytes.</param>
    public static string Readme(
        string name,
        IReadOnlyList<string> platforms,
        IReadOnlyList<PackedLine> lines,
        IReadOnlyList<PackedVolume> volumes,
        IReadOnlyList<string> before,
        long size
    )
    {
        var text = new StringBuilder();
        text.Append(
            $"""
            # {name}, packed

            Images, and a Compose file that runs them: nothing is built, and no registry is asked. It takes Docker with Compose 2
            on {string.Join(" or ", platforms)}, and about {Progress.Size(size)} of the engine's disk.

            ## Start


            """
        );
        if (before.Count > 0)
        {
            text.Append("Before the first start:\n\n");
            text.AppendJoin(string.Empty, before.Select(step => $"- {step}\n"));
            text.Append('\n');
        }

        text.Append("In this folder:\n\n");
        foreach (var platform in platforms)
        {
            var load = volumes.Count == 0 ? $"docker load --input {PackFormat.Images(platform)}" : $"sh {PackFormat.Load} {PackFormat.Images(platform)}";
            text.Append($"    {load}{(platforms.Count == 1 ? string.Empty : $"   # on {platform}")}\n");
        }

        text.Append("    docker compose up --detach\n\n");
        if (volumes.Count > 0)
        {
            text.Append($"The first loads the images, and the data of volumes that are not there yet: {string.Join(", ", volumes.Select(volume => volume.Key))}.\n");
        }

        text.Append("`docker compose down` stops it; what it has in volumes stays, unless `--volumes` is given too.\n\n");
        AppendTables(text, lines);
        text.Append(
            $"""
            ## Is it whole?

                sha256sum --check {PackFormat.Checksums}

            On a Mac: `shasum -a 256 --check {PackFormat.Checksums}`.

            """
        );
        return text.ToString();
    }

    /// <summary>Loads what the README's first command is to load: by itself for volumes, whose data docker takes one by one.</summary>
    public static string Load(string name, IReadOnlyList<PackedVolume> volumes)
    {
        var text = new StringBuilder(
            """
            #!/bin/sh
            # Loads the images, and the data of the volumes that are not there yet. Its argument is the file of the images.
            set -eu
            cd "$(dirname -- "$0")"
            docker load --input "${1:?which images-….tar?}"

            # Name of the volume, key in docker-compose.yml, file, and any image: its program is not run.
            volume() {
              if docker volume inspect "$1" >/dev/null 2>&1; then
                echo "volume $1 is there already: it keeps its data" >&2
                return
              fi
              docker volume create --label "com.docker.compose.project=PROJECT" --label "com.docker.compose.volume=$2" "$1"
              container=$(docker container create --pull never --network none --volume "$1:/PLACE:nocopy" --entrypoint /none "$4")
              docker cp - "$container:/" <"$3"
              docker container rm "$container" >/dev/null
            }


            """
        );
        text.Replace("PROJECT", name).Replace("PLACE", Docker.VolumeTransfer.Place);
        foreach (var volume in volumes)
        {
            text.Append($"volume {Quoted(volume.There)} {Quoted(volume.Key)} {Quoted(PackFormat.Volume(volume.Key))} {Quoted(volume.Image)}\n");
        }

        return text.ToString();
    }

    /// <summary>A line of a <c>.env</c> that means exactly this value.</summary>
    public static string Line(string name, string value) => $"{name}={DotEnv.Quoted(value)}\n";

    private static void AppendTables(StringBuilder text, IReadOnlyList<PackedLine> lines)
    {
        text.Append("## What runs\n\n| service | on this machine | image | from |\n| --- | --- | --- | --- |\n");
        foreach (var line in lines)
        {
            text.Append($"| {line.Service} | {line.Url} | `{line.Image}` | {line.From} |\n");
        }

        text.Append('\n');
    }

    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
