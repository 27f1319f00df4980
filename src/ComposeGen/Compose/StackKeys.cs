using System.Collections.Frozen;

namespace ComposeGen.Compose;

/// <summary>
/// What a swarm takes of a service (Compose file version 3.13, which is what <c>docker stack deploy</c> reads), and what to do
/// about what it does not.
/// </summary>
internal static class StackKeys
{
    /// <summary>Keys that mean the same to a swarm.</summary>
    public static readonly FrozenSet<string> Taken = (
        (string[])
        [
            "cap_add", "cap_drop", "command", "configs", "credential_spec", "dns", "dns_search", "entrypoint", "environment", "extra_hosts",
            "healthcheck", "hostname", "init", "isolation", "labels", "logging", "networks", "oom_score_adj", "ports", "read_only", "secrets",
            "stdin_open", "stop_grace_period", "stop_signal", "sysctls", "tmpfs", "tty", "ulimits", "user", "volumes", "working_dir", "deploy",
        ]
    ).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Keys that are said in another way, or that mean nothing any more once there is an image.</summary>
    public static readonly FrozenSet<string> Replaced = (
        (string[])
        [
            "build", "image", "pull_policy", "develop", "env_file", "platform", "profiles", "expose", "container_name",
            "restart", "scale", "cpus", "mem_limit", "mem_reservation", "pids_limit",
        ]
    ).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Keys whose mappings have names of their users' own.</summary>
    public static readonly FrozenSet<string> Free = ((string[])["driver_opts", "environment", "extra_hosts", "labels", "options", "sysctls"]).ToFrozenSet(
        StringComparer.Ordinal
    );

    /// <summary>Keys without which the service would be another one, each with what to do.</summary>
    public static readonly FrozenDictionary<string, string> Needed = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["network_mode"] = "take it out: in a swarm, services are on networks of their own and reach each other by name",
        ["volumes_from"] = "name the volume in both services",
        ["provider"] = "a swarm runs containers alone: start what the provider starts beside it",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Remedies = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["depends_on"] = "have the program try again until what it needs answers: a swarm starts everything at once, and again what ends",
        ["privileged"] = "name the capabilities it needs in cap_add",
        ["devices"] = "declare them on the nodes as generic resources, and ask for these in deploy.resources.reservations",
        ["gpus"] = "declare them on the nodes as generic resources, and ask for these in deploy.resources.reservations",
        ["shm_size"] = "mount a tmpfs of that size at /dev/shm: `- {type: tmpfs, target: /dev/shm, tmpfs: {size: …}}` in volumes",
        ["links"] = "call the other service by its name, which every service of the stack knows",
        ["external_links"] = "put both on one network that is made outside of the stack",
        ["extends"] = "write the keys out",
        ["userns_mode"] = "set it for the nodes' engines",
        ["security_opt"] = "set it for the nodes' engines, in daemon.json",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What to do about a key that a swarm does not know.</summary>
    public static string Remedy(string key) => Remedies.GetValueOrDefault(key, "do without it there; elsewhere it counts as before");
}
