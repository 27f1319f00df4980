using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Processes;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>
/// Brings services to a swarm: says what will be different there, makes and pushes their images, and sends the stack file.
/// </summary>
/// <param name="files">The workspace.</param>
/// <param name="plan">What is deployed.</param>
/// <param name="swarm">Where it goes; images are made by the engine that docker asks anyway.</param>
/// <param name="options">What was asked for.</param>
/// <param name="terminal">Where to write.</param>
internal sealed class Deployment(WorkspaceFiles files, Plan plan, Swarm swarm, DeployOptions options, Terminal terminal)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly DockerCompose _compose = new(files.Root, plan.Workspace.ComposeProject);
    private readonly WorkspaceEnvironment _environment = WorkspaceEnvironment.Load(files);
    private readonly string _stack = plan.Workspace.ComposeProject;
    private readonly string _registry = (options.Registry ?? string.Empty).TrimEnd('/');

    public async Task<int> Run()
    {
        var bag = new DiagnosticBag();
        var services = _environment.PortsHere(plan, [.. plan.Services], bag);
        _environment.Check(plan, services, bag);
        var deployed = await swarm.Services(_stack);
        var there = At(options.Address ?? await swarm.Address());
        using var folder = new TemporaryFolder();
        using var file = new StackFile(files, there, _stack, _environment);
        // What will be different is said before anything is made or sent.
        var builders = services.Where(service => plan.Builders([service]).Count > 0).Select(service => service.Key).ToHashSet(StringComparer.Ordinal);
        if (builders.Count > 0 && options.Registry is null)
        {
            bag.Add(Errors.NoRegistry(builders));
        }

        // Only what is built is said to be called otherwise there.
        var expected = services.Where(service => options.Registry is not null || !builders.Contains(service.Key)).ToDictionary(
            service => service.Key,
            service => builders.Contains(service.Key) ? $"{_registry}/{plan.Builders([service])[0]}" : (service.Declaration.Body["image"] as YamlScalar)?.Value ?? string.Empty,
            StringComparer.Ordinal
        );
        _ = file.Render(expected, options.Encrypted, bag) && file.Fill(bag);
        var opened = Opened(services, deployed).ToList();
        bag.AddAll(options.OpenPorts || options.Diff || Asks ? [] : opened.Select(pair => Errors.WouldOpen(pair.Port.Request.Span, pair.Service.Label, pair.Port.Host, pair.Port.HostIp)));
        var text = Pipeline.Text(plan, bag);
        if (terminal.Report(bag, files) || text is null)
        {
            return ExitCode.Of(bag);
        }

        if (!options.OpenPorts && !options.Diff && opened.Count > 0 && !IsAgreedTo(opened))
        {
            return ExitCode.Wrong;
        }

        return await Make([folder.Write(DockerCompose.FileName, text)], file, builders, deployed);
    }

    // A person can be asked.
    private bool Asks => terminal.IsWatched && !Console.IsInputRedirected;

    private async Task<int> Make(string[] composeFiles, StackFile file, HashSet<string> builders, ImmutableArray<StackService> deployed)
    {
        using var signals = ForeignProgram.HoldSignals();
        var bag = new DiagnosticBag();
        if (await _compose.Understand(composeFiles) is not { } understood)
        {
            // It says why, on this terminal.
            return _compose.Build(composeFiles, []) is { } code and not ExitCode.Done ? code : ExitCode.Wrong;
        }

        var images = new ShippedImages(plan, _compose, understood, composeFiles, _registry);
        try
        {
            if (await images.Make([], new UpFailure(files, plan, _compose, composeFiles), bag) is var made && made != ExitCode.Done)
            {
                terminal.Report(bag, files);
                return made;
            }

            // Of what is not built here, nodes pull what a registry is known to have; anything else is pushed with the rest.
            var names = new Dictionary<string, string>(images.Names, StringComparer.Ordinal);
            foreach (var key in images.Names.Keys.Where(key => !builders.Contains(key)))
            {
                if (await ImagePush.Digest(understood[key].Image) is { } digest)
                {
                    names[key] = digest;
                }
            }

            string[] toPush = [.. names.Where(pair => pair.Value == images.Names[pair.Key]).Select(pair => pair.Key)];
            if (toPush.Length > 0 && options.Registry is null)
            {
                bag.Add(Errors.NoRegistry(toPush));
            }
            else if (!options.Diff)
            {
                foreach (var (key, pushed) in await images.Push(toPush))
                {
                    names[key] = pushed;
                }
            }

            // What there is to say of it was said.
            var isRendered = file.Render(names, options.Encrypted, new DiagnosticBag()) && file.Fill(bag);
            if (terminal.Report(bag, files) || !isRendered)
            {
                return ExitCode.Wrong;
            }

            return signals.Came.IsCancellationRequested ? ExitCode.Interrupted
                : options.Diff ? Diff(file, deployed)
                : await Send(file, signals.Came);
        }
        finally
        {
            await images.Forget();
        }
    }

    private int Diff(StackFile file, ImmutableArray<StackService> deployed)
    {
        var old = deployed.ToDictionary(service => service.Key, service => service.Definition ?? string.Empty, StringComparer.Ordinal);
        var now = file.Definitions;
        var isWhole = !options.Projects.Any();
        foreach (var key in old.Keys.Where(key => isWhole || now.ContainsKey(key)).Union(now.Keys).Order(StringComparer.Ordinal))
        {
            terminal.Out.Write(TextDiff.Unified(key, StackFile.WithoutDigests(old.GetValueOrDefault(key, string.Empty)), StackFile.WithoutDigests(now.GetValueOrDefault(key, string.Empty))));
        }

        return ExitCode.Done;
    }

    private async Task<int> Send(StackFile file, CancellationToken isUnwanted)
    {
        var isWhole = !options.Projects.Any();
        var rollout = new StackRollout(swarm, _stack);
        await rollout.Begin();
        var code = swarm.Deploy(_stack, file.Path, files.Root, isWhole) ?? throw DockerFailure.Vanished("stack deploy");
        if (code != ExitCode.Done)
        {
            return code;
        }

        if (!options.Detach && await Wait(rollout, file.Definitions.Keys.Select(key => $"{_stack}_{key}").ToHashSet(StringComparer.Ordinal), isUnwanted) is var ended && ended != ExitCode.Done)
        {
            return ended;
        }

        // Until an update is over, the swarm may go back to what was before.
        if (isWhole && !options.Detach)
        {
            await swarm.Prune(_stack, file.Sources);
        }

        if (!options.Detach)
        {
            await StackPorts.WriteLinks(swarm, _stack, terminal);
        }

        return ExitCode.Done;
    }

    private static async Task<bool> IsOver(CancellationToken isUnwanted)
    {
        await Task.WhenAny(Task.Delay(Interval, isUnwanted));
        return isUnwanted.IsCancellationRequested;
    }

    // Until everything runs, or something turns out not to.
    private async Task<int> Wait(StackRollout rollout, IReadOnlySet<string> names, CancellationToken isUnwanted)
    {
        var shown = string.Empty;
        while (true)
        {
            var services = await rollout.Look(names);
            var failed = services.Where(service => service.Failure is not null).ToList();
            var running = services.Count(service => service.IsThere);
            var line = string.Create(CultureInfo.InvariantCulture, $"{running} of {GenerateCommand.Count(services.Length, "service")} run{(running == 1 ? "s" : string.Empty)}");
            var isOver = failed.Count > 0 || running == services.Length;
            if (terminal.IsWatched)
            {
                terminal.Error.Write($"\r{line.PadRight(shown.Length)}{(isOver ? Environment.NewLine : string.Empty)}");
                shown = line;
            }
            else if (isOver)
            {
                terminal.Error.WriteLine(line);
            }

            if (isOver)
            {
                var bag = new DiagnosticBag();
                bag.AddAll(failed.Select(service => Errors.StackFailed(service.Name, service.Failure!, options.Context)));
                terminal.Report(bag);
                return failed.Count > 0 ? ExitCode.Wrong : ExitCode.Done;
            }

            if (await IsOver(isUnwanted))
            {
                return ExitCode.Interrupted;
            }
        }
    }

    // Where other services' links lead to: an address of the swarm's, and not this machine's own.
    private Plan At(string address) =>
        plan with
        {
            All =
            [
                .. plan.All.Select(service =>
                    service with
                    {
                        Ports = [.. service.Ports.Select(port => port with { HostIp = address, Request = port.Request with { HostIpText = null } })],
                    }
                ),
            ],
        };

    // Ports that are not open to everybody here, and not yet there.
    private static IEnumerable<(PlannedService Service, PublishedPort Port)> Opened(ImmutableArray<PlannedService> services, ImmutableArray<StackService> deployed)
    {
        var open = deployed.SelectMany(service => service.Ports.Select(port => (service.Key, port.Host))).ToHashSet();
        return services.SelectMany(service => service.Ports.Where(port => !PortUrl.IsEverywhere(port.HostIp) && !open.Contains((service.Key, port.Host))).Select(port => (service, port)));
    }

    private bool IsAgreedTo(List<(PlannedService Service, PublishedPort Port)> opened)
    {
        terminal.Error.WriteLine("In a swarm, these ports are open to the network on every address of its nodes:");
        foreach (var (service, port) in opened)
        {
            terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {port.Host}  {service.Label}"));
        }

        return terminal.Ask("Open them? [y/N] ") is "y" or "yes";
    }
}
