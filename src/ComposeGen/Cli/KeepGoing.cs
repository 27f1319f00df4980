using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>What <c>up --keep-going</c> leaves out: the services whose image cannot be made, and all that need them.</summary>
/// <param name="plan">The plan.</param>
/// <param name="compose">Makes the images.</param>
/// <param name="failure">Tells why one could not be made.</param>
/// <param name="files">The Compose files.</param>
internal sealed class KeepGoing(Plan plan, DockerCompose compose, UpFailure failure, IReadOnlyList<string> files)
{
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

        var toPull = (await UpFailure.Missing(services, understood)).Where(service => plan.Builders([service]).Count == 0);
        if (Failing([.. toPull.Select(service => service.Key)], key => compose.Pull(files, key)) is not { } notPulled)
        {
            return null;
        }

        var builders = plan.Builders(services);
        var isBuilt = builders.Count == 0 ? ExitCode.Done : compose.Build(files, builders);
        var notBuilt =
            isBuilt == ExitCode.Done ? []
            : isBuilt == ExitCode.Interrupted ? null
            : Failing(builders, key => compose.Build(files, [key]));
        if (notBuilt is null)
        {
            return null;
        }

        // Without an engine nothing can be built, and no project is to blame: this throws then.
        _ = await Containers.List();
        bag.AddAll(services.Where(service => notPulled.Contains(service.Key)).Select(service => UpFailure.NotPulled(service, understood)));
        bag.AddAll(notBuilt.Count == 0 ? [] : await failure.NotBuilt(notBuilt, understood));
        if (bag.HasErrors)
        {
            await UpFailure.FindDisk(bag);
        }

        return Without(services, [.. notPulled, .. notBuilt], bag);
    }

    // Null where it was interrupted.
    private static List<string>? Failing(IEnumerable<string> keys, Func<string, int?> make)
    {
        var failed = new List<string>();
        foreach (var key in keys)
        {
            var code = make(key);
            if (code == ExitCode.Interrupted)
            {
                return null;
            }

            if (code != ExitCode.Done)
            {
                failed.Add(key);
            }
        }

        return failed;
    }

    private ImmutableHashSet<string> Without(ImmutableArray<PlannedService> services, HashSet<string> failed, DiagnosticBag bag)
    {
        var lacking = services
            .Where(service => failed.Contains(service.Key) || failed.Overlaps(plan.Builders([service])))
            .ToDictionary(service => service.Key, StringComparer.Ordinal);
        var left = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var service in lacking.Count == 0 ? [] : services)
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
