using System.Collections.Immutable;

namespace ComposeGen.Manifests;

/// <summary>
/// What a service of a Python environment has: the image that is described for it, the project's folder mounted, and
/// Jupyter where nothing else is to run. What its descriptor says about any of it stands.
/// </summary>
internal static class PythonService
{
    // A container has 64 MiB otherwise, and the workers of a PyTorch loader hand their batches over through it.
    private const string SharedMemory = "2gb";

    private static readonly string Port = PythonEnvironment.JupyterPort.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether a service has an image of its own, and so needs none to be described for it.</summary>
    public static bool HasImage(YamlMapping body) => Has(body, "image") || Has(body, "build") || Has(body, "provider");

    /// <summary>Where the project's folder is in the container.</summary>
    /// <param name="project">The project's path below <c>projects/</c>.</param>
    public static string Folder(string project) => $"/workspace/{project}";

    /// <summary>The environment as this service runs it: without Jupyter where its descriptor says what to run.</summary>
    public static PythonEnvironment For(PythonEnvironment environment, YamlMapping body) =>
        Has(body, "command") || Has(body, "entrypoint") ? environment with { Jupyter = Jupyter.None } : environment;

    /// <summary>The service's keys with what its image needs in front of those that it has, or added to them.</summary>
    public static YamlMapping Complete(YamlMapping body, PythonEnvironment environment, string project)
    {
        var yaml = new YamlFactory(body.Span);
        var hasJupyter = environment.Jupyter != Jupyter.None;
        var given = body
            .Entries.Where(entry => entry.Name is not ("image" or "build" or "provider"))
            .ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        void Default(string key, YamlNode value) =>
            entries.Add(given.Remove(key, out var own) ? own : new YamlEntry(yaml.Text(key), value));
        void Joined(string key, Func<YamlNode?, YamlNode> join)
        {
            given.Remove(key, out var own);
            entries.Add(new YamlEntry(own.Key ?? yaml.Text(key), join(own.Value is YamlScalar { IsNull: true } ? null : own.Value)));
        }

        // The text is rendered from a template when all else is known; until then it only has to differ where the images will.
        entries.Add(
            new YamlEntry(
                yaml.Text("build"),
                yaml.Map(("context", yaml.Text(".")), ("dockerfile_inline", yaml.Text($"{environment.Installer} {environment.Jupyter}")))
            )
        );
        Default("init", yaml.Bool(true));
        Default("shm_size", yaml.Text(SharedMemory));
        Joined("volumes", own => Mounts(own, project, yaml));
        if (hasJupyter)
        {
            Joined("environment", own => WithToken(own, yaml));
            Default("healthcheck", Healthcheck(yaml));
            // On the host's network nothing is published.
            if (body["network_mode"] is not YamlScalar { Value: "host" })
            {
                Joined("ports", own => Ports(own, yaml));
            }
        }

        entries.AddRange(body.Entries.Where(entry => given.ContainsKey(entry.Name)));
        return new YamlMapping(entries.DrainToImmutable(), body.Span);
    }

    private static bool Has(YamlMapping body, string key) => body[key] is not (null or YamlScalar { IsNull: true });

    private static YamlNode Mounts(YamlNode? own, string project, YamlFactory yaml)
    {
        var target = Folder(project);
        var mount = yaml.Map(("type", yaml.Text("bind")), ("source", yaml.Text(".")), ("target", yaml.Text(target)));
        return own switch
        {
            null => yaml.List(mount),
            YamlSequence list when list.Items.Any(item => IsMountedAt(item, target)) => list,
            YamlSequence list => list with { Items = list.Items.Insert(0, mount) },
            _ => own,
        };
    }

    private static bool IsMountedAt(YamlNode volume, string target) =>
        volume switch
        {
            YamlMapping map => map["target"] is YamlScalar at && at.Value.TrimEnd('/') == target,
            YamlScalar text => text.Value.Split(':').Contains(target, StringComparer.Ordinal),
            _ => false,
        };

    // Without a token in the workspace's `.env` Jupyter makes one up: the server is never open to everybody.
    private static YamlNode WithToken(YamlNode? own, YamlFactory yaml) =>
        ServiceEnvironment.With(own, [("JUPYTER_TOKEN", "${JUPYTER_TOKEN-}")], yaml);

    private static YamlMapping Healthcheck(YamlFactory yaml)
    {
        string[] test = ["CMD", "python", "-c", $"import socket; socket.create_connection(('127.0.0.1', {Port}), 2)"];
        return yaml.Map(("test", yaml.List(test.Select(yaml.Text))), ("interval", yaml.Text("5s")), ("start_period", yaml.Text("60s")));
    }

    // Read as a descriptor's ports are, so that `9999:8888` counts as this one.
    private static YamlNode Ports(YamlNode? own, YamlFactory yaml) =>
        own switch
        {
            null => yaml.List(yaml.Text(Port)),
            YamlSequence list when !Publishes(list) => list with { Items = list.Items.Add(yaml.Text(Port)) },
            _ => own,
        };

    private static bool Publishes(YamlSequence ports) =>
        PortSyntax
            .Read(ports, new Diagnostics.DiagnosticBag())
            .Any(port =>
                port.Protocol == "tcp"
                && port.Target <= PythonEnvironment.JupyterPort
                && port.Target + port.Count > PythonEnvironment.JupyterPort
            );
}
