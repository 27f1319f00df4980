using System.Collections.Concurrent;
using System.Collections.Frozen;
using ComposeGen.Diagnostics;

namespace ComposeGen.Workspaces;

/// <summary>What projects were found to have and to lack, and whether that is still so.</summary>
internal sealed class FoundFiles(string root)
{
    // What the folders of projects hold but folders, so that not each file of each name that may be there is asked for.
    private readonly ConcurrentDictionary<string, IReadOnlySet<string>> _listed = new(StringComparer.Ordinal);

    // What projects were found to have and not to have, and folders that were gone when they were looked into.
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _gone = new();

    /// <summary>Remembers what a project's folder holds but folders.</summary>
    public void Listed(string folder, IReadOnlySet<string> files) => _listed[folder] = files;

    /// <summary>Whether a file may be there: false where its folder was listed without it.</summary>
    public bool MayBe(string file)
    {
        var slash = file.LastIndexOf('/');
        return slash < 0 || !_listed.TryGetValue(file[..slash], out var names) || names.Contains(file[(slash + 1)..]);
    }

    /// <summary>Remembers whether a file is there, and returns it.</summary>
    public bool Seen(string file, bool isThere)
    {
        if (IsOfProject(file))
        {
            _seen.TryAdd(file, isThere);
        }

        return isThere;
    }

    /// <summary>Remembers a file or folder that was gone when it was looked into.</summary>
    public void Gone(string place)
    {
        if (IsOfProject(place))
        {
            _gone.Enqueue(place);
        }
    }

    /// <summary>
    /// What came or went in a project since it was looked for; null where nothing did. A folder that was moved away in the
    /// middle would else be taken for one that lacks what had not been read yet, and what it is said to lack for a mistake.
    /// </summary>
    public Diagnostic? Moved()
    {
        if (_gone.TryPeek(out var gone))
        {
            return Errors.Changed(gone);
        }

        var changed = new ConcurrentBag<string>();
        var now = new ConcurrentDictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        var all = _seen.ToArray();
        Together.For(
            all.Length,
            i =>
            {
                var (file, wasThere) = all[i];
                if (IsThereNow(file, wasThere, now) != wasThere)
                {
                    changed.Add(file);
                }
            }
        );
        if (changed.Min(StringComparer.Ordinal) is { } first)
        {
            return Errors.Changed(first);
        }

        // What is there still has to be when more of the project is read later; what is not there is looked for anew.
        _listed.Clear();
        foreach (var (file, isThere) in _seen)
        {
            if (!isThere)
            {
                _seen.TryRemove(file, out _);
            }
        }

        return null;
    }

    // A folder that was listed is listed once more, and not asked for each of its files. A name in the listing that was no file
    // may be a link that leads nowhere.
    private bool IsThereNow(string file, bool wasThere, ConcurrentDictionary<string, IReadOnlySet<string>> listings)
    {
        var slash = file.LastIndexOf('/');
        if (slash < 0 || !_listed.ContainsKey(file[..slash]))
        {
            return Disk.IsThere(Path.Combine(root, file));
        }

        var isListed = listings.GetOrAdd(file[..slash], NamesNow).Contains(file[(slash + 1)..]);
        return isListed && (wasThere || Disk.IsThere(Path.Combine(root, file)));
    }

    // Nothing where it is gone by now.
    private IReadOnlySet<string> NamesNow(string folder)
    {
        try
        {
            return Disk.List(Path.Combine(root, folder)).Where(entry => !entry.IsFolder).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FrozenSet<string>.Empty;
        }
    }

    // Not so the files in the root: other runs of the tool write those, each in one step.
    private static bool IsOfProject(string place) => place.StartsWith(Workspace.ProjectsFolder + "/", StringComparison.Ordinal);
}
