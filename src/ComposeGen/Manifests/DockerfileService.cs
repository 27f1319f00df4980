using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>The service that a Dockerfile stands for where no file describes one.</summary>
internal static class DockerfileService
{
    /// <summary>
    /// A folder with only a Dockerfile, the way the first version of this tool ran it: built with its name, mounted where a
    /// notebook expects it.
    /// </summary>
    /// <param name="source">The Dockerfile.</param>
    /// <param name="path">The folder's path below <c>projects/</c>.</param>
    /// <param name="bag">Takes what there is to say about its ports.</param>
    public static YamlMapping Alone(SourceText source, string path, DiagnosticBag bag)
    {
        var yaml = new YamlFactory(source.At(0, 1));
        var service = new List<(string, YamlNode)>
        {
            (
                "build",
                yaml.Map([("context", yaml.Text(".")), ("args", yaml.Map(("PROJECT_NAME", yaml.Text(path)))), .. FileName(source, yaml)])
            ),
            (
                "volumes",
                yaml.List(yaml.Map(("type", yaml.Text("bind")), ("source", yaml.Text(".")), ("target", yaml.Text($"/workspace/{path}"))))
            ),
        };
        var ports = Dockerfile.ExposedPorts(source, bag);
        if (ports.Count > 0)
        {
            service.Add(("ports", yaml.List(ports)));
        }

        return yaml.Map(service);
    }

    /// <summary>
    /// One stage of a Dockerfile that lies in <paramref name="context"/>: nothing but the build, so that members with one
    /// stage share it.
    /// </summary>
    public static YamlMapping OfStage(SourceText source, DockerfileStage stage, string context, DiagnosticBag bag)
    {
        var yaml = new YamlFactory(stage.Span);
        var build = yaml.Map([
            ("context", yaml.Text(context)),
            .. FileName(source, yaml),
            // Plain, as people write it: their `build` with this stage is the same one.
            ("target", new YamlScalar(stage.Name!, !IsWord(stage.Name!), stage.Span)),
        ]);
        bag.AddAll(stage.Problems);
        return stage.Ports.IsEmpty ? yaml.Map(("build", build)) : yaml.Map(("build", build), ("ports", yaml.List(stage.Ports)));
    }

    private static (string, YamlNode)[] FileName(SourceText source, YamlFactory yaml)
    {
        var name = source.File[(source.File.LastIndexOf('/') + 1)..];
        return name == "Dockerfile" ? [] : [("dockerfile", yaml.Text(name))];
    }

    // What YAML would not take for a text if it stood without quotes.
    private static bool IsWord(string name) =>
        !char.IsAsciiLetter(name[0])
        || name.ToUpperInvariant() is "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "NULL" or "Y" or "N";
}
