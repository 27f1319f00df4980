using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>Which service <c>run</c> is to run.</summary>
internal static class RunTarget
{
    /// <summary>
    /// A name as one writes it in the manifest: a project's path, or <c>project:service</c>; null with a diagnostic where it
    /// is neither.
    /// </summary>
    public static ManifestEntry? Parse(string name, DiagnosticBag bag)
    {
        var problems = new DiagnosticBag();
        var entries = ManifestReader.Read(new SourceText("PROJECT", name), problems).Entries;
        bag.AddAll(problems.Sorted().Select(problem => problem with { Span = null }));
        if (entries is [{ IsGlob: false, IsExclusion: false } entry])
        {
            return entry;
        }

        if (!problems.HasErrors)
        {
            bag.Add(Errors.NotOneProject(name));
        }

        return null;
    }

    /// <summary>
    /// The service that is named; of a project's or a member's, the one that nothing else among them depends on: the one of
    /// those that publishes ports, where there are several. Null with a diagnostic where that is not one.
    /// </summary>
    public static PlannedService? Find(Plan plan, ManifestEntry asked, DiagnosticBag bag)
    {
        var services = plan
            .Workspace.Selected.Where(selection => ReferenceEquals(selection.SelectedBy, asked))
            .Select(selection => plan.Names.Find(selection.Project, selection.Service.Name)!)
            .ToList();
        var needed = services.SelectMany(plan.Dependencies.Needs).Select(service => service.Key).ToHashSet(StringComparer.Ordinal);
        var tops = services.FindAll(service => !needed.Contains(service.Key));
        var publishing = tops.FindAll(service => service.Ports.Length > 0);
        if (tops is [var top])
        {
            return top;
        }

        if (publishing is [var publisher])
        {
            return publisher;
        }

        if (services.Count > 0)
        {
            bag.Add(Errors.WhichService(asked.Project, [.. services.Select(Name).Distinct()]));
        }

        return null;
    }

    private static string Name(PlannedService service) =>
        service.Declaration.Member is { } member ? $"{service.Project.Path}/{member}" : service.Address;
}
