using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>
/// Whether the networks, volumes, configs and secrets that services name are declared in their project (Compose
/// Specification, the chapters of those names): Compose would refuse the whole generated file for one that is not.
/// </summary>
internal static class ReferenceCheck
{
    public static void Check(ImmutableArray<PlannedService> services, DiagnosticBag bag)
    {
        var known = new Dictionary<(string Project, string Section), KnownNames>();
        foreach (var service in services)
        {
            foreach (var reference in ResourceReferences.Collect(service.Declaration.Body))
            {
                var isKnown = service.Project.Descriptor.Sections.GetValueOrDefault(reference.Section)?.Contains(reference.Name) == true;
                if (!isKnown && !(reference is { Section: "networks", Name: "default" }) && !bag.IsFull(reference.Span.File))
                {
                    bag.Add(Errors.Undeclared(reference.Span, reference.Section, reference.Name, Declared(service.Project, reference.Section)));
                }
            }
        }

        KnownNames Declared(Project project, string section)
        {
            if (!known.TryGetValue((project.Path, section), out var names))
            {
                known[(project.Path, section)] = names = new KnownNames(project.Descriptor.Sections.GetValueOrDefault(section)?.Names ?? []);
            }

            return names;
        }
    }
}
