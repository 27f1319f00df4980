using System.Globalization;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests.Specification;

/// <summary>
/// What Compose demands of a service beyond the form of each value: keys that exclude each other, values that have to agree, short
/// forms that have to be complete (Compose Specification, chapters Services, Build, Deploy and Develop). What other services or
/// projects are needed for is the plan's to check.
/// </summary>
internal static class ServiceRules
{
    private static readonly string[] TestKinds = ["CMD", "CMD-SHELL", "NONE"];

    private static readonly string[] RestartPolicies = ["no", "always", "on-failure", "unless-stopped"];

    public static void Check(YamlMapping service, DiagnosticBag bag)
    {
        CheckBuild(service, bag);
        CheckHealth(service, bag);
        CheckLimits(service, bag);
        CheckCopies(service, bag);
        CheckMounts(service, bag);
        CheckShortForms(service, bag);
        CheckDevices(service["gpus"], bag);
        CheckDevices(At(service, "deploy", "resources", "reservations", "devices"), bag);
        CheckWatch(At(service, "develop", "watch"), bag);
        if (service["networks"] is YamlSequence { Items.IsEmpty: false } or YamlMapping { Entries.IsEmpty: false })
        {
            Exclude(service, "network_mode", "networks", bag);
        }

        if (Literal(service["restart"]) is { } restart && !RestartPolicies.Contains(restart.Split(':')[0]))
        {
            bag.Add(Errors.UnknownRestart(service["restart"]!.Span, restart, RestartPolicies));
        }
    }

    /// <summary>Reports a secret or config that does not say what is in it, or says it twice (chapters Secrets and Configs).</summary>
    /// <param name="section"><c>secrets</c> or <c>configs</c>.</param>
    /// <param name="entry">The entry of that section.</param>
    /// <param name="bag">Takes the problems.</param>
    public static void CheckContent(string section, YamlEntry entry, DiagnosticBag bag)
    {
        if (entry.Value is not YamlMapping resource)
        {
            return;
        }

        string[] sources = section == "configs" ? ["file", "environment", "content"] : ["file", "environment"];
        var given = resource.Entries.Where(own => sources.Contains(own.Name)).ToList();
        if (given.Count > 1)
        {
            bag.Add(Errors.KeysExclude(given[1].Key.Span, given[0].Name, given[1].Name).With(given[0].Key.Span, "the other one"));
        }
        else if (!resource.Contains("external") && !(section == "configs" ? given.Count > 0 || resource.Contains("driver") : given.Exists(IsSet)))
        {
            bag.Add(Errors.NoContent(entry.Key.Span, entry.Name, sources));
        }
    }

    /// <summary>Reports what an external volume cannot have, since somebody else made it (chapter Volumes).</summary>
    public static void CheckExternal(YamlEntry entry, DiagnosticBag bag)
    {
        if (entry.Value is YamlMapping volume && volume["external"] is YamlScalar { Value: "true" or "True" or "TRUE" })
        {
            foreach (
                var other in volume.Entries.Where(own => own.Name is not ("external" or "name") && !own.Name.StartsWith("x-", StringComparison.Ordinal))
            )
            {
                bag.Add(Errors.KeysExclude(other.Key.Span, "external", other.Name));
            }
        }
    }

    private static void CheckBuild(YamlMapping service, DiagnosticBag bag)
    {
        if (service["build"] is not YamlMapping build)
        {
            return;
        }

        Exclude(build, "dockerfile", "dockerfile_inline", bag);
        if (
            Literal(service["platform"]) is { } platform
            && build["platforms"] is YamlSequence { Items.IsEmpty: false } platforms
            && platforms.Items.All(item => Literal(item) is { } other && other != platform)
        )
        {
            bag.Add(Errors.PlatformNotBuilt(service["platform"]!.Span, platform).With(platforms.Span, "built for these"));
        }

        if (build["additional_contexts"] is YamlSequence contexts)
        {
            foreach (var item in contexts.Items.Where(item => Literal(item)?.Contains('=', StringComparison.Ordinal) == false))
            {
                bag.Add(Errors.BadEntry(item.Span, "additional_contexts", Literal(item)!, "write `NAME=CONTEXT`"));
            }
        }
    }

    private static void CheckHealth(YamlMapping service, DiagnosticBag bag)
    {
        if (
            At(service, "healthcheck", "test") is YamlSequence { Items: [var first, ..] }
            && Literal(first) is { } kind
            && !TestKinds.Contains(kind)
        )
        {
            bag.Add(Errors.BadTest(first.Span, kind));
        }
    }

    // Where there are limits at all, one that is left out is none: 0.
    private static void CheckLimits(YamlMapping service, DiagnosticBag bag)
    {
        foreach (
            var (key, section, limit) in (ReadOnlySpan<(string, string, string)>)
                [
                    ("cpus", "limits", "cpus"),
                    ("mem_limit", "limits", "memory"),
                    ("pids_limit", "limits", "pids"),
                    ("mem_reservation", "reservations", "memory"),
                ]
        )
        {
            if (
                At(service, "deploy", "resources", section) is YamlMapping limits
                && service[key] is { } own
                && ByteSize.Parse(Literal(own)) is { } value and not 0
                && (limits[limit] is { } other ? ByteSize.Parse(Literal(other)) : 0) is { } theirs
                && value != theirs
            )
            {
                bag.Add(Errors.Disagree(own.Span, key, $"deploy.resources.{section}.{limit}").With((limits[limit] ?? limits).Span, "the other one"));
            }
        }
    }

