using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using Microsoft.Extensions.FileSystemGlobbing;

namespace ComposeGen.Workspaces;

/// <summary>Folders that a manifest may name in vain: projects that could not be read, below <c>projects/</c>, and folders that are no project, in the workspace.</summary>
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

        // One that could not be read is there all the same, and may be the one that is meant.
        private readonly KnownNames _known = new([.. projects.Select(project => project.Path), .. others.Broken]);

        private readonly Dictionary<string, KnownNames> _services = new(StringComparer.Ordinal);
        private readonly Dictionary<string, KnownNames> _addresses = new(StringComparer.Ordinal);

        // What a glob is matched with: projects, their members, and the folders that members lie in.
        private readonly Lazy<Dictionary<string, SelectedPlace>> _places = new(() =>
            projects.SelectMany(SelectedPlace.Of).ToDictionary(place => place.Path, StringComparer.Ordinal)
        );

        private readonly Lazy<string[]> _sortedPlaces = new(() =>
            [.. projects.SelectMany(SelectedPlace.Of).Select(place => place.Path).Order(StringComparer.Ordinal)]
        );

        public IEnumerable<(Project Project, ServiceDeclaration Service)> Matches(ManifestEntry entry)
        {
            var matched = MatchingPlaces(entry);
            if (entry.Service is not { } name)
            {
                return matched.SelectMany(place => place.Services.Select(service => (place.Project, service)));
            }

            var named = matched.SelectMany(place => place.Named(name).Select(service => (place.Project, service))).ToList();
            if (named.Count == 0 && matched.Count > 0 && !bag.IsFull(entry.Span.File))
            {
                if (!_services.TryGetValue(entry.Project, out var names))
                {
                    names = new KnownNames(matched.SelectMany(place => place.Services).Select(service => service.Name).Distinct());
                    _services[entry.Project] = names;
                }

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
            var start = entry.Project[..entry.Project.IndexOf('*', StringComparison.Ordinal)];
            // Everything below a folder needs no matching.
            var isAll = entry.Project[start.Length..] == "**" && (start.Length == 0 || start[^1] == '/');
            var paths = isAll ? Beginning(start) : matcher.Match(Beginning(start)).Files.Select(file => file.Path);
            var matches = paths.Select(path => _places.Value[path]).ToList();
            if (matches.Count == 0 && !matcher.Match(others.Broken).HasMatches && !others.Broken.Any(path => IsBelow(entry.Project, path)))
            {
                bag.Add(Errors.GlobWithoutMatch(entry.Span, entry.ToString()));
            }

            return matches;
        }

        // All that a glob can match: matching is dear, and a manifest may have thousands of globs.
        private IEnumerable<string> Beginning(string start)
        {
            var sorted = _sortedPlaces.Value;
            var first = Array.BinarySearch(sorted, start, StringComparer.Ordinal);
            return sorted.Skip(first < 0 ? ~first : first).TakeWhile(path => path.StartsWith(start, StringComparison.Ordinal));
        }

        private static bool IsBelow(string path, string folder) =>
            path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal);

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
                    if (descriptor.IsComplete && !bag.IsFull(entry.Span.File))
                    {
                        if (!_addresses.TryGetValue(path, out var addresses))
                        {
                            _addresses[path] = addresses = new KnownNames(place.Project.Addresses());
                        }

                        bag.Add(Errors.UnknownMember(entry.Span, path, member, addresses));
                    }

                    return [];
                }
            }

            Unknown(entry);
            return [];
        }

        private void Unknown(ManifestEntry entry)
        {
            if (bag.IsFull(entry.Span.File))
            {
                return;
            }

            var below = _known.Where(path => IsBelow(path, entry.Project)).ToList();
            bag.Add(
                below.Count > 0 ? Errors.GroupNotProject(entry.Span, entry.Project, below)
                : others.Groups.Contains($"{Workspace.ProjectsFolder}/{entry.Project}") ? Errors.FolderWithoutProject(entry.Span, entry.Project)
                : SameEnd(entry.Project) is { } meant ? Errors.UnknownProject(entry.Span, entry.Project, $"write `{meant}`")
                : Errors.UnknownProject(entry.Span, entry.Project, _known)
            );
        }

        // Someone who writes `projects/shop` or `week1` for `course/week1` means it too.
        private string? SameEnd(string name)
        {
            var last = name[(name.LastIndexOf('/') + 1)..];
            var isOne = _byPath.ContainsKey(last) || others.Broken.Contains(last);
            return (isOne, _known.EndedBy(last)) switch
            {
                (true, []) => last,
                (false, [var only]) => only,
                _ => null,
            };
        }
    }
}
