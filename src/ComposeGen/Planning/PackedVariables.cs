using System.Collections.Immutable;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>A variable of a packed Compose file; it has to be set where the file does not say what stands for it otherwise.</summary>
internal readonly record struct PackedVariable(string Name, bool HasToBeSet);

/// <summary>Which variables somebody has to set, or may, before a packed Compose file can start.</summary>
internal static class PackedVariables
{
    private static readonly string[] BySelf = [ProjectVariables.ProjectName, ProjectVariables.WorkingDirectory];

    /// <param name="plan">The plan of the services that are packed.</param>
    /// <param name="trees">What is packed of the Compose file.</param>
    /// <param name="environments">The variables that secrets and configs take their content from, as texts.</param>
    /// <returns>In the order of their names.</returns>
    public static ImmutableArray<PackedVariable> Of(Plan plan, IEnumerable<YamlNode> trees, IEnumerable<string> environments)
    {
        // `${NAME}` of a project's file is `${SHOP_NAME-${NAME-}}` here: that nothing stands for it is known there alone.
        var projects = plan.Services.Select(service => service.Project).Distinct().ToList();
        // Compose sets them by itself.
        var known = projects.SelectMany(project => BySelf.Select(name => plan.Variables.Name(project, name))).Concat(BySelf).ToHashSet(StringComparer.Ordinal);
        var wanted = projects
            .SelectMany(project => project.Descriptor.Variables.Where(use => use.IsBare || use.IsDemanded).Select(use => plan.Variables.Name(project, use.Name)))
            .ToHashSet(StringComparer.Ordinal);
        var names = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var part in trees.SelectMany(VariableUses.Texts).SelectMany(text => VariableText.Parse(text.Value) ?? []).Where(part => part.Name is not null))
        {
            Add(part.Name!, wanted.Contains(part.Name!) || part.Operator is "" || VariableText.Evaluate([part], _ => null) is null);
        }

        foreach (var name in environments)
        {
            // `${SHOP_TOKEN+SHOP_}TOKEN`, of a project's TOKEN.
            Add(VariableText.Parse(name) is [{ Name: { } own }, ..] ? own : name, true);
        }

        // An address that an env_file could have said otherwise, and did not.
        var inFiles = plan.Services.Select(service => ServiceAddresses.InFile(service, string.Empty)).ToList();
        return
        [
            .. names
                .Where(name => name.Value || !inFiles.Exists(prefix => name.Key.StartsWith(prefix, StringComparison.Ordinal)))
                .Select(name => new PackedVariable(name.Key, name.Value)),
        ];

        void Add(string name, bool hasToBeSet)
        {
            if (!known.Contains(name))
            {
                names[name] = names.GetValueOrDefault(name) || hasToBeSet;
            }
        }
    }
}
