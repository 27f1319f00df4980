using System.Collections.Immutable;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>
/// Services of one project with the same <c>build</c> and the same <c>image</c> (or none) are executables of one build:
/// the first of them builds, the others run its image. Without this Compose would build once for each.
/// </summary>
internal static class BuildGroups
{
    /// <param name="running">The services that run, in the order of their keys: an owner is always one of them.</param>
    /// <returns>The owner by key of each service that shares its build, the owner included.</returns>
    public static ImmutableDictionary<string, PlannedService> Find(IEnumerable<PlannedService> running)
    {
        var owners = ImmutableDictionary.CreateBuilder<string, PlannedService>(StringComparer.Ordinal);
        foreach (
            var project in running.Where(service => service.Declaration.Body.Contains("build")).GroupBy(service => service.Project.Path)
        )
        {
            var groups = new List<List<PlannedService>>();
            foreach (var service in project)
            {
                if (groups.Find(group => IsSameBuild(group[0].Declaration, service.Declaration)) is { } group)
                {
                    group.Add(service);
                }
                else
                {
                    groups.Add([service]);
                }
            }

            foreach (var group in groups.Where(group => group.Count > 1))
            {
                group.ForEach(service => owners[service.Key] = group[0]);
            }
        }

        return owners.ToImmutable();
    }

    private static bool IsSameBuild(ServiceDeclaration a, ServiceDeclaration b) =>
        YamlNode.Same(a.Body["build"], b.Body["build"])
        && YamlNode.Same(a.Body["image"], b.Body["image"])
        && YamlNode.Same(a.Body["platform"], b.Body["platform"]);
}