    private static void CheckCopies(YamlMapping service, DiagnosticBag bag)
    {
        var replicas = At(service, "deploy", "replicas");
        var (scale, copies) = (Integer(service["scale"]), Integer(replicas));
        if (scale is not null && copies is not null && scale != copies)
        {
            bag.Add(Errors.Disagree(service["scale"]!.Span, "scale", "deploy.replicas").With(replicas!.Span, "the other one"));
        }

        if ((scale ?? copies) > 1 && service["container_name"] is { } name)
        {
            bag.Add(Errors.OneNameForSeveral(name.Span).With((service["scale"] ?? replicas)!.Span, "several of them"));
        }
    }

    private static void CheckMounts(YamlMapping service, DiagnosticBag bag)
    {
        var temporary = (service["tmpfs"] as YamlSequence)?.Items ?? (service["tmpfs"] is { } one ? [one] : []);
        var mounted = temporary
            .Where(item => Literal(item) is not null)
            .GroupBy(item => Literal(item)!.Split(':')[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Span, StringComparer.Ordinal);
        foreach (var item in (service["volumes"] as YamlSequence)?.Items ?? [])
        {
            var target = item is YamlMapping map ? Literal(map["target"]) : Literal(item) is { Length: > 0 } text ? VolumeSyntax.Target(text) : null;
            if (target is not null && mounted.TryGetValue(target, out var other))
            {
                bag.Add(Errors.SameTarget(item.Span, target).With(other, "mounted here too"));
            }

            if (item is YamlMapping { } bind && Literal(bind["type"]) == "bind" && Literal(bind["source"]) is null && bind["source"] is null or YamlScalar { Value: "" })
            {
                bag.Add(Errors.MissingKey(item.Span, "volumes", "source", "the folder on the host"));
            }
        }
    }

    private static void CheckShortForms(YamlMapping service, DiagnosticBag bag)
    {
        foreach (var item in (service["devices"] as YamlSequence)?.Items ?? [])
        {
            if (Literal(item) is { } text && text.Count(c => c == ':') > 2)
            {
                bag.Add(Errors.BadEntry(item.Span, "devices", text, "write `HOST:CONTAINER:rwm`, or a mapping with `source` and `target`"));
            }
        }

        foreach (var item in (service["extra_hosts"] as YamlSequence)?.Items ?? [])
        {
            if (Literal(item) is { } text && text.IndexOfAny([':', '=']) < 0)
            {
                bag.Add(Errors.BadEntry(item.Span, "extra_hosts", text, "write `NAME=ADDRESS`"));
            }
        }

        foreach (var item in (service["volumes"] as YamlSequence)?.Items ?? [])
        {
            if (item is YamlScalar { IsPlain: false, Value: "" })
            {
                bag.Add(Errors.BadEntry(item.Span, "volumes", string.Empty, "write `SOURCE:TARGET`, or a target alone"));
            }
        }
    }

    private static void CheckDevices(YamlNode? devices, DiagnosticBag bag)
    {
        foreach (var device in (devices as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            Exclude(device, "count", "device_ids", bag);
        }
    }

    private static void CheckWatch(YamlNode? watch, DiagnosticBag bag)
    {
        foreach (var rule in (watch as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            if (Literal(rule["action"]) is "sync" or "sync+restart" or "sync+exec" && rule["target"] is null or YamlScalar { Value: "" })
            {
                bag.Add(Errors.MissingKey(rule.Span, "watch", "target", "where the files go in the container"));
            }

            if (rule["path"] is YamlScalar { IsPlain: false, Value: "" } path)
            {
                bag.Add(Errors.BadEntry(path.Span, "path", string.Empty, "write the folder that is watched"));
            }
        }
    }

    private static void Exclude(YamlMapping mapping, string key, string other, DiagnosticBag bag)
    {
        var first = mapping.Entries.FirstOrDefault(entry => entry.Name == key);
        var second = mapping.Entries.FirstOrDefault(entry => entry.Name == other);
        if (IsSet(first) && IsSet(second))
        {
            bag.Add(Errors.KeysExclude(second.Key.Span, key, other).With(first.Key.Span, "the other one"));
        }
    }

    // An empty text is as good as none.
    private static bool IsSet(YamlEntry entry) => entry.Key is not null && entry.Value is not YamlScalar { Value: "" };

    private static YamlNode? At(YamlMapping mapping, params ReadOnlySpan<string> path)
    {
        YamlNode? node = mapping;
        foreach (var key in path)
        {
            node = (node as YamlMapping)?[key];
        }

        return node;
    }

    // What a scalar says where no variable is set; null where that is not known.
    private static string? Literal(YamlNode? node) =>
        node is not YamlScalar { IsNull: false } scalar ? null
        : scalar.Value.Contains('$', StringComparison.Ordinal) ? VariableText.Default(scalar.Value)
        : scalar.Value;

    private static long? Integer(YamlNode? node) =>
        long.TryParse(Literal(node), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
