using System.Collections.Frozen;
using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Rendering;

/// <summary>
/// Whether the trees of a document make a Compose file that can start, looked at as they are
/// built, by several threads: what <see cref="RenderedYaml"/> finds in a text, without reading it back.
/// </summary>
internal sealed class DocumentCheck(ComposeDocument document)
{
    // YAML takes 1,024 characters of a key that stands before its colon in one line; six are what one of its own may come to.
    private const int LongestKey = 1_000;
    private const int LongestCharacter = 6;

    private readonly FrozenSet<string> _services = document.Services.Planned.Select(service => service.Key).ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<(string, string)> _resources = document
        .Sections.SelectMany(section => section.Entries.Select(entry => (section.Name, entry.Name)))
        .ToFrozenSet();

    private readonly Lock _gate = new();
    private readonly HashSet<(int Port, string Protocol)> _ports = [];
    private volatile bool _isSound = document.Services.Count > 0 && document.Sections.All(section => section.Entries.All(entry => HasKeys(entry)));

    /// <summary>Whether nothing wrong was found in any service that was looked at.</summary>
    public bool IsSound => _isSound;

    /// <summary>The service, looked at.</summary>
    public ComposeService Look(ComposeService service)
    {
        var body = service.Body;
        var isSound =
            body.Entries.All(HasKeys)
            && HasOwnPorts(body["ports"])
            && ServiceReferences.Collect(body).All(reference => reference.IsOptional || _services.Contains(reference.Name))
            && ResourceReferences.Collect(body).All(IsThere);
        if (!isSound)
        {
            _isSound = false;
        }

        return service;
    }

    private bool IsThere(ResourceReference reference) =>
        _resources.Contains((reference.Section, reference.Name)) || reference is { Section: "networks", Name: "default" };

    private bool HasOwnPorts(YamlNode? ports)
    {
        var problems = new DiagnosticBag();
        var requests = PortSyntax.Read(ports, problems);
        lock (_gate)
        {
            foreach (var request in requests.Where(request => request.Published is not null))
            {
                for (var port = request.Published!.Value; port < request.Published.Value + request.Count; port++)
                {
                    if (!_ports.Add((port, request.Protocol)))
                    {
                        return false;
                    }
                }
            }
        }

        return !problems.HasErrors;
    }

    private static bool HasKeys(YamlEntry entry) =>
        (entry.Name.Length <= LongestKey / LongestCharacter || YamlText.Quote(entry.Name).Length <= LongestKey) && HasKeys(entry.Value);

    private static bool HasKeys(YamlNode node) =>
        node switch
        {
            YamlMapping map => map.Entries.All(HasKeys),
            YamlSequence list => list.Items.All(HasKeys),
            _ => true,
        };
}
