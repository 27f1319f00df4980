using System.Collections.Frozen;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// The keys that the Compose Specification knows, by where they stand (its chapters Services, Build, Deploy, Develop,
/// Networks, Volumes, Configs, Secrets, Models), so that a misspelt one is answered with the nearest. <c>x-</c> keys are
/// extensions and welcome everywhere (chapter Extensions). A <c>*</c> segment stands for any key or list item.
/// </summary>
internal static class ComposeKeys
{
    private static readonly FrozenDictionary<string, Section> Sections = Parse(
        """
        /: name version include services networks volumes configs secrets models
        /services/*: annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint env_file environment expose extends external_links extra_hosts gpus group_add healthcheck hostname image init ipc isolation label_file labels links logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit models network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_start pre_stop privileged profiles provider pull_policy pull_refresh_after read_only restart runtime scale secrets security_opt shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volumes volumes_from working_dir
        /services/*/blkio_config: device_read_bps device_read_iops device_write_bps device_write_iops weight weight_device
        /services/*/build: additional_contexts args cache_from cache_to context dockerfile dockerfile_inline entitlements extra_hosts isolation labels network no_cache no_cache_filter platforms privileged provenance pull sbom secrets shm_size ssh tags target ulimits
        /services/*/credential_spec: config file registry
        /services/*/depends_on/*: condition required restart
        /services/*/deploy: endpoint_mode labels mode placement replicas resources restart_policy rollback_config update_config
        /services/*/deploy/placement: constraints max_replicas_per_node preferences
        /services/*/deploy/resources: limits reservations
        /services/*/deploy/resources/limits: cpus memory pids
        /services/*/deploy/resources/reservations: cpus devices generic_resources memory
        /services/*/deploy/restart_policy: condition delay max_attempts window
        /services/*/deploy/rollback_config: delay failure_action max_failure_ratio monitor order parallelism
        /services/*/deploy/update_config: delay failure_action max_failure_ratio monitor order parallelism
        /services/*/develop: watch
        /services/*/develop/watch/*: action exec ignore include initial_sync path target
        /services/*/env_file/*: format path required
        /services/*/extends: file service
        /services/*/healthcheck: disable interval retries start_interval start_period test timeout
        /services/*/logging: driver options
        /services/*/networks/*: aliases driver_opts gw_priority interface_name ipv4_address ipv6_address link_local_ips mac_address priority
        /services/*/ports/*: app_protocol host_ip mode name protocol published target
        /services/*/provider: options type
        /services/*/configs/*: gid mode source target uid
        /services/*/secrets/*: gid mode source target uid
        /services/*/volumes/*: bind consistency image read_only source target tmpfs type volume
        /services/*/volumes/*/bind: create_host_path propagation recursive selinux
        /services/*/volumes/*/image: subpath
        /services/*/volumes/*/tmpfs: mode size
        /services/*/volumes/*/volume: labels nocopy subpath
        /networks/*: attachable driver driver_opts enable_ipv4 enable_ipv6 external internal ipam labels name
        /networks/*/ipam: config driver options
        /networks/*/ipam/config/*: aux_addresses gateway ip_range subnet
        /volumes/*: driver driver_opts external labels name
        /configs/*: content environment external file labels name template_driver
        /secrets/*: driver driver_opts environment external file labels name template_driver
        /models/*: context_size model name runtime_flags
        """
    );

    /// <summary>Reports every key below <paramref name="root"/> that is unknown where it stands.</summary>
    /// <param name="root">The whole file, or the part of it that stands at <paramref name="path"/>.</param>
    /// <param name="path">Where: <c>/</c> for the whole file, <c>/services/*</c> for one service.</param>
    /// <param name="alsoAllowed">Keys that this tool adds at the top of the tree.</param>
    /// <param name="bag">Takes a diagnostic for each unknown key.</param>
    public static void Check(YamlNode root, string path, IReadOnlyCollection<string> alsoAllowed, DiagnosticBag bag)
    {
        if (Sections.TryGetValue(path, out var section))
        {
            Check(root, section, alsoAllowed, bag);
        }
    }

    /// <summary>Whether a service may have this key.</summary>
    public static bool IsServiceKey(string key) => Sections["/services/*"].Keys.Contains(key) || IsExtension(key);

    private static void Check(YamlNode node, Section section, IReadOnlyCollection<string> alsoAllowed, DiagnosticBag bag)
    {
        switch (node)
        {
            case YamlMapping mapping:
                CheckKeys(mapping, section, alsoAllowed, bag);
                break;
            case YamlSequence sequence when section.Below.TryGetValue("*", out var items):
                foreach (var item in sequence.Items.OfType<YamlMapping>())
                {
                    Check(item, items, [], bag);
                }

                break;
        }
    }

    private static void CheckKeys(YamlMapping mapping, Section section, IReadOnlyCollection<string> alsoAllowed, DiagnosticBag bag)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            if (section.Keys.Count > 0 && !section.Keys.Contains(key.Value) && !alsoAllowed.Contains(key.Value) && !IsExtension(key.Value))
            {
                bag.Add(Errors.UnknownKey(key.Span, key.Value, [.. section.Keys, .. alsoAllowed]));
            }
            else if (section.Below.TryGetValue(key.Value, out var below) || section.Below.TryGetValue("*", out below))
            {
                Check(value, below, [], bag);
            }
        }
    }

    private static bool IsExtension(string key) => key.StartsWith("x-", StringComparison.Ordinal);

    private static FrozenDictionary<string, Section> Parse(string table)
    {
        var sections = new Dictionary<string, Section>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            Get(sections, line[..colon]).Keys.UnionWith(line[(colon + 2)..].Split(' '));
        }

        return sections.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static Section Get(Dictionary<string, Section> sections, string path)
    {
        if (!sections.TryGetValue(path, out var section))
        {
            sections[path] = section = new Section();
            if (path != "/")
            {
                var slash = path.LastIndexOf('/');
                Get(sections, slash == 0 ? "/" : path[..slash]).Below[path[(slash + 1)..]] = section;
            }
        }

        return section;
    }

    private sealed record Section
    {
        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, Section> Below { get; } = new(StringComparer.Ordinal);
    }
}
