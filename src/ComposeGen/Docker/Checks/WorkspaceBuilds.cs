using ComposeGen.Manifests;

namespace ComposeGen.Docker.Checks;

/// <summary>What the generated file builds.</summary>
/// <param name="IsAny">Whether anything.</param>
/// <param name="NeedsBuildKit">The first key of a build that Docker's former builder does not know, and whose it is; null where there is none.</param>
internal sealed record WorkspaceBuilds(bool IsAny, (string Key, string Service)? NeedsBuildKit)
{
    // As Compose 5 refuses them without buildx; it does not look at `dockerfile_inline` at all.
    private static readonly string[] Keys = ["additional_contexts", "dockerfile_inline", "privileged", "secrets", "ssh"];

    /// <param name="services">Those of the generated file.</param>
    public static WorkspaceBuilds Of(YamlMapping services)
    {
        var builds = services.Entries.Where(service => (service.Value as YamlMapping)?.Contains("build") == true).ToList();
        var keys =
            from service in builds
            where ((YamlMapping)service.Value)["build"] is YamlMapping
            from key in Keys
            where ((YamlMapping)((YamlMapping)service.Value)["build"]!).Contains(key)
            select (key, service.Name);
        return new(builds.Count > 0, keys.Select(pair => ((string, string)?)pair).FirstOrDefault());
    }
}
