using System.Globalization;
using System.Text.Json;
using static ComposeGen.Docker.Checks.Finding;

namespace ComposeGen.Docker.Checks;

/// <summary>What an engine that answers may lack.</summary>
internal static class EngineChecks
{
    // With less, an image of a few hundred megabytes may not fit: it is there twice while it is unpacked.
    private const long FewMegabytes = 2000;
    private const int LastOfRoots = 1023;
    private const string FirstOfUsers = "/proc/sys/net/ipv4/ip_unprivileged_port_start";

    public static async Task<Finding> Disk(EngineInfo engine)
    {
        if (!engine.IsHere || DataDisk.Left(engine.DataFolder) is not { } left)
        {
            return Unknown(CheckNames.Disk, $"the engine's disk ({engine.DataFolder}) cannot be seen from here");
        }

        var said = string.Create(CultureInfo.InvariantCulture, $"{(left < 10_000 ? $"{left} MB" : $"{left / 1000} GB")} left for images and volumes, in {engine.DataFolder}");
        return left >= FewMegabytes ? Ok(CheckNames.Disk, said)
            : left >= DataDisk.Little ? Warning(CheckNames.Disk, said, await Reclaimable())
            : Problem(CheckNames.Disk, said, await Reclaimable());
    }

    public static Finding Rootless(EngineInfo engine, IEnumerable<(int Port, string Service)> ports, bool hasMounts)
    {
        if (engine.Security.Contains("userns"))
        {
            return hasMounts
                ? Warning(CheckNames.Rootless, "the engine gives containers users of their own (userns-remap): what is mounted from your folders is not theirs to write", "see docs.docker.com/engine/security/userns-remap")
                : Ok(CheckNames.Rootless, "the engine gives containers users of their own (userns-remap)");
        }

        if (!engine.Security.Contains("rootless"))
        {
            return NotApplicable(CheckNames.Rootless, "the engine runs as root");
        }

        var first = File.Exists(FirstOfUsers) ? int.Parse(File.ReadAllText(FirstOfUsers), CultureInfo.InvariantCulture) : LastOfRoots + 1;
        var (port, service) = ports.FirstOrDefault(port => port.Port < first);
        if (service is not null)
        {
            return Problem(
                CheckNames.Rootless,
                string.Create(CultureInfo.InvariantCulture, $"the engine runs without root, and may not give out host port {port}, which {service} has"),
                string.Create(CultureInfo.InvariantCulture, $"sudo sysctl net.ipv4.ip_unprivileged_port_start={port}; or publish a port above {LastOfRoots}")
            );
        }

        return engine.HasLimits
            ? Ok(CheckNames.Rootless, "the engine runs without root: a container's root is you, and other users' files are nobody's")
            : Warning(CheckNames.Rootless, "the engine runs without root, and without limits of memory and processors", "see docs.docker.com/engine/security/rootless, on cgroup v2 with systemd");
    }

    /// <param name="engine">What it says of itself.</param>
    /// <param name="program">Where the program docker is.</param>
    /// <param name="root">The workspace; null where there is none.</param>
    /// <param name="home">The user's folder.</param>
    public static Finding Snap(EngineInfo engine, string program, string? root, string home)
    {
        if (!engine.DataFolder.StartsWith("/var/snap/", StringComparison.Ordinal) && !program.StartsWith("/snap/", StringComparison.Ordinal))
        {
            return NotApplicable(CheckNames.Snap, "Docker is not in a snap");
        }

        var inside = root is null ? string.Empty : Path.GetRelativePath(home, root);
        return inside.Split('/').Any(part => part.StartsWith('.') && part != ".") || Path.IsPathRooted(inside)
            ? Problem(CheckNames.Snap, $"Docker is in a snap, and does not see {root}", "move the workspace to a folder of your home that is not hidden; or: sudo snap remove docker, and install Docker's packages")
            : Ok(CheckNames.Snap, root is null ? "Docker is in a snap: it sees your home only, without hidden folders" : "Docker is in a snap, and the workspace where it sees it");
    }

    /// <param name="engine">What it says of itself.</param>
    /// <param name="unlabelled">Folders that are mounted without a label, with the service.</param>
    /// <param name="isPermissive">Whether the system only writes down what it would forbid.</param>
    public static Finding SELinux(EngineInfo engine, IReadOnlyList<(string Path, string Service)> unlabelled, bool isPermissive)
    {
        if (!engine.Security.Contains("selinux") || isPermissive)
        {
            return NotApplicable(CheckNames.SELinux, "it confines no container here");
        }

        if (unlabelled.Count == 0)
        {
            return Ok(CheckNames.SELinux, "all that is mounted is labelled");
        }

        var (path, service) = unlabelled[0];
        var more = unlabelled.Count == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", and {unlabelled.Count - 1} more,");
        return Warning(
            CheckNames.SELinux,
            $"{path}, mounted by {service},{more} has no label that containers may read",
            $"add `:z` to the volume in the project's file; or: sudo chcon -R -t container_file_t {string.Join(' ', unlabelled.Select(mount => mount.Path).Distinct().Take(3))}"
        );
    }

    // Nothing is removed here: what it takes to build again is a person's to say.
    private static async Task<string> Reclaimable()
    {
        string[] question = ["system", "df", "--format", "{{json .}}"];
        var answer = await DockerClient.Ask(question);
        var cache = answer.ExitCode != 0 ? null
            : DockerClient.Lines(answer).Select(line => DockerClient.Read(question, line, Cache)).FirstOrDefault(size => size is not null);
        return $"docker builder prune{(cache is null ? string.Empty : $", which frees {cache}")}; `docker system df` shows what else takes the place";
    }

    private static string? Cache(JsonElement kind) => kind.GetProperty("Type").GetString() == "Build Cache" ? kind.GetProperty("Reclaimable").GetString() : null;
}
