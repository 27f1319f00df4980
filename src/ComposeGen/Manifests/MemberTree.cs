using System.Collections.Immutable;

namespace ComposeGen.Manifests;

/// <summary>
/// A tree with its members written into it: no <c>service</c>, <c>members</c> or <c>exclude</c> is left.
/// </summary>
/// <param name="Tree">A mapping with <c>services</c>, <c>volumes</c>, ….</param>
/// <param name="Members">The member's path by the name of each service that is a member's.</param>
/// <param name="IsComplete">False where a member could not be read.</param>
internal sealed record ExpandedTree(YamlMapping Tree, ImmutableDictionary<string, string> Members, bool IsComplete);

/// <summary>
/// What stands in a member's file, as it has to stand in its project's: services and resources under the member's name,
/// paths relative to the project's folder. A name means the member's own service or resource first; what the member does
/// not declare is the project's.
/// </summary>
internal sealed class MemberTree
{
    private readonly string _member;
    private readonly ExpandedTree _own;
    private readonly PathRebaser _paths;
    private readonly HashSet<string> _services;

    /// <param name="member">The member's path, relative to the project's folder.</param>
    /// <param name="own">What the member says, its own members included; its <c>service</c> has an empty name.</param>
    public MemberTree(string member, ExpandedTree own)
    {
        (_member, _own, _paths) = (member, own, new PathRebaser(member));
        _services = (own.Tree["services"] as YamlMapping)?.Names.ToHashSet(StringComparer.Ordinal) ?? [];
    }

    /// <summary>The services, each with the path of the member that it belongs to.</summary>
    public IEnumerable<(YamlEntry Service, string Member)> Services() =>
        _own.Tree["services"] is YamlMapping services
            ? services.Entries.Select(entry =>
                (
                    new YamlEntry(Renamed(entry.Key), Service(entry.Value)),
                    _own.Members.TryGetValue(entry.Name, out var below) ? $"{_member}/{below}" : _member
                )
            )
            : [];

    /// <summary>The entries of a top-level section.</summary>
    public IEnumerable<YamlEntry> Resources(string section) =>
        _own.Tree[section] is YamlMapping resources
            ? resources.Entries.Select(entry => new YamlEntry(Renamed(entry.Key), _paths.Resource(section, Named(entry))))
            : [];

    private YamlScalar Renamed(YamlScalar key) => key with { Value = MemberNames.Join(_member, key.Value) };

    // What exists outside of Compose keeps the name that the member calls it by.
    private static YamlNode Named(YamlEntry entry)
    {
        var yaml = new YamlFactory(entry.Key.Span);
        return
            entry.Value is YamlMapping map && !map.Contains("name") && map["external"] is YamlScalar { Value: "true" or "True" or "TRUE" }
            ? map with
            {
                Entries = map.Entries.Add(new YamlEntry(yaml.Text("name"), yaml.Text(entry.Name))),
            }
            : entry.Value;
    }

    private YamlNode Service(YamlNode body) =>
        body is YamlMapping map
            ? map with
            {
                Entries = [.. map.Entries.Select(entry => entry.Value is YamlScalar { IsNull: true } ? entry : Rewritten(entry))],
            }
            : body;

    private YamlEntry Rewritten(YamlEntry entry)
    {
        entry = entry with { Value = ServiceReferences.Rewrite(entry, Target) };
        entry = entry with { Value = ResourceReferences.Rewrite(entry, reference => Resource(reference.Section, reference.Name)) };
        return (entry.Name, entry.Value) switch
        {
            ("networks", YamlMapping map) => entry with
            {
                Value = map with { Entries = [.. map.Entries.Select(e => e with { Key = Network(e.Key) }).DistinctBy(e => e.Name)] },
            },
            ("networks", YamlSequence list) => entry with
            {
                Value = list with { Items = [.. list.Items.Select(item => item is YamlScalar name ? Network(name) : item)] },
            },
            _ => entry with { Value = _paths.Service(entry) },
        };
    }

    private string Target(ServiceReference reference)
    {
        var name = reference.Name;
        if (name.Length == 0 || name.Contains(':', StringComparison.Ordinal))
        {
            return name;
        }

        var own = _services.Contains(name)
            ? name
            : MemberNames.Find(_services.Select(service => (service, _own.Members.GetValueOrDefault(service))), name);
        return own is null ? name : MemberNames.Join(_member, own);
    }

    private YamlScalar Network(YamlScalar name) => name with { Value = Resource("networks", name.Value) };

    private string Resource(string section, string name) =>
        _own.Tree[section] is YamlMapping declared && declared.Contains(name) ? MemberNames.Join(_member, name) : name;
}
