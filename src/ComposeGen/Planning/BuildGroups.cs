using System.Collections.Immutable;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>
/// A build whose image several services run: the one that builds it, how, and what the image is called; null where Compose
/// is to name it after the one that builds.
/// </summary>
internal sealed record SharedBuild(PlannedService Owner, YamlNode Build, YamlNode? Image);

/// <summary>
/// Services of one project with the same <c>build</c> and the same <c>image</c> (or none) are executables of one build, and
/// so are those that only name the image: one of them builds, the others run it. Without this Compose would build once for
/// each, or look for the image in a registry.
/// </summary>
internal static class BuildGroups
{
    /// <param name="all">Every service there is.</param>
    /// <param name="running">The services that run, in the order of their keys: an owner is always one of them.</param>
    public static ImmutableDictionary<string, SharedBuild> Find(ImmutableArray<PlannedService> all, ImmutableArray<PlannedService> running)
    {
        var builds = ImmutableDictionary.CreateBuilder<string, SharedBuild>(StringComparer.Ordinal);
        var clashing = ImageNames.Clashing(all);
        var builders = all.Where(service => service.Declaration.Body.Contains("build")).ToLookup(service => service.Project.Path);
        foreach (var project in running.GroupBy(service => service.Project.Path).Where(project => builders.Contains(project.Key)))
        {
            var groups = new List<(PlannedService Builder, List<PlannedService> Services)>();
            foreach (var service in project)
            {
                if (Builder(service, builders[project.Key]) is not { } builder)
                {
                    continue;
                }

                if (groups.Find(group => group.Builder == builder) is { Services: { } services })
                {
                    services.Add(service);
                }
                else
                {
                    groups.Add((builder, [service]));
                }
            }

            foreach (var (builder, services) in groups)
            {
                var isClashing = clashing.Contains((project.Key, ImageNames.Of(builder) ?? string.Empty));
                Share(builder, services, isClashing, builds);
            }
        }

        return builds.ToImmutable();
    }

    private static void Share(
        PlannedService builder,
        List<PlannedService> services,
        bool isClashing,
        ImmutableDictionary<string, SharedBuild>.Builder builds
    )
    {
        // One with profiles may not be there when the others are; those with the same profiles are.
        var owner = services.Find(service => !service.Declaration.Body.Contains("profiles")) ?? services[0];
        var profiles = owner.Declaration.Body["profiles"];
        var sharing = services.Where(service => profiles is null || YamlNode.Same(profiles, service.Declaration.Body["profiles"])).ToList();
        if (sharing.Count == 1 && !isClashing && owner.Declaration.Body.Contains("build"))
        {
            return;
        }

        var declared = builder.Declaration.Body;
        foreach (var service in sharing)
        {
            builds[service.Key] = new SharedBuild(owner, declared["build"]!, isClashing ? null : declared["image"]);
        }

        if (sharing.Count < services.Count)
        {
            Share(builder, [.. services.Except(sharing)], isClashing, builds);
        }
    }

    // The first of the project's services with the same build; for one that only names an image, the first that builds it.
    private static PlannedService? Builder(PlannedService service, IEnumerable<PlannedService> builders)
    {
        var body = service.Declaration.Body;
        return body.Contains("build") ? builders.First(builder => IsSameBuild(builder.Declaration, service.Declaration))
            : ImageNames.Of(service) is { } image && !body.Contains("pull_policy")
                ? builders.FirstOrDefault(builder => ImageNames.Of(builder) == image)
            : null;
    }

    private static bool IsSameBuild(ServiceDeclaration a, ServiceDeclaration b) =>
        YamlNode.Same(a.Body["build"], b.Body["build"])
        && YamlNode.Same(a.Body["image"], b.Body["image"])
        && YamlNode.Same(a.Body["platform"], b.Body["platform"]);
}
