using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Rendering;

/// <summary>
/// Whatever a template did, the text must be a Compose file that can start: one YAML mapping, with services, no host port
/// twice, and every service, network, volume, config and secret that it names in it.
/// </summary>
internal static class RenderedYaml
{
    private const string File = "docker-compose.yml";

    public static void Check(string text, DiagnosticBag bag)
    {
        switch (YamlReader.Read(new SourceText(File, text), bag, YamlReader.MaxGenerated))
        {
            case YamlMapping root when root["services"] is YamlMapping { Entries.IsEmpty: false } services:
                var ports = new Dictionary<(int Port, string Protocol), string>();
                foreach (var entry in services.Entries)
                {
                    CheckService(root, services, entry, ports, bag);
                }

                break;
            case var other when !bag.HasErrors:
                bag.Add(Errors.Rendered(other?.Span ?? new SourceSpan(File, 1, 1), "there is no mapping of `services` in it"));
                break;
        }
    }

    private static void CheckService(
        YamlMapping root,
        YamlMapping services,
        YamlEntry entry,
        Dictionary<(int Port, string Protocol), string> ports,
        DiagnosticBag bag
    )
    {
        if (entry.Value is not YamlMapping body)
        {
            bag.Add(Errors.Rendered(entry.Key.Span, $"service `{entry.Name}` is {entry.Value.Kind}, not a mapping"));
            return;
        }

        CheckPorts(entry.Name, body, ports, bag);
        foreach (
            var reference in ServiceReferences.Collect(body).Where(reference => !reference.IsOptional && !services.Contains(reference.Name))
        )
        {
            bag.Add(Errors.Rendered(reference.Span, $"service `{entry.Name}` names service `{reference.Name}`, which is not there"));
        }

        foreach (var reference in ResourceReferences.Collect(body))
        {
            var isThere = (root[reference.Section] as YamlMapping)?.Contains(reference.Name) == true;
            if (!isThere && !(reference is { Section: "networks", Name: "default" }))
            {
                bag.Add(
                    Errors.Rendered(
                        reference.Span,
                        $"service `{entry.Name}` names `{reference.Name}`, which is not in `{reference.Section}`"
                    )
                );
            }
        }
    }

    private static void CheckPorts(
        string service,
        YamlMapping body,
        Dictionary<(int Port, string Protocol), string> ports,
        DiagnosticBag bag
    )
    {
        foreach (var request in PortSyntax.Read(body["ports"], bag).Where(request => request.Published is not null))
        {
            for (var port = request.Published!.Value; port < request.Published.Value + request.Count; port++)
            {
                if (!ports.TryAdd((port, request.Protocol), service))
                {
                    bag.Add(
                        Errors.Rendered(
                            request.Span,
                            $"host port {port} is published twice, by `{ports[(port, request.Protocol)]}` and `{service}`"
                        )
                    );
                }
            }
        }
    }
}
