using System.Collections.Immutable;
using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Compose;

/// <summary>
/// The Compose file that goes along with the images: the same services, addresses and ports, of which nothing is built or
/// pulled, and nothing has to be there before.
/// </summary>
internal static class PackedDocument
{
    // What only somebody with the sources can do, and what is given anew.
    private static readonly string[] Dropped = ["build", "develop", "env_file", "image", "pull_policy"];

    /// <param name="document">The Compose file of the plan.</param>
    /// <param name="name">The Compose project that it becomes.</param>
    /// <param name="images">What each service's image is called in the archive, by the service's key.</param>
    /// <param name="inFiles">The variables that a service's env_files set: these files do not go along.</param>
    public static ComposeDocument Of(
        ComposeDocument document,
        string name,
        IReadOnlyDictionary<string, string> images,
        Func<PlannedService, IEnumerable<string>> inFiles
    ) =>
        document with
        {
            Name = name,
            Services = document.Services.Then(service => service with { Body = Body(service, images.GetValueOrDefault(service.Planned.Key), inFiles(service.Planned)) }),
            Sections = [.. document.Sections.Select(section => (section.Name, Resources(section.Name, section.Entries)))],
        };

    private static YamlMapping Body(ComposeService service, string? image, IEnumerable<string> inFiles)
    {
        var yaml = new YamlFactory(service.Body.Span);
        var kept = service.Body.Entries.Where(entry => !Dropped.Contains(entry.Name));
        YamlEntry[] own =
            image is null ? [] : [new(yaml.Text("image"), yaml.Text(image)), new(yaml.Text("pull_policy"), yaml.Text("never"))];
        var body = service.Body with { Entries = [.. own, .. kept] };
        var variables = inFiles.Select(variable => (variable, $"${{{ServiceAddresses.InFile(service.Planned, variable)}?}}")).ToList();
        return variables.Count == 0 ? body : body.With("environment", ServiceEnvironment.With(body["environment"], variables, yaml));
    }

    // Networks and volumes that were made elsewhere are made with the others: where this is going there are none.
    private static ImmutableArray<YamlEntry> Resources(string section, ImmutableArray<YamlEntry> entries) =>
        section is "networks" or "volumes"
            ? [.. entries.Select(entry => entry.Value is YamlMapping map ? entry with { Value = map with { Entries = map.Entries.RemoveAll(key => key.Name == "external") } } : entry)]
            : entries;
}
