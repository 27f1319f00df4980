using System.Collections.Concurrent;

namespace ComposeGen.Manifests.Specification;

/// <summary>
/// What may stand where in a Compose file (Compose Specification, chapters Services, Build, Deploy, Develop, Networks, Volumes,
/// Configs, Secrets and Models), and in a <c>project.yml</c>: once, for the check of descriptors and for the schema that editors
/// read. A form is a type of <see cref="ScalarType"/>, <c>@section</c>, a list <c>[form]</c> (with <c>!</c>: no item twice), a
/// mapping of given names <c>{form}</c>, texts in quotes, or several of these with <c>|</c>. A key with <c>*</c> cannot be left out.
/// </summary>
internal static class ComposeTable
{
    public const string File = "file";

    public const string Service = "service";

    /// <summary>The keys that a <c>project.yml</c> has beside those of a Compose file.</summary>
    public const string Own = "own";

    private const string Text = """
        own:
          exclude text|[text]
          members text|[text]
          service @service
          shared flag
        file:
          name text
          version text
          include [text|@include]
          services {@service}
          networks {null|@network}
          volumes {null|@volume}
          configs {@config}
          secrets {@secret}
          models {@model}
        include:
          *path text|[text]
          env_file text|[text]
          project_directory text
        service:
          annotations settings
          attach bool
          blkio_config @blkio_config
          build text|@build
          cap_add [text]
          cap_drop [text]
          cgroup "host"|"private"
          cgroup_parent text
          command command
          configs [text|@mount]
          container_name name
          cpu_count integer(0..)
          cpu_percent integer(0..100)
          cpu_period whole
          cpu_quota whole
          cpu_rt_period whole
          cpu_rt_runtime whole
          cpu_shares whole
          cpus number
          cpuset text
          credential_spec @credential_spec
          depends_on [text]!|{@dependency}
          deploy null|@deploy
          develop null|@develop
          device_cgroup_rules [text]!
          devices [text|@device]
          dns text|[text]
          dns_opt [text]
          dns_search text|[text]
          domainname text
          entrypoint command
          env_file text|[text|@env_file]
          environment settings
          expose [text|number]
          extends text|@extends
          external_links [text]!
          extra_hosts hosts
          gpus "all"|[@device_request]
          group_add [text|number]!
          healthcheck @healthcheck
          hostname text
          image text
          init bool
          ipc text
          isolation text
          label_file text|[text]
          labels settings
          links [text]
          logging @logging
          mac_address text
          mem_limit bytes
          mem_reservation int-bytes
          mem_swappiness int-bytes
          memswap_limit bytes
          models [text]!|{null|@service_model}
          network_mode text
          networks [text]!|{null|@service_network}
          oom_kill_disable bool
          oom_score_adj integer(-1000..1000)
          pid text
          pids_limit whole
          platform text
          ports [text|number|@port]
          post_start [@hook]
          pre_start [@pre_start]
          pre_stop [@hook]
          privileged bool
          profiles [text]
          provider @provider
          pull_policy pull
          pull_refresh_after text
          read_only bool
          restart text
          runtime text
          scale integer(0..)
          secrets [text|@mount]
          security_opt [text]!
          shm_size bytes
          stdin_open bool
          stop_grace_period duration
          stop_signal text
          storage_opt {text|number|bool}
          sysctls settings
          tmpfs text|[text]
          tty bool
          ulimits {integer|@ulimit}
          use_api_socket flag
          user text
          userns_mode text
          uts text
          volumes [text|@volume_mount]
          volumes_from [text]!
          working_dir text
        blkio_config:
          device_read_bps [@rate]
          device_read_iops [@rate]
          device_write_bps [@rate]
          device_write_iops [@rate]
          weight integer
          weight_device [@weight]
        rate:
          path text
          rate int-bytes
        weight:
          path text
          weight integer
        build:
          additional_contexts settings
          args settings
          cache_from [text]
          cache_to [text]
          context text
          dockerfile text
          dockerfile_inline text
          entitlements [text]
          extra_hosts hosts
          isolation text
          labels settings
          network text
          no_cache bool
          no_cache_filter text|[text]
          platforms [text]
          privileged bool
          provenance text|bool
          pull bool
          sbom text|bool
          secrets [text|@mount]
          shm_size int-bytes
          ssh settings
          tags [text]
          target text
          ulimits {integer|@ulimit}
        credential_spec:
          config text
          file text
          registry text
        dependency:
          *condition "service_started"|"service_healthy"|"service_completed_successfully"
          required bool
          restart bool
        deploy:
          endpoint_mode text
          labels settings
          mode text
          placement @placement
          replicas integer(0..)
          resources @resources
          restart_policy @restart_policy
          rollback_config @update
          update_config @update
        placement:
          constraints [text]
          max_replicas_per_node integer
          preferences [@preference]
        preference:
          spread text
        resources:
          limits @limits
          reservations @reservations
        limits:
          cpus number
          memory text-bytes
          pids integer
        reservations:
          cpus number
          devices [@reserved_device]
          generic_resources [@generic_resource]
          memory text-bytes
        generic_resource:
          discrete_resource_spec @discrete_resource
        discrete_resource:
          kind text
          value whole
        reserved_device:
          *capabilities [text]
          count text|integer
          device_ids [text]
          driver text
          options settings
        device_request:
          capabilities [text]
          count text|integer
          device_ids [text]
          driver text
          options settings
        restart_policy:
          condition text
          delay duration
          max_attempts integer
          window duration
        update:
          delay duration
          failure_action text
          max_failure_ratio number
          monitor duration
          order "start-first"|"stop-first"
          parallelism integer
        develop:
          watch [@watch]
        watch:
          *action "rebuild"|"sync"|"restart"|"sync+restart"|"sync+exec"
          exec @hook
          ignore text|[text]
          include text|[text]
          initial_sync flag
          *path text
          target text
        device:
          permissions text
          *source text
          target text
        env_file:
          format text
          *path text
          required bool
        extends:
          file text
          *service text
        healthcheck:
          disable bool
          interval duration
          retries whole(0..)
          start_interval duration
          start_period duration
          test text|[text]
          timeout duration
        hook:
          *command command
          environment settings
          privileged bool
          user text
          working_dir text
        pre_start:
          command command
          environment settings
          image text
          per_replica bool
          privileged bool
          user text
          working_dir text
        logging:
          driver text
          options {null|text|number}
        service_model:
          endpoint_var text
          model_var text
        service_network:
          aliases [text]
          driver_opts {text|number}
          gw_priority number
          interface_name text
          ipv4_address text
          ipv6_address text
          link_local_ips [text]
          mac_address text
          priority number
        port:
          app_protocol text
          host_ip text
          mode text
          name text
          protocol text
          published text|integer
          target integer
        provider:
          options {text|number|bool|[text|number|bool]}
          *type text
        mount:
          gid text
          mode text|number
          *source text
          target text
          uid text
        ulimit:
          *hard integer
          *soft integer
        volume_mount:
          bind @bind
          consistency text
          image @image_mount
          read_only bool
          source text
          target text
          tmpfs @tmpfs_mount
          *type "bind"|"volume"|"tmpfs"|"cluster"|"npipe"|"image"
          volume @volume_options
        bind:
          create_host_path bool
          propagation text
          recursive "enabled"|"disabled"|"writable"|"readonly"
          selinux "z"|"Z"
        image_mount:
          subpath text
        tmpfs_mount:
          mode text|number
          size int-bytes
        volume_options:
          labels settings
          nocopy bool
          subpath text
        network:
          attachable bool
          driver text
          driver_opts {text|number}
          enable_ipv4 bool
          enable_ipv6 bool
          external bool|@external
          internal bool
          ipam @ipam
          labels settings
          name text
        external:
          name text
        ipam:
          config [@ipam_config]
          driver text
          options {text}
        ipam_config:
          aux_addresses {text}
          gateway text
          ip_range text
          subnet text
        volume:
          driver text
          driver_opts {text|number}
          external bool|@external
          labels settings
          name text
        config:
          content text
          environment text
          external bool|@external
          file text
          labels settings
          name text
          template_driver text
        secret:
          driver text
          driver_opts {text|number}
          environment text
          external bool|@external
          file text
          labels settings
          name text
          template_driver text
        model:
          context_size integer
          *model text
          name text
          runtime_flags [text]
        """;

