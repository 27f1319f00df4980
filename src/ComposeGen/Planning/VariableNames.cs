using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>
/// What the variables of each project are called in the generated file: <c>VAR</c> of <c>shop</c> is <c>SHOP_VAR</c>, and
/// <c>VAR</c> itself only where that is not set, so that the values of two projects stay apart.
/// </summary>
internal sealed class VariableNames
{
    private readonly HashSet<(string Project, string Variable)> _spaced = [];
    private readonly HashSet<string> _portsOfSeveral;

    private VariableNames(ImmutableArray<Project> projects)
    {
        var uses = projects.SelectMany(project => project.Descriptor.Variables.Select(variable => (project, variable))).ToList();
        var written = uses.Select(use => use.variable.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var meeting in uses.GroupBy(use => Prefix(use.project) + use.variable.Name, StringComparer.Ordinal))
        {
            // `KEY` of shop-api and `API_KEY` of shop would be one; or somebody's own variable has the name.
            if (meeting.Skip(1).Any() || written.Contains(meeting.Key))
            {
                _spaced.UnionWith(meeting.Select(use => (use.project.Path, use.variable.Name)));
            }
        }

        _portsOfSeveral = uses.Where(use => use.variable.IsPort)
            .GroupBy(use => use.variable.Name, StringComparer.Ordinal)
            .Where(same => same.Skip(1).Any())
            .Select(same => same.Key)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <param name="projects">All there are, selected or not: what one is called does not depend on who else runs.</param>
    /// <param name="bag">Takes names that still meet.</param>
    public static VariableNames Of(ImmutableArray<Project> projects, DiagnosticBag bag)
    {
        var names = new VariableNames(projects);
        var first = new Dictionary<string, Project>(StringComparer.Ordinal);
        foreach (var project in projects)
        {
            foreach (var variable in project.Descriptor.Variables)
            {
                if (!first.TryAdd(names.Name(project, variable.Name), project))
                {
                    var other = first[names.Name(project, variable.Name)];
                    bag.Add(
                        Errors
                            .SameVariable(project.Descriptor.Span, names.Name(project, variable.Name), project.Path, other.Path)
                            .With(other.Descriptor.Span, "the other one")
                    );
                }
            }
        }

        return names;
    }

    public ProjectVariables For(Project project) => new(this, project);

    /// <summary>The variable's name in the generated file.</summary>
    public string Name(Project project, string variable) =>
        Prefix(project) + (_spaced.Contains((project.Path, variable)) ? "_" : string.Empty) + variable;

    /// <summary>Whether host ports of several projects are published by this variable: it cannot be set for all of them at once.</summary>
    public bool IsPortOfSeveral(string variable) => _portsOfSeveral.Contains(variable);

    /// <summary>Upper case, and <c>_</c> for all that cannot stand in a variable's name, which starts with no digit.</summary>
    public static string Upper(string text)
    {
        var name = string.Create(
            text.Length,
            text,
            (name, source) =>
            {
                for (var i = 0; i < name.Length; i++)
                {
                    name[i] = char.IsAsciiLetterOrDigit(source[i]) ? char.ToUpperInvariant(source[i]) : '_';
                }
            }
        );
        return char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    private static string Prefix(Project project) => Upper(project.Path) + "_";
}
