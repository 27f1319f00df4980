using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests.Specification;

namespace ComposeGen.Manifests;

/// <summary>A project's own tree and those of its members, put together into one.</summary>
internal sealed class MemberMerge
{
    private readonly YamlMapping _own;
    private readonly DiagnosticBag _bag;
    private readonly Dictionary<string, OrderedDictionary<string, YamlEntry>> _sections = new(StringComparer.Ordinal);
    private readonly ImmutableDictionary<string, string>.Builder _members = ImmutableDictionary.CreateBuilder<string, string>(
        StringComparer.Ordinal
    );
    private bool _isComplete = true;

    /// <param name="own">What the project's own file says.</param>
    /// <param name="ownName">What its <c>service</c> is called.</param>
    /// <param name="bag">Takes a diagnostic for each name that is given twice.</param>
    public MemberMerge(YamlMapping own, string ownName, DiagnosticBag bag)
    {
        (_own, _bag) = (own, bag);
        foreach (var section in (string[])["services", .. Descriptor.ResourceSections])
        {
            var entries = Section(section).Select(entry => section == "services" ? WithPlainBuild(entry) : entry);
            _sections[section] = new(entries.Select(entry => KeyValuePair.Create(entry.Name, entry)), StringComparer.Ordinal);
        }

        if (own.Entries.FirstOrDefault(entry => entry.Name == "service") is { Key: { } key } shorthand)
        {
            new FormCheck(bag).Section(shorthand.Value, ComposeTable.Service);
            if (own.Entries.FirstOrDefault(entry => entry.Name == "services").Key is { } services)
            {
                bag.Add(Errors.ServiceAndServices(key.Span).With(services.Span, "`services` given here"));
            }

            Add("services", WithPlainBuild(shorthand with { Key = key with { Value = ownName } }));
        }
    }

    public void Add(string member, ExpandedTree tree)
    {
        var within = new MemberTree(member, tree);
        foreach (var (service, path) in within.Services())
        {
            if (Add("services", service))
            {
                _members[service.Name] = path;
            }
        }

        foreach (var section in Descriptor.ResourceSections)
        {
            foreach (var entry in within.Resources(section))
            {
                Add(section, entry);
            }
        }

        _isComplete &= tree.IsComplete;
    }

    /// <summary>A member could not be read.</summary>
    public void Lose() => _isComplete = false;

    public ExpandedTree ToTree()
    {
        var others = _own.Entries.Where(entry => !IsMerged(entry.Name));
        var sections = _sections
            .Where(section => section.Value.Count > 0 || _own.Contains(section.Key))
            .Select(section => new YamlEntry(
                Key(section.Key),
                section.Value.Count == 0 ? _own[section.Key]! : new YamlMapping([.. section.Value.Values], Key(section.Key).Span)
            ));
        return new ExpandedTree(new YamlMapping([.. others, .. sections], _own.Span), _members.ToImmutable(), _isComplete);
    }

    // In the form that members' builds get, so that `build: .` here and `build: ..` in a member are seen to be one.
    private static YamlEntry WithPlainBuild(YamlEntry service)
    {
        var paths = new PathRebaser(string.Empty);
        return service.Value is YamlMapping body
            ? service with
            {
                Value = body with
                {
                    Entries =
                    [
                        .. body.Entries.Select(entry =>
                            entry is { Name: "build", Value: not YamlScalar { IsNull: true } }
                                ? entry with
                                {
                                    Value = paths.Service(entry),
                                }
                                : entry
                        ),
                    ],
                },
            }
            : service;
    }

    private bool IsMerged(string key) => key == "service" || MemberPatterns.Keys.Contains(key) || _sections.ContainsKey(key);

    private YamlScalar Key(string section) =>
        _own.Entries.FirstOrDefault(entry => entry.Name == section).Key ?? new YamlFactory(_own.Span).Text(section);

    private ImmutableArray<YamlEntry> Section(string name)
    {
        switch (_own[name])
        {
            case YamlMapping mapping:
                return mapping.Entries;
            case null or YamlScalar { IsNull: true }:
                return [];
            case var other:
                var expected = name == "services" ? "a mapping of names to services" : "a mapping";
                _bag.Add(Errors.WrongKind(other.Span, name, expected, other.Kind));
                return [];
        }
    }

    private bool Add(string section, YamlEntry entry)
    {
        if (_sections[section].TryAdd(entry.Name, entry))
        {
            return true;
        }

        var other = _sections[section][entry.Name].Key.Span;
        _bag.Add(Errors.MemberNameTwice(entry.Key.Span, section, entry.Name).With(other, "the other one"));
        return false;
    }
}
