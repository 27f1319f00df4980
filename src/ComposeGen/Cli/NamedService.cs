using System.Collections.Immutable;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>A service as people name it: by the plan, and where there is none by the key that it has in the generated file and on the engine.</summary>
/// <param name="Key">In the Compose file.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Names">All that names it, alone or with others.</param>
internal sealed record NamedService(string Key, string Label, ImmutableArray<string> Names)
{
    /// <summary>Null where there is no plan, or none that has it.</summary>
    public PlannedService? Planned { get; init; }

    /// <summary>Whether the manifest selects it; as far as the last generated file tells, where the descriptors cannot be read.</summary>
    public required bool IsSelected { get; init; }

    public static NamedService Of(PlannedService service, bool isSelected) =>
        new(service.Key, service.Label, [.. service.Names.Append(service.Key).Distinct()]) { Planned = service, IsSelected = isSelected };

    /// <summary>One of which only the key is known: it begins with its project's path, as a key has it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="projects">Paths of the projects that there are.</param>
    /// <param name="isSelected">Whether it is selected.</param>
    public static NamedService OfKey(string key, IEnumerable<string> projects, bool isSelected)
    {
        var project = projects
            .Where(path => ServiceKeys.Slug(path) is { Length: > 0 } slug && (key == slug || key.StartsWith(slug + "-", StringComparison.Ordinal)))
            .MaxBy(path => path.Length);
        if (project is null)
        {
            return new NamedService(key, key, [key]) { IsSelected = isSelected };
        }

        var rest = key[ServiceKeys.Slug(project).Length..].TrimStart('-');
        var label = rest.Length == 0 ? project : $"{project}:{rest}";
        return new NamedService(key, label, [.. ((string[])[project, label, key]).Distinct()]) { IsSelected = isSelected };
    }
}
