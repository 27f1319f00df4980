using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>
/// Services that extend others, of the same file or of another (Compose Specification, chapter Services, section extends).
/// </summary>
/// <param name="read">Reads a Compose file; null with diagnostics where it cannot.</param>
/// <param name="exists">Whether there is such a file, relative to the workspace.</param>
/// <param name="file">The file, relative to the workspace.</param>
/// <param name="folder">What its paths are relative to.</param>
/// <param name="bag">Takes what is wrong.</param>
internal sealed class ExtendsResolver(
    Func<string, YamlMapping?> read,
    Func<string, bool> exists,
    string file,
    string folder,
    DiagnosticBag bag
)
{
    private readonly Dictionary<(string File, string Service), YamlMapping?> _resolved = [];
    private readonly List<(string File, string Service)> _open = [];

    // Of what has been written out: a chain of services repeats in each what all before it say.
    private long _weight;

    /// <summary>The tree with every service of it written out; null with a diagnostic where that comes to too much.</summary>
    public YamlMapping? Resolve(YamlMapping tree)
    {
        if (tree["services"] is not YamlMapping services || !services.Entries.Any(entry => (entry.Value as YamlMapping)?.Contains("extends") == true))
        {
            return tree;
        }

        var entries = ImmutableArray.CreateBuilder<YamlEntry>(services.Entries.Length);
        foreach (var entry in services.Entries)
        {
            entries.Add(entry with { Value = Service(file, services, entry.Name, entry.Value.Span) ?? entry.Value });
            if (_weight > ComposeLoader.MostValues)
            {
                bag.Add(Errors.MergedTooLarge(entry.Key.Span, ComposeLoader.MostValues));
                return null;
            }
        }

        return tree.With("services", services with { Entries = entries.DrainToImmutable() });
    }

    // Null where it is no mapping, or what it extends cannot be had; what is wrong has then been said, or will be.
    private YamlMapping? Service(string of, YamlMapping services, string name, SourceSpan from)
    {
        if (services[name] is not YamlMapping service || service["extends"] is not { } extends)
        {
            return services[name] as YamlMapping;
        }

        if (_resolved.TryGetValue((of, name), out var known))
        {
            return known;
        }

        if (_open.Contains((of, name)))
        {
            bag.Add(
                Errors.Cycle(
                    from,
                    "services extend",
                    "extends",
                    [.. _open.SkipWhile(step => step != (of, name)).Select(step => step.Service), name]
                )
            );
            return null;
        }

        if (_open.Count == ComposeLoader.Deepest)
        {
            bag.Add(Errors.ChainTooDeep(from, "services extend", ComposeLoader.Deepest));
            return null;
        }

        if (_weight > ComposeLoader.MostValues)
        {
            return service;
        }

        _open.Add((of, name));
        var own = service with { Entries = [.. service.Entries.Where(entry => entry.Name != "extends")] };
        // With the key left in it, where there is nothing to extend: what the service lacks is then not its own fault.
        var resolved = Base(of, services, extends) is { } extended ? ComposeMerge.Service(extended, own, bag) : service;
        _open.RemoveAt(_open.Count - 1);
        _weight += resolved.Weight;
        return _resolved[(of, name)] = resolved;
    }

    // SERVICE, or {service: SERVICE, file: FILE}.
    private YamlMapping? Base(string of, YamlMapping services, YamlNode extends)
    {
        if ((extends as YamlScalar ?? (extends as YamlMapping)?["service"]) is not YamlScalar { IsNull: false } name)
        {
            bag.Add(Errors.WrongKind(extends.Span, "extends", "the name of a service, or a mapping with `service`", extends.Kind));
            return null;
        }

        if ((extends as YamlMapping)?["file"] is not YamlScalar { IsNull: false } other)
        {
            return Known(of, services, name) ? Service(of, services, name.Value, name.Span) : null;
        }

        if (Other(of, other) is not { } path || read(path) is not { } tree)
        {
            return null;
        }

        if (path == of)
        {
            return Known(of, services, name) ? Service(of, services, name.Value, name.Span) : null;
        }

        return
            tree["services"] is YamlMapping theirs
            && Known(path, theirs, name)
            && Service(path, theirs, name.Value, name.Span) is { } service
            ? PathRebaser.Between(FolderOf(of), WorkspacePath.Folder(path)).Service((YamlMapping)MergeTags.Settle(service))
            : null;
    }

    // What a file's paths are relative to: its own folder, unless it is the one that was started from.
    private string FolderOf(string of) => of == file ? folder : WorkspacePath.Folder(of);

    private string? Other(string of, YamlScalar path)
    {
        var found = WorkspacePath.Combine(FolderOf(of), VariableText.Default(path.Value) ?? path.Value);
        if (found is not null && exists(found))
        {
            return found;
        }

        bag.Add(found is null ? Errors.FileOutside(path.Span, path.Value) : Errors.NoSuchFile(path.Span, path.Value, found));
        return null;
    }

    private bool Known(string of, YamlMapping services, YamlScalar name)
    {
        if (services.Contains(name.Value))
        {
            return true;
        }

        bag.Add(Errors.ExtendsUnknown(name.Span, name.Value, of, [.. services.Names]));
        return false;
    }
}
