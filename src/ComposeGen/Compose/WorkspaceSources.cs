using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Compose;

/// <summary>A file or folder that a service reads from the machine's disk, as the generated file has its path.</summary>
/// <param name="Service">Whose it is.</param>
/// <param name="Path">As it is written, with the defaults of its variables; null where a variable without one is in it.</param>
/// <param name="Inside">Relative to the workspace; null where it is elsewhere, or not known.</param>
/// <param name="Target">Where it is in the container.</param>
/// <param name="Span">Where that is written.</param>
internal sealed record WorkspaceSource(PlannedService Service, string? Path, string? Inside, string Target, SourceSpan Span);

/// <summary>
/// What services read from the machine's disk while they run: bind mounts (Compose Specification, chapter Services, section
/// volumes), and the files of configs and secrets.
/// </summary>
internal static class WorkspaceSources
{
    /// <summary>The bind mounts of a service, and its files of labels.</summary>
    public static IEnumerable<WorkspaceSource> Of(ComposeService service) =>
        Mounts(service.Body["volumes"])
            .Concat(service.Body["label_file"] is { } labels ? Texts(labels).Select(text => ((string?)text.Value, string.Empty, text.Span)) : [])
            .Select(mount => Source(service.Planned, mount.Item1, mount.Item2, mount.Item3));

    /// <summary>The files of a section, <c>configs</c> or <c>secrets</c>, by the name of their entry.</summary>
    public static IEnumerable<(string Name, string? Inside, string Path)> Files(ComposeDocument document, string section) =>
        from part in document.Sections
        where part.Name == section
        from entry in part.Entries
        let file = (entry.Value as YamlMapping)?["file"] as YamlScalar
        where file is not null
        let path = VariableText.Default(file.Value) ?? file.Value
        select (entry.Name, Inside(path), path);

    /// <summary>What an entry of a service's <c>volumes</c> binds; null where it is no bind mount.</summary>
    public static WorkspaceSource? Bound(PlannedService service, YamlNode mount) => Bind(mount) is var (path, target, span) ? Source(service, path, target, span) : null;

    private static IEnumerable<(string?, string, SourceSpan)> Mounts(YamlNode? volumes) =>
        ((volumes as YamlSequence)?.Items ?? []).Select(Bind).OfType<(string?, string, SourceSpan)>();

    private static (string?, string, SourceSpan)? Bind(YamlNode mount) =>
        mount switch
        {
            YamlScalar text when VolumeSyntax.Path(text.Value) is { } source =>
                (source, VolumeSyntax.Target(text.Value), text.Span),
            YamlMapping map when map["type"] is YamlScalar { Value: "bind" } => (
                (map["source"] as YamlScalar)?.Value,
                (map["target"] as YamlScalar)?.Value ?? string.Empty,
                map.Span
            ),
            _ => null,
        };

    private static WorkspaceSource Source(PlannedService service, string? text, string target, SourceSpan span)
    {
        // Of a variable that nothing stands for, nothing is what it comes to: no path.
        var path = text is not null && VariableText.Default(text) is { Length: > 0 } known ? known : null;
        return new WorkspaceSource(service, path, path is null ? null : Inside(path), target, span);
    }

    private static IEnumerable<YamlScalar> Texts(YamlNode node) => node is YamlSequence list ? list.Items.OfType<YamlScalar>() : node is YamlScalar text ? [text] : [];

    private static string? Inside(string path) => WorkspacePath.Combine(string.Empty, path);
}
