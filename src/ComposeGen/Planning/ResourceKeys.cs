using ComposeGen.Diagnostics;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>
/// Keys, in the generated file, of what projects declare at top level: networks, volumes, configs, secrets and models,
/// each under its project's name.
/// </summary>
internal static class ResourceKeys
{
    /// <summary><c>shop-data</c> for volume <c>data</c> of project <c>shop</c>; the project's own network is called like the project.</summary>
    public static string For(Project project, string section, string name) =>
        section == "networks" && name == "default" ? ServiceKeys.Slug(project.Path) : $"{ServiceKeys.Slug(project.Path)}-{name}";

    /// <summary>Reports names that meet: volume <c>b-c</c> of <c>a</c> and volume <c>c</c> of <c>a-b</c>, or a project called like the shared network.</summary>
    public static void Check(IEnumerable<Project> projects, string shared, DiagnosticBag bag)
    {
        var first = new Dictionary<(string Section, string Key), (Project Project, string Name, SourceSpan Span)>();
        foreach (var project in projects)
        {
            var own = (Section: "networks", Name: "default", project.Descriptor.Span);
            var declared = project
                .Descriptor.Sections.SelectMany(section =>
                    section.Value.Entries.Select(entry => (Section: section.Key, entry.Name, entry.Key.Span))
                )
                .Where(resource => resource != own with { Span = resource.Span });
            foreach (var (section, name, span) in NetworkPlanner.HasOwnNetwork(project) ? declared.Prepend(own) : declared)
            {
                var key = For(project, section, name);
                if (section == "networks" && key == shared)
                {
                    bag.Add(Errors.SharedIsTaken(span, project.Path, shared));
                }
                else if (!first.TryAdd((section, key), (project, name, span)))
                {
                    var other = first[(section, key)];
                    bag.Add(Errors.SameResourceKey(span, section, key, project.Path, other.Project.Path).With(other.Span, "the other one"));
                }
            }
        }
    }
}
