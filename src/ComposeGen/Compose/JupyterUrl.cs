using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Compose;

/// <summary>Tells Jupyter the address that it has on the host: in its container it could only name the port in there.</summary>
internal static class JupyterUrl
{
    public const string Variable = "COMPOSEGEN_URL";

    /// <summary>What to open for Jupyter; null where there is none, or its port is not published.</summary>
    public static string? Of(PlannedService service, ProjectVariables names)
    {
        const int Port = PythonEnvironment.JupyterPort;
        var port = service.Declaration.Python is { Jupyter: not Jupyter.None }
            ? service.Ports.FirstOrDefault(port =>
                port.Request.Protocol == "tcp" && port.Request.Target <= Port && port.Request.Target + port.Request.Count > Port
            )
            : null;
        return port is null ? null : PortUrl.Of(port with { Host = port.Host + Port - port.Request.Target }, names);
    }
}
