using System.Text;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>
/// Names in the generated file. A service's key is a host name on the shared network, so it is one DNS label:
/// lower-case letters, digits and <c>-</c>, at most 63 of them.
/// </summary>
internal static class ServiceKeys
{
    public const int MaxLength = 63;

    /// <summary>
    /// <c>project-service</c>; just <c>project</c> where it has one service. What would be too long for a host name ends with
    /// a hash of all of it instead.
    /// </summary>
    public static string For(Project project, string service)
    {
        var key = project.Descriptor.Services.Length == 1 ? Slug(project.Path) : Slug($"{project.Path}/{service}");
        if (key.Length <= MaxLength)
        {
            return key;
        }

        var hash = Sha256.Hex(Encoding.UTF8.GetBytes(project.Address(service)))[..8];
        return $"{key[..(MaxLength - hash.Length - 1)].TrimEnd('-')}-{hash}";
    }

    /// <summary>Lower case, everything that DNS does not allow as <c>-</c>, none at the ends; empty where nothing is left.</summary>
    public static string Slug(string text) =>
        string.Create(
                text.Length,
                text,
                (slug, source) =>
                {
                    for (var i = 0; i < slug.Length; i++)
                    {
                        var c = char.ToLowerInvariant(source[i]);
                        slug[i] = char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-';
                    }
                }
            )
            .Trim('-');

    /// <summary>
    /// Warns of a short name that a project's services use for one of theirs while another project's service has it as its
    /// key: the engine answers with the project's own as long as that one runs, and with the other's when it does not.
    /// </summary>
    public static void CheckShortNames(IEnumerable<PlannedService> running, DiagnosticBag bag)
    {
        var services = running.ToList();
        var byKey = services.ToDictionary(service => service.Key, StringComparer.Ordinal);
        foreach (var service in services)
        {
            if (byKey.TryGetValue(service.Name, out var other) && other.Project != service.Project)
            {
                bag.Add(
                    Errors
                        .ShortNameElsewhere(service.Declaration.Span, service.Address, service.Name, other.Address)
                        .With(other.Declaration.Span, "the other one")
                );
            }
        }
    }

    /// <summary>Reports names of which nothing can be a key, and keys that two services would share.</summary>
    public static void Check(IEnumerable<PlannedService> services, DiagnosticBag bag)
    {
        var first = new Dictionary<string, PlannedService>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            if (service.Key.Length == 0)
            {
                bag.Add(Errors.BadServiceKey(service.Declaration.Span, service.Label));
            }
            else if (!first.TryAdd(service.Key, service))
            {
                var other = first[service.Key];
                bag.Add(
                    Errors
                        .SameServiceKey(service.Declaration.Span, service.Label, other.Label, service.Key)
                        .With(other.Declaration.Span, "the other one")
                );
            }
        }
    }
}
