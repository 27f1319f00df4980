using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Compose;

/// <summary>Tells Jupyter the address that it has on the host: in its container it could only name the port in there.</summary>
internal static class JupyterUrl
{
    public const string Variable = "COMPOSEGEN_URL";

    /// <summary>The service with the variable in its <c>environment</c>, unless that has one already.</summary>
    public static YamlMapping AddTo(YamlMapping body, PlannedService service)
    {
        if (service.Declaration.Python is not { Jupyter: not Jupyter.None } || Of(service) is not { } url)
        {
            return body;
        }

        var yaml = new YamlFactory(service.Declaration.Span);
        YamlNode With(YamlNode environment) =>
            environment switch
            {
                YamlMapping map when !map.Contains(Variable) => map with
                {
                    Entries = map.Entries.Add(new YamlEntry(yaml.Text(Variable), yaml.Text(url))),
                },
                YamlSequence list when !PythonService.Sets(list, Variable) => list with
                {
                    Items = list.Items.Add(yaml.Text($"{Variable}={url}")),
                },
                _ => environment,
            };

        return body with
        {
            Entries = [.. body.Entries.Select(entry => entry.Name == "environment" ? entry with { Value = With(entry.Value) } : entry)],
        };
    }

    /// <summary>What to open for Jupyter; null where its port is not published.</summary>
    private static string? Of(PlannedService service)
    {
        const int Port = PythonEnvironment.JupyterPort;
        var port = service.Ports.FirstOrDefault(port =>
            port.Request.Protocol == "tcp" && port.Request.Target <= Port && port.Request.Target + port.Request.Count > Port
        );
        return port is null ? null : PortUrl.Of(port with { Host = port.Host + Port - port.Request.Target });
    }
}
