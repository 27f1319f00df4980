using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>Which of the services that run a command is about: all, or the projects named with all that they need.</summary>
internal static class Choice
{
    /// <summary>Their keys; a name that is none is said.</summary>
    public static ImmutableHashSet<string> Of(Plan plan, string[] names, DiagnosticBag bag)
    {
        var running = plan.Services.ToImmutableArray();
        var byName = running
            .SelectMany(service => service.Names.Select(name => (name, service)))
            .ToLookup(pair => pair.name, pair => pair.service, StringComparer.Ordinal);
        foreach (var name in names.Where(name => !byName.Contains(name)))
        {
            bag.Add(
                plan.All.Any(service => service.Names.Contains(name))
                    ? Errors.NotSelected(name)
                    : Errors.NotRunning(
                        name,
                        [.. running.SelectMany(service => service.Names.Where(known => known != service.Address)).Distinct()]
                    )
            );
        }

        var chosen = names.Length == 0 ? running : plan.WithDependencies(names.SelectMany(name => byName[name]));
        return [.. chosen.Select(service => service.Key)];
    }
}
