using System.Collections.Immutable;

namespace ComposeGen.Manifests;

/// <summary>A service's <c>environment</c>, in both of its forms (Compose Specification, Services, chapter environment).</summary>
internal static class ServiceEnvironment
{
    /// <summary>The variables that it names, those included that take over their value (<c>NAME</c> alone).</summary>
    public static IEnumerable<string> Names(YamlNode? environment) =>
        environment switch
        {
            YamlMapping map => map.Names,
            YamlSequence list => list.Items.OfType<YamlScalar>().Select(item => Name(item.Value)),
            _ => [],
        };

    /// <summary>It with these variables behind its own, in the form that it has; without those that it names already.</summary>
    public static YamlNode With(YamlNode? environment, IEnumerable<(string Name, string Value)> variables, YamlFactory yaml)
    {
        var own = Names(environment).ToHashSet(StringComparer.Ordinal);
        var added = variables.Where(variable => !own.Contains(variable.Name)).ToImmutableArray();
        return environment switch
        {
            not null when added.IsEmpty => environment,
            null or YamlScalar { IsNull: true } => yaml.Map(added.Select(variable => (variable.Name, (YamlNode)yaml.Text(variable.Value)))),
            YamlMapping map => map with
            {
                Entries = [.. map.Entries, .. added.Select(variable => new YamlEntry(yaml.Text(variable.Name), yaml.Text(variable.Value)))],
            },
            YamlSequence list => list with
            {
                Items = [.. list.Items, .. added.Select(variable => yaml.Text($"{variable.Name}={variable.Value}"))],
            },
            _ => environment,
        };
    }

    // In the generated file, `NAME${SHOP_NAME+=}…` is one that takes over its value.
    private static string Name(string item) => item.AsSpan().IndexOfAny('=', '$') is var end and >= 0 ? item[..end] : item;
}
