using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// A variable that a project's texts name. <paramref name="IsPath"/>: a path starts with it; <paramref name="IsAlternative"/>:
/// something stands for it where it is set (<c>${NAME:+…}</c>); <paramref name="IsPort"/>: a host port is published by it;
/// <paramref name="IsOnlyPort"/>: and nothing else is said with it;
/// <paramref name="IsDemanded"/>: it has to be set (<c>${NAME:?…}</c>); <paramref name="IsBare"/>: nothing stands for it where it is not set.
/// </summary>
internal readonly record struct VariableUse(
    string Name,
    bool IsPath,
    bool IsAlternative,
    bool IsPort,
    bool IsOnlyPort,
    bool IsDemanded,
    bool IsBare
);

/// <summary>
/// Finds the variables in a Compose file (Compose Specification, chapter Interpolation): those in any value, and those that
/// are taken over by their name alone (an <c>environment</c> or build argument without a value, <c>environment</c> of a secret or config).
/// </summary>
internal static class VariableUses
{
    public static ImmutableArray<VariableUse> Collect(YamlMapping root, DiagnosticBag bag)
    {
        var names = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var operators = new HashSet<(string Name, char Operator)>();
        foreach (var text in Texts(root))
        {
            if (VariableText.Parse(text.Value) is not { } parts)
            {
                bag.Add(Errors.BadVariable(text.Span));
                continue;
            }

            foreach (var variable in VariableText.Variables(parts))
            {
                Count(names, variable.Name!);
                operators.Add((variable.Name!, variable.Operator is [.., var sign] ? sign : ' '));
            }
        }

        var isInText = names.Count > 0;
        TakeOver(root, names);
        if (names.Count == 0)
        {
            return [];
        }

        var paths = new HashSet<string>(StringComparer.Ordinal);
        var ports = new Dictionary<string, int>(StringComparer.Ordinal);
        if (isInText)
        {
            new PathRebaser(".") { Starting = name => paths.Add(name) }.Tree(root);
            foreach (var service in Services(root))
            {
                foreach (var name in PublishedBy(service))
                {
                    Count(ports, name);
                }
            }
        }

        return
        [
            .. names.Select(use => new VariableUse(
                use.Key,
                paths.Contains(use.Key),
                operators.Contains((use.Key, '+')),
                ports.ContainsKey(use.Key),
                ports.GetValueOrDefault(use.Key) == use.Value,
                operators.Contains((use.Key, '?')),
                operators.Contains((use.Key, ' ')) && !ports.ContainsKey(use.Key)
            )),
        ];
    }

    /// <summary>Every text below a node that may have a variable in it.</summary>
    public static IReadOnlyList<YamlScalar> Texts(YamlNode node)
    {
        var found = new List<YamlScalar>();
        Collect(node, found);
        return found;
    }

    /// <summary>Whether there is any such text below a node.</summary>
    public static bool MayHave(YamlNode node)
    {
        switch (node)
        {
            case YamlScalar text:
                return text.Value.Contains('$', StringComparison.Ordinal);
            case YamlSequence list:
                foreach (var item in list.Items)
                {
                    if (MayHave(item))
                    {
                        return true;
                    }
                }

                return false;
            case YamlMapping map:
                foreach (var entry in map.Entries)
                {
                    if (MayHave(entry.Value))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }

    private static void Collect(YamlNode node, List<YamlScalar> found)
    {
        switch (node)
        {
            case YamlScalar text when text.Value.Contains('$', StringComparison.Ordinal):
                found.Add(text);
                break;
            case YamlSequence list:
                foreach (var item in list.Items)
                {
                    Collect(item, found);
                }

                break;
            case YamlMapping map:
                foreach (var entry in map.Entries)
                {
                    Collect(entry.Value, found);
                }

                break;
        }
    }

    /// <summary>The variable's name where an item of a list, or an entry of a mapping, takes over its value; null otherwise.</summary>
    public static string? TakenOver(YamlNode item) =>
        item is YamlScalar { IsNull: false } text && text.Value.AsSpan().IndexOfAny('=', '$') < 0 ? text.Value : null;

    private static IEnumerable<YamlMapping> Services(YamlMapping root) =>
        root["service"] is YamlMapping one ? [one]
        : root["services"] is YamlMapping services ? services.Entries.Select(entry => entry.Value).OfType<YamlMapping>()
        : [];

    private static IEnumerable<string> PublishedBy(YamlMapping service) =>
        PortSyntax
            .Read(service["ports"], new DiagnosticBag())
            .Where(port => port.PublishedText is not null)
            .Select(port => VariableText.Names(port.PublishedText!).First());

    private static void TakeOver(YamlMapping root, SortedDictionary<string, int> names)
    {
        var ofServices = Services(root)
            .SelectMany(service => (IEnumerable<YamlNode?>)[service["environment"], (service["build"] as YamlMapping)?["args"]])
            .SelectMany(TakenOverIn);
        var ofSections = ((string[])["secrets", "configs"])
            .SelectMany(section => (root[section] as YamlMapping)?.Entries ?? [])
            .Select(entry => (entry.Value as YamlMapping)?["environment"])
            .OfType<YamlScalar>()
            .Select(TakenOver)
            .OfType<string>();
        foreach (var name in ofServices.Concat(ofSections))
        {
            Count(names, name);
        }
    }

    private static void Count(IDictionary<string, int> names, string name) =>
        names[name] = (names.TryGetValue(name, out var count) ? count : 0) + 1;

    private static IEnumerable<string> TakenOverIn(YamlNode? settings) =>
        settings switch
        {
            YamlSequence list => list.Items.Select(TakenOver).OfType<string>(),
            YamlMapping map => map.Entries.Where(entry => entry.Value is YamlScalar { IsNull: true }).Select(entry => entry.Name),
            _ => [],
        };
}
