using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>What is different where the engine is on another machine: ports, links and mounts are that one's.</summary>
internal static class Elsewhere
{
    /// <summary>Says it; nothing where the engine is here.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="services">Those that are to start, with the ports that they have.</param>
    /// <param name="files">The workspace.</param>
    /// <param name="bag">Takes what there is to say.</param>
    public static async Task Look(Plan plan, ImmutableArray<PlannedService> services, WorkspaceFiles files, DiagnosticBag bag)
    {
        var place = EnginePlace.Current();
        if (place.Machine is not { } machine)
        {
            return;
        }

        var ports = services.SelectMany(service => service.Ports).SelectMany(port => Enumerable.Range(port.Host, port.Request.Count).Select(host => (port.HostIp, host))).ToList();
        if (ports.Count > 0)
        {
            bag.Add(Errors.PortsElsewhere(machine));
        }

        var hidden = ports.Where(port => IPAddress.IsLoopback(IPAddress.Parse(port.HostIp))).ToList();
        if (hidden.Count > 0)
        {
            var tunnels = string.Concat(hidden.Select(port => string.Create(CultureInfo.InvariantCulture, $"-L {port.host}:{port.HostIp}:{port.host} ")));
            bag.Add(Errors.HiddenPorts(machine, hidden.Count, $"ssh -N {tunnels}{place.Login}"));
        }

        await LookAtMounts(plan.Only(plan.Services.Where(service => services.Any(other => other.Key == service.Key))), files, machine, bag);
    }

    private static async Task LookAtMounts(Plan plan, WorkspaceFiles files, string machine, DiagnosticBag bag)
    {
        var document = ComposeBuilder.Build(plan);
        var sources = document.Services.SelectMany(WorkspaceSources.Of).Where(source => source.Path is not null).ToList();
        var all = sources
            .Select(source => (source.Path!, (SourceSpan?)source.Span, source.Service.Label))
            .Concat(((string[])["configs", "secrets"]).SelectMany(section => WorkspaceSources.Files(document, section).Select(file => (file.Path, (SourceSpan?)null, $"{section[..^1]} {file.Name}"))))
            .Select(source => (Path: Path.GetFullPath(source.Item1, files.Root), Span: source.Item2, Who: source.Item3))
            // The engine makes what is not there, here as there.
            .Where(source => Path.Exists(source.Path))
            .ToList();
        if (all.Count == 0)
        {
            return;
        }

        if (await MountProbe.Missing(all.Select(source => source.Path)) is not { } missing)
        {
            bag.Add(Errors.MountsUnknown(machine, [.. all.Select(source => source.Path).Distinct()]));
            return;
        }

        foreach (var (path, span, who) in all)
        {
            bag.Add(missing.Contains(path) ? Errors.NotThere(span, who, path, machine, files.Root) : Errors.MountsThere(span, who, path, machine));
        }
    }
}
