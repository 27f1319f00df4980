using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>What <c>up --keep-going</c> leaves out: the services whose image cannot be made, and all that need them.</summary>
internal sealed class KeepGoing(Plan plan, DockerCompose compose, UpFailure failure, IReadOnlyList<string> files)
{
    // What a shell makes of Ctrl+C: whoever pressed it wants nothing started.
    private const int Interrupted = 130;

    /// <summary>Makes the images, one by one where all at once fails.</summary>
    /// <param name="services">Those that are to start.</param>
    /// <param name="bag">Takes who is left out, and why.</param>
    /// <returns>Keys of those left out; null where it was interrupted.</returns>
    public async Task<ImmutableHashSet<string>?> Prepare(ImmutableArray<PlannedService> services, DiagnosticBag bag)
    {
        // What Compose refuses altogether is for `up` to fail at.
        if (await compose.Understand(files) is not { } understood)
        {
            return [];
        }

        var failed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in (await UpFailure.Missing(services, understood)).Where(service => plan.Builders([service]).Count == 0))
        {
            if (compose.Pull(files, service.Key) is var code and not ExitCode.Done)
            {
                if (code == Interrupted)
                {
                    return null;
                }

                failed.Add(service.Key);
                bag.Add(UpFailure.NotPulled(service, understood));
            }
        }

        var builders = plan.Builders(services);
        var isBuilt = builders.Count == 0 ? ExitCode.Done : compose.Build(files, builders);
        foreach (var key in isBuilt is ExitCode.Done or Interrupted ? [] : builders)
        {
            isBuilt = compose.Build(files, [key]);
            if (isBuilt == Interrupted)
            {
                break;
            }

            if (isBuilt != ExitCode.Done)
            {
                failed.Add(key);
                bag.Add(failure.NotBuilt(key, understood, isAlone: true));
            }
        }

        // Without an engine nothing can be built, and nobody is to blame.
        _ = await Containers.List();
        return isBuilt == Interrupted ? null : Without(services, failed, bag);
    }

    private ImmutableHashSet<string> Without(ImmutableArray<PlannedService> services, HashSet<string> failed, DiagnosticBag bag)
    {
        var lacking = services
            .Where(service => failed.Contains(service.Key) || failed.Overlaps(plan.Builders([service])))
            .ToDictionary(service => service.Key, StringComparer.Ordinal);
        var left = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            if (plan.Dependencies.Closure([service]).Keys.FirstOrDefault(lacking.ContainsKey) is not { } needed)
            {
                continue;
            }

            left.Add(service.Key);
            if (!lacking.ContainsKey(service.Key))
            {
                bag.Add(Errors.LeftOut(service.Declaration.Span, service.Label, lacking[needed].Label));
            }
        }

        return left.ToImmutable();
    }
}
