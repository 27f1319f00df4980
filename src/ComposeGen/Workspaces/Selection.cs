using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using Microsoft.Extensions.FileSystemGlobbing;

namespace ComposeGen.Workspaces;

/// <summary>Folders below <c>projects/</c> that a manifest may name in vain: projects that could not be read, and folders that are no project.</summary>
internal sealed record OtherFolders(IReadOnlySet<string> Broken, IReadOnlySet<string> Groups);

/// <summary>The manifest applied to the projects that there are.</summary>
internal static class Selection
{
    /// <summary>
    /// The services selected, ordered by project and then as their descriptor has them. An exclusion wins wherever it
    /// stands; a name that matches nothing is an error, a glob that matches nothing a warning.
    /// </summary>
    public static ImmutableArray<SelectedService> Apply(
        Manifest manifest,
        ImmutableArray<Project> projects,
        OtherFolders others,
        SourceText source,
        DiagnosticBag bag
    )
    {
        var (services, exclusion) = Select(manifest, projects, others, bag);
        if (services.IsEmpty && !bag.HasErrors)
        {
            bag.Add(
                exclusion is { } span
                    ? Errors.AllExcluded(span)
                    : Errors.NothingSelected(source.At(0, 1), [.. projects.Select(project => project.Path)])
            );
        }

        return services;
    }

    /// <summary>
    /// What is asked for by name, whatever the manifest says, and then what the manifest selects, whose mistakes do not matter
    /// here. What is wrong with the name has no place: it stands in no file.
    /// </summary>
    public static ImmutableArray<SelectedService> With(
        ManifestEntry asked,
        Manifest manifest,
        ImmutableArray<Project> projects,
        OtherFolders others,
        DiagnosticBag bag
    )
    {
        var problems = new DiagnosticBag();
        var (named, _) = Select(new Manifest([asked]), projects, others, problems);
        bag.AddAll(problems.Sorted().Select(problem => problem with { Span = null }));
        var (selected, _) = Select(manifest, projects, others, new DiagnosticBag());
        return [.. named.Concat(selected).DistinctBy(selection => (selection.Project.Path, selection.Service.Name))];
    }

    /// <returns>The services, and an exclusion where that is what left none of those that were selected.</returns>
    private static (ImmutableArray<SelectedService> Services, SourceSpan? Exclusion) Select(
        Manifest manifest,
        ImmutableArray<Project> projects,
        OtherFolders others,
        DiagnosticBag bag
    )
    {
        var selected = new Dictionary<(string Project, string Service), SelectedService>();
        var excluded = new HashSet<(string Project, string Service)>();
        var finder = new Finder(projects, others, bag);
        foreach (var entry in manifest.Entries)
        {
            foreach (var (project, service) in finder.Matches(entry))
            {
                var key = (project.Path, service.Name);
                if (entry.IsExclusion)
                {
                    excluded.Add(key);
                }
                else
                {
                    selected.TryAdd(key, new SelectedService(project, service, entry));
                }
            }
        }

        var remaining = selected.Where(pair => !excluded.Contains(pair.Key)).Select(pair => pair.Key).ToHashSet();
        var exclusion = selected.Count > 0 ? manifest.Entries.FirstOrDefault(entry => entry.IsExclusion)?.Span : null;
        return (
            [
                .. projects
                    .SelectMany(project => project.Descriptor.Services.Select(service => (project.Path, service.Name)))
                    .Where(remaining.Contains)
                    .Select(key => selected[key]),
            ],
            exclusion
        );
    }

    private sealed class Finder(ImmutableArray<Project> projects, OtherFolders others, DiagnosticBag bag)
    {
        private readonly Dictionary<string, Project> _byPath = projects.ToDictionary(project => project.Path, StringComparer.Ordinal);
        private readonly string[] _paths = [.. projects.Select(project => project.Path)];

