using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>Starts what was unpacked, where nothing stands in its way, and says where it answers.</summary>
/// <param name="folder">Where it was unpacked.</param>
/// <param name="terminal">Where to write.</param>
internal sealed class UnpackStart(string folder, Terminal terminal)
{
    public async Task<int> Run(ImmutableArray<Container> containers)
    {
        var bag = new DiagnosticBag();
        var stack = PackedStack.Read(folder);
        bag.AddAll(Missing(stack));
        if (terminal.Report(bag))
        {
            return ExitCode.Wrong;
        }

        var compose = new DockerCompose(folder, stack.Project);
        if (containers.FirstOrDefault(container => container.IsElsewhere(stack.Project, folder)) is { } other)
        {
            bag.Add(Errors.OtherFolder(stack.Project, other.Folder, isByData: false));
        }

        var ports = await compose.Published([DockerCompose.FileName]);
        var probe = new PortProbe(stack.Project, containers);
        foreach (var port in ports)
        {
            if (probe.Holder(port.HostIp, port.Host, port.Protocol) is { } holder)
            {
                bag.Add(Errors.BusyThere(port.Service, port.Host, holder.Who, holder.Remedy, folder));
            }
        }

        if (terminal.Report(bag))
        {
            return ExitCode.Wrong;
        }

        var code = compose.Start([DockerCompose.FileName]) ?? throw DockerFailure.Vanished("compose up");
        if (code != ExitCode.Done)
        {
            return code;
        }

        var width = ports.Select(port => port.Service.Length).DefaultIfEmpty().Max();
        foreach (var port in ports)
        {
            var url = PortUrl.On(EnginePlace.Current().Machine, port.AppProtocol, port.Protocol, port.Target, port.HostIp, port.Host);
            var token = port.Target == PythonEnvironment.JupyterPort && port.Token.Length > 0 ? $"/?token={Uri.EscapeDataString(port.Token)}" : string.Empty;
            terminal.Out.WriteLine($"{port.Service.PadRight(width)}  {url}{token}");
        }

        terminal.Error.WriteLine($"`composegen -C {folder} down` stops it");
        return ExitCode.Done;
    }

    private IEnumerable<Diagnostic> Missing(PackedStack stack)
    {
        var example = Path.Combine(folder, PackFormat.Example);
        var environment = Path.Combine(folder, DotEnv.FileName);
        var given = File.Exists(environment)
            ? DotEnv.Read(new SourceText(DotEnv.FileName, File.ReadAllText(environment)), new DiagnosticBag()).Select(line => line.Name).ToHashSet(StringComparer.Ordinal)
            : [];
        var wanted = File.Exists(example)
            ? PackTexts.Wanted(File.ReadAllText(example)).Where(name => !given.Contains(name) && Environment.GetEnvironmentVariable(name) is null).ToList()
            : [];
        return stack
            .SecretFiles.Where(path => !File.Exists(Path.Combine(folder, path)))
            .Select(path => Errors.StillToPut(folder, path))
            .Concat(wanted.Count > 0 ? [Errors.StillToSet(folder, wanted)] : []);
    }
}
