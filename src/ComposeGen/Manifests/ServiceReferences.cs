using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// A place in a service that names another one. <paramref name="IsOptional"/>: <c>required: false</c>, so that the other
/// may be absent.
/// </summary>
internal readonly record struct ServiceReference(string Name, bool IsOptional, SourceSpan Span);

/// <summary>
/// Where a service names other services: <c>depends_on</c>, <c>links</c>, <c>volumes_from</c>, <c>service:…</c> in
/// <c>network_mode</c>, <c>pid</c>, <c>ipc</c>, <c>uts</c> and <c>cgroup</c>, and <c>build.additional_contexts</c>
/// (Compose Specification, Services and Build, the chapters of those names). The one place that knows, for whoever
/// collects the references and whoever rewrites them.
/// </summary>
internal static class ServiceReferences
{
    private const string Prefix = "service:";

    public static ImmutableArray<ServiceReference> Collect(YamlMapping body) => Collect(body.Entries);

    /// <summary>Those that a service calls, and so has to know the addresses of: not the ones whose files or build it uses.</summary>
    public static ImmutableArray<ServiceReference> Called(YamlMapping body) =>
        Collect(body.Entries.Where(entry => entry.Name is "depends_on" or "links"));

    private static ImmutableArray<ServiceReference> Collect(IEnumerable<YamlEntry> entries)
    {
        var found = ImmutableArray.CreateBuilder<ServiceReference>();
        foreach (var entry in entries)
        {
            Rewrite(entry, Note);
        }

        return found.DrainToImmutable();

        string Note(ServiceReference reference)
        {
            found.Add(reference);
            return reference.Name;
        }
    }

    /// <summary>
    /// The value of one key of a service with every service name in it replaced; the same value where it names none. Two
    /// names for one service (<c>db</c> and <c>shop:db</c>) become one dependency: Compose refuses to be told twice.
    /// </summary>
    public static YamlNode Rewrite(YamlEntry entry, Func<ServiceReference, string> rename) =>
        (entry.Name, entry.Value) switch
        {
            ("depends_on", YamlSequence list) => DependsOn(list, rename),
            ("depends_on", YamlMapping map) => map with
            {
                Entries =
                [
                    .. map.Entries.Select(e => new YamlEntry(Renamed(e.Key, IsOptional(e.Value), rename), e.Value)).DistinctBy(e => e.Name),
                ],
            },
            ("links", YamlSequence list) => Texts(list, text => Link(text, rename)),
            ("volumes_from", YamlSequence list) => Texts(list, text => VolumesFrom(text, rename)),
            ("network_mode" or "pid" or "ipc" or "uts" or "cgroup", YamlScalar text) => Prefixed(text, rename),
            ("build", YamlMapping build) when build["additional_contexts"] is { } contexts => build with
            {
                Entries =
                [
                    .. build.Entries.Select(e =>
                        e.Name == "additional_contexts" ? e with { Value = AdditionalContexts(contexts, rename) } : e
                    ),
                ],
            },
            var (_, value) => value,
        };

    /// <summary>A link or volumes_from entry up to its first colon: the service's name.</summary>
    private static int NameLength(YamlScalar text)
    {
        var colon = text.Value.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? text.Value.Length : colon;
    }

    private static YamlSequence DependsOn(YamlSequence list, Func<ServiceReference, string> rename)
    {
        var renamed = Texts(list, text => Renamed(text, false, rename));
        return renamed with { Items = [.. renamed.Items.DistinctBy(item => item is YamlScalar text ? text.Value : (object)item)] };
    }

    private static YamlSequence Texts(YamlSequence list, Func<YamlScalar, YamlScalar> rewrite) =>
        list with
        {
            Items = [.. list.Items.Select(item => item is YamlScalar text ? rewrite(text) : item)],
        };

    // SERVICE or SERVICE:ALIAS; without an alias the service's own name is one, and has to stay one.
    private static YamlScalar Link(YamlScalar text, Func<ServiceReference, string> rename)
    {
        var name = text.Value[..NameLength(text)];
        var alias = name.Length < text.Value.Length ? text.Value[(name.Length + 1)..] : name;
        return text with { Value = $"{rename(new ServiceReference(name, false, text.Span))}:{alias}", IsPlain = false };
    }

    // SERVICE[:ro|rw], or container:NAME of a container that is not ours.
    private static YamlScalar VolumesFrom(YamlScalar text, Func<ServiceReference, string> rename)
    {
        if (text.Value.StartsWith("container:", StringComparison.Ordinal))
        {
            return text;
        }

        var length = NameLength(text);
        var name = rename(new ServiceReference(text.Value[..length], false, text.Span));
        return text with { Value = name + text.Value[length..], IsPlain = false };
    }

    private static YamlScalar Prefixed(YamlScalar text, Func<ServiceReference, string> rename) =>
        text.Value.StartsWith(Prefix, StringComparison.Ordinal)
            ? text with
            {
                Value = Prefix + rename(new ServiceReference(text.Value[Prefix.Length..], false, text.Span)),
                IsPlain = false,
            }
            : text;

    private static YamlNode AdditionalContexts(YamlNode contexts, Func<ServiceReference, string> rename) =>
        contexts switch
        {
            YamlMapping map => map with
            {
                Entries = [.. map.Entries.Select(e => e.Value is YamlScalar text ? e with { Value = Prefixed(text, rename) } : e)],
            },
            YamlSequence list => Texts(list, text => NamedContext(text, rename)),
            _ => contexts,
        };

    // NAME=CONTEXT
    private static YamlScalar NamedContext(YamlScalar text, Func<ServiceReference, string> rename)
    {
        var value = text.Value.IndexOf('=', StringComparison.Ordinal) + 1;
        var context = Prefixed(text with { Value = text.Value[value..] }, rename);
        return text with { Value = text.Value[..value] + context.Value };
    }

    private static YamlScalar Renamed(YamlScalar name, bool isOptional, Func<ServiceReference, string> rename) =>
        name with
        {
            Value = rename(new ServiceReference(name.Value, isOptional, name.Span)),
            IsPlain = false,
        };

    private static bool IsOptional(YamlNode dependency) =>
        dependency is YamlMapping map && map["required"] is YamlScalar { IsPlain: true, Value: "false" or "False" or "FALSE" };
}