        // What a glob is matched with: projects, their members, and the folders that members lie in.
        private readonly Lazy<Dictionary<string, SelectedPlace>> _places = new(() =>
            projects.SelectMany(SelectedPlace.Of).ToDictionary(place => place.Path, StringComparer.Ordinal)
        );

        public IEnumerable<(Project Project, ServiceDeclaration Service)> Matches(ManifestEntry entry)
        {
            var matched = MatchingPlaces(entry);
            if (entry.Service is not { } name)
            {
                return matched.SelectMany(place => place.Services.Select(service => (place.Project, service)));
            }

            var named = matched.SelectMany(place => place.Named(name).Select(service => (place.Project, service))).ToList();
            if (named.Count == 0 && matched.Count > 0)
            {
                var names = matched.SelectMany(place => place.Services).Select(service => service.Name).Distinct().ToList();
                bag.Add(Errors.UnknownServiceInManifest(entry.Span, entry.Project, name, names));
            }

            return named;
        }

        private List<SelectedPlace> MatchingPlaces(ManifestEntry entry)
        {
            if (!entry.IsGlob)
            {
                if (_byPath.TryGetValue(entry.Project, out var project))
                {
                    return [new SelectedPlace(project, null)];
                }

                if (!others.Broken.Contains(entry.Project) && SelectedPlace.Split(entry.Project, others.Broken.Contains) is null)
                {
                    return MatchingMember(entry);
                }

                // What is wrong with a project that could not be read has been said where it stands.
                return [];
            }

            var matcher = new Matcher(StringComparison.Ordinal).AddInclude(entry.Project);
            var matches = matcher.Match([.. _places.Value.Keys]).Files.Select(file => _places.Value[file.Path]).ToList();
            if (matches.Count == 0 && !matcher.Match(others.Broken).HasMatches && !others.Broken.Any(path => IsBelow(entry.Project, path)))
            {
                bag.Add(Errors.GlobWithoutMatch(entry.Span, entry.ToString()));
            }

            return matches;
        }

        private static bool IsBelow(string path, string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);

        private List<SelectedPlace> MatchingMember(ManifestEntry entry)
        {
            if (SelectedPlace.Split(entry.Project, _byPath.ContainsKey) is var (path, member))
            {
                var place = new SelectedPlace(_byPath[path], member);
                if (place.Services.Any())
                {
                    return [place];
                }

                var descriptor = place.Project.Descriptor;
                if (descriptor.MemberPaths.Any() || descriptor.Services.Any(service => service.Name == member))
                {
                    // Of what could not be read, nothing is known to be missing.
                    if (descriptor.IsComplete)
                    {
                        bag.Add(Errors.UnknownMember(entry.Span, path, member, place.Project.Addresses()));
                    }

                    return [];
                }
            }

            Unknown(entry);
            return [];
        }

        private void Unknown(ManifestEntry entry)
        {
            // One that could not be read is there all the same, and may be the one that is meant.
            string[] known = [.. _paths, .. others.Broken];
            var below = known.Where(path => path.StartsWith(entry.Project + "/", StringComparison.Ordinal)).ToList();
            bag.Add(
                below.Count > 0 ? Errors.GroupNotProject(entry.Span, entry.Project, below)
                : others.Groups.Contains(entry.Project) ? Errors.FolderWithoutProject(entry.Span, entry.Project)
                : SameEnd(entry.Project, known) is { } meant ? Errors.UnknownProject(entry.Span, entry.Project, $"write `{meant}`")
                : Errors.UnknownProject(entry.Span, entry.Project, known)
            );
        }

        // Someone who writes `projects/shop` or `week1` for `course/week1` means it too.
        private static string? SameEnd(string name, string[] known)
        {
            var last = name[(name.LastIndexOf('/') + 1)..];
            var sameEnd = known.Where(path => path == last || path.EndsWith("/" + last, StringComparison.Ordinal)).ToList();
            return sameEnd.Count == 1 ? sameEnd[0] : null;
        }
    }
}
