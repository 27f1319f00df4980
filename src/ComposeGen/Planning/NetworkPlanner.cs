using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>
/// A service's place on a network of the generated file: the further names it answers to there (its key always is one),
/// and what its descriptor says about it (addresses, priorities), where it says something.
/// </summary>
internal sealed record NetworkMembership(string Network, ImmutableArray<string> Aliases, YamlMapping? Declared);

/// <summary>
/// Who is on which network. All projects share one; a project of several services also has one of its own, on which the
/// short names are its own services'. Networks that a descriptor declares are kept (Compose Specification, chapter Networks).
/// </summary>
internal static class NetworkPlanner
{
    // Compose's name for the network of services that declare none.
    private const string Default = "default";

    /// <param name="service">Of any project.</param>
    /// <param name="shared">The key of the network that all projects share.</param>
    public static ImmutableArray<NetworkMembership> For(PlannedService service, string shared)
    {
        if (service.Declaration.Body.Contains("network_mode") || service.Declaration.Body.Contains("provider"))
        {
            return [];
        }

        var declared = Declared(service.Declaration.Body["networks"]);
        var own =
            declared.Count > 0
                ? declared.Select(network => new NetworkMembership(
                    ResourceKeys.For(service.Project, "networks", network.Name),
                    ShortNames(service),
                    network.Value
                ))
            : HasOwnNetwork(service.Project)
                ? [new NetworkMembership(ResourceKeys.For(service.Project, "networks", Default), ShortNames(service), null)]
            : [];
        return IsOnShared(service, declared)
            ? [.. own, new NetworkMembership(shared, [$"{service.Name.ToLowerInvariant()}.{ServiceKeys.Slug(service.Project.Path)}"], null)]
            : [.. own];
    }

    /// <summary>The networks that a service's <c>networks</c> names, each with what is said about it; none where it leaves that to Compose.</summary>
    public static IReadOnlyList<(string Name, SourceSpan Span, YamlMapping? Value)> Declared(YamlNode? networks) =>
        networks switch
        {
            YamlSequence list => [.. list.Items.OfType<YamlScalar>().Select(item => (item.Value, item.Span, (YamlMapping?)null))],
            YamlMapping map => [.. map.Entries.Select(entry => (entry.Name, entry.Key.Span, entry.Value as YamlMapping))],
            _ => [],
        };

    // Several services need a place where `db` means theirs; one that keeps off the shared network needs some network; and
    // what a descriptor says of the network `default` is said of this one.
    public static bool HasOwnNetwork(Project project) =>
        project.Descriptor.Services.Length > 1
        || !project.Descriptor.IsShared
        || project.Descriptor.Sections.GetValueOrDefault("networks")?.Contains(Default) == true;

    // A service that asked for internal networks only is not to reach, or be reached from, anywhere else.
    private static bool IsOnShared(PlannedService service, IReadOnlyList<(string Name, SourceSpan Span, YamlMapping? Value)> declared) =>
        service.Project.Descriptor.IsShared && (declared.Count == 0 || !declared.All(network => IsInternal(service.Project, network.Name)));

    private static bool IsInternal(Project project, string network) =>
        project.Descriptor.Sections.GetValueOrDefault("networks")?[network] is YamlMapping map
        && map["internal"] is YamlScalar { Value: "true" };

    // `container_name` is global on a machine, so it cannot stay; programs use it as a host name, so it stays as one.
    private static ImmutableArray<string> ShortNames(PlannedService service)
    {
        var containerName = service.Declaration.Text("container_name");
        return [.. new[] { service.Name, containerName }.OfType<string>().Distinct().Where(name => name != service.Key)];
    }
}