    private static readonly Dictionary<string, string> Abbreviations = new(StringComparer.Ordinal)
    {
        ["settings"] = "{null|text|number|bool}|[text]",
        ["hosts"] = "{text|[text]}|[text]",
        ["command"] = "null|text|[text]",
    };

    // Few of them are asked for in a short run, and reading all takes a twentieth of one.
    private static readonly Dictionary<string, Lazy<Section>> ByName = Split().ToDictionary(section => section.Name, section => new Lazy<Section>(() => Parse(section.Name, section.Lines)), StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, Form> Forms = new(StringComparer.Ordinal);

    /// <summary>All sections.</summary>
    public static IEnumerable<Section> Sections => ByName.Values.Select(section => section.Value);

    /// <summary>The section of a name, which has to be one of the table.</summary>
    public static Section Section(string name) => ByName[name].Value;

    /// <summary>The form of a notation, as the table has it.</summary>
    public static Form Form(string notation) =>
        Forms.GetOrAdd(notation, static text => new Form([.. Alternatives(Abbreviations.GetValueOrDefault(text, text)).Select(Shape)]));

    private static IEnumerable<(string Name, IReadOnlyList<string> Lines)> Split()
    {
        var name = string.Empty;
        var lines = new List<string>();
        foreach (var line in Text.Split('\n'))
        {
            if (line.StartsWith(' '))
            {
                lines.Add(line);
                continue;
            }

            if (lines.Count > 0)
            {
                yield return (name, lines);
            }

            (name, lines) = (line.TrimEnd(':'), []);
        }

        yield return (name, lines);
    }

    private static Section Parse(string name, IReadOnlyList<string> lines) =>
        new(
            name,
            [
                .. from line in lines
                let parts = line.Trim().Split(' ', 2)
                select new SectionKey(parts[0].TrimStart('*'), Form(parts[1]), parts[0].StartsWith('*')),
            ]
        );

    private static Shape Shape(string notation) =>
        notation switch
        {
            "null" => new NullShape(),
            ['@', .. var section] => new SectionShape(section),
            ['[', .. var items, ']', '!'] => new ListShape(Form(items), true),
            ['[', .. var items, ']'] => new ListShape(Form(items), false),
            ['{', .. var values, '}'] => new NamesShape(Form(values)),
            ['"', ..] => new ScalarShape(ScalarType.OneOf([.. notation.Split('|').Select(text => text.Trim('"'))])),
            _ => new ScalarShape(ScalarType.Of(notation) ?? throw new InvalidOperationException($"no form `{notation}`")),
        };

    // Between the `|` that stand in no bracket; texts in quotes are one alternative.
    private static IEnumerable<string> Alternatives(string notation)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= notation.Length; i++)
        {
            if (i == notation.Length || (notation[i] == '|' && depth == 0 && !(notation[i - 1] == '"' && notation[i + 1] == '"')))
            {
                yield return notation[start..i];
                start = i + 1;
            }
            else
            {
                depth += notation[i] switch
                {
                    '[' or '{' => 1,
                    ']' or '}' => -1,
                    _ => 0,
                };
            }
        }
    }
}
