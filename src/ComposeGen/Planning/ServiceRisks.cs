using System.Net;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>
/// What gives a container power over the machine, or gives others access to it: known once a stranger's project is looked at, and
/// not found out later. <c>validate</c> says it, and <c>warnings.errors</c> in composegen.yml forbids it.
/// </summary>
internal static class ServiceRisks
{
    private static readonly string[] NamespaceKeys = ["network_mode", "pid", "ipc", "uts", "userns_mode", "cgroup"];

    /// <summary>Each kind of risk once a service, at the place that makes it one.</summary>
    public static IEnumerable<Diagnostic> Find(IEnumerable<PlannedService> services) => services.SelectMany(Find);

    private static IEnumerable<Diagnostic> Find(PlannedService service)
    {
        var body = service.Declaration.Body;
        if (body["privileged"] is YamlScalar { Value: var privileged } node && IsTrue(privileged))
        {
            yield return Errors.Privileged(node.Span, service.Label);
        }

        var binds = Binds(body).ToList();
        if (Socket(body, binds) is { } socket)
        {
            yield return Errors.DockerSocket(socket, service.Label);
        }

        if (NamespaceKeys.Select(key => body[key]).OfType<YamlScalar>().FirstOrDefault(value => Meant(value.Value) == "host") is { } host)
        {
            yield return Errors.HostNamespace(host.Span, service.Label, body.Entries.First(entry => ReferenceEquals(entry.Value, host)).Name);
        }

        if (binds.Find(bind => !IsSocket(bind.Path) && IsOutside(service.Project, bind.Path)) is { Path: not null } outside)
        {
            yield return Errors.OutsideBind(outside.Span, service.Label, outside.Path);
        }

        if (service.Ports.FirstOrDefault(port => port.Request.HostIp is { } ip && !IsLoopback(ip)) is { } open)
        {
            yield return Errors.OpenPort(open.Request.Span, service.Label, open.Request.HostIp!);
        }
    }

    private static SourceSpan? Socket(YamlMapping body, List<(string Path, SourceSpan Span)> binds) =>
        body["use_api_socket"] is YamlScalar { Value: var text } asked && IsTrue(text) ? asked.Span
        : binds.Find(bind => IsSocket(bind.Path)) is { Path: not null } bind ? bind.Span
        : null;

    private static IEnumerable<(string Path, SourceSpan Span)> Binds(YamlMapping body)
    {
        foreach (var item in (body["volumes"] as YamlSequence)?.Items ?? [])
        {
            var source = item switch
            {
                YamlScalar text => VolumeSyntax.Path(text.Value),
                YamlMapping map when map["type"] is YamlScalar { Value: "bind" or "npipe" } => (map["source"] as YamlScalar)?.Value,
                _ => null,
            };
            if (source is not null && Meant(source) is { } path)
            {
                yield return (path, item.Span);
            }
        }
    }

    // What Docker Desktop, rootless engines and Podman call theirs ends alike.
    private static bool IsSocket(string path) =>
        path.EndsWith("/docker.sock", StringComparison.Ordinal)
        || path.EndsWith("/podman.sock", StringComparison.Ordinal)
        || path.EndsWith("docker_engine", StringComparison.Ordinal);

    private static bool IsOutside(Project project, string path) => WorkspacePath.Combine(project.Folder, path) is null;

    // A variable without a default may be anything.
    private static string? Meant(string text) => text.Contains('$', StringComparison.Ordinal) ? VariableText.Default(text) : text;

    private static bool IsTrue(string text) =>
        Meant(text)?.ToLowerInvariant() is "true" or "yes" or "on" or "y";

    private static bool IsLoopback(string text) => IPAddress.TryParse(text, out var address) && IPAddress.IsLoopback(address);
}
