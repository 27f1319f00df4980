using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>What a project's Compose file comes to: one tree, and the <c>.env</c> files that its variables may have values in.</summary>
internal sealed record LoadedCompose(YamlMapping Tree, ImmutableArray<string> EnvironmentFiles);

/// <summary>
/// A Compose file with all that it draws in: <c>include</c>, <c>extends</c> and the files that override it (Compose
/// Specification, chapters Include, Services/extends and Merge). Paths in the tree are relative to the project's folder,
/// whichever file they stand in.
/// </summary>
internal sealed class ComposeLoader(WorkspaceFiles files, DiagnosticBag bag)
{
    /// <summary>How far services may extend each other, and files include each other; people do so two or three deep.</summary>
    public const int Deepest = 100;

    /// <summary>How many values a project may come to with all that it draws in, where it draws in anything.</summary>
    public const int MostValues = 250_000;

    // Nobody draws in as many, and each costs what there is already.
    private const int MostIncludes = 1000;

    private readonly List<string> _environments = [];
    private readonly Dictionary<string, YamlMapping?> _read = new(StringComparer.Ordinal);

    // By the files and the folder that their paths are relative to: two that include one file need not read on below it twice.
    private readonly Dictionary<string, YamlMapping?> _models = new(StringComparer.Ordinal);
    private int _includes;

    /// <param name="file">The Compose file, relative to the workspace.</param>
    /// <param name="overrides">Files that are merged into it, in this order.</param>
    /// <returns>Null with diagnostics where the file is no Compose file.</returns>
    public LoadedCompose? Load(string file, IEnumerable<string> overrides)
    {
        var folder = WorkspacePath.Folder(file);
        AddEnvironment(WorkspacePath.Combine(folder, DotEnv.FileName)!);
        return Model([file, .. overrides], folder, []) is { } tree ? new LoadedCompose(tree, [.. _environments]) : null;
    }

    // One after the other on top of what there is, each with what it includes and extends itself.
    private YamlMapping? Model(IEnumerable<string> paths, string folder, ImmutableStack<string> including)
    {
        YamlMapping? model = null;
        foreach (var path in paths)
        {
            if (Read(path) is not { } tree)
            {
                return null;
            }

            // What a later file replaces has to be sound too: Compose looks at each before the next is merged into it.
            if (model is not null)
            {
                DescriptorReader.CheckForms(model, bag);
            }

            var extends = new ExtendsResolver(Read, files.Exists, path, folder, bag);
            if (WithIncluded(tree, folder, including.Push(path)) is not { } whole || extends.Resolve(whole) is not { } resolved)
            {
                return null;
            }

            tree = resolved;
            model = model is null ? (YamlMapping)MergeTags.Settle(tree) : ComposeMerge.Files(model, tree, bag);
        }

        return model;
    }

    // Null where it comes to too much to go on with.
    private YamlMapping? WithIncluded(YamlMapping tree, string folder, ImmutableStack<string> including)
    {
        if (tree["include"] is not { } node)
        {
            return tree;
        }

        tree = tree with { Entries = [.. tree.Entries.Where(entry => entry.Name != "include")] };
        DescriptorReader.CheckForms((YamlMapping)MergeTags.Settle(tree), bag);
        foreach (var include in IncludeSyntax.Read(node, bag))
        {
            if (++_includes > MostIncludes)
            {
                bag.Add(Errors.TooManyIncludes(include.Paths[0].Span, MostIncludes));
                return null;
            }

            if (Included(include, folder, including) is { } included)
            {
                tree = Import(included, tree);
            }

            if (tree.Weight > MostValues)
            {
                bag.Add(Errors.MergedTooLarge(include.Paths[0].Span, MostValues));
                return null;
            }
        }

        return tree;
    }

    private YamlMapping? Included(IncludeRequest include, string folder, ImmutableStack<string> including)
    {
        var paths = include.Paths.Select(path => Locate(path, folder)).ToList();
        if (paths.Contains(null))
        {
            return null;
        }

        if (including.Contains(paths[0]!))
        {
            bag.Add(Errors.Cycle(include.Paths[0].Span, "files include", "include", [.. including.Reverse(), paths[0]!]));
            return null;
        }

        if (including.Count() == Deepest)
        {
            bag.Add(Errors.ChainTooDeep(include.Paths[0].Span, "files include", Deepest));
            return null;
        }

        var own = include.Folder is null ? WorkspacePath.Folder(paths[0]!) : WorkspacePath.Combine(folder, include.Folder.Value);
        if (own is null)
        {
            bag.Add(Errors.FileOutside(include.Folder!.Span, include.Folder.Value));
            return null;
        }

        // The later of several counts more, and what was found first counts most.
        var environments =
            include.EnvironmentFiles?.Reverse().Select(file => Locate(file, folder)) ?? [WorkspacePath.Combine(own, DotEnv.FileName)];
        foreach (var file in environments)
        {
            AddEnvironment(file);
        }

        var key = string.Join('\0', [own, .. paths]);
        if (!_models.TryGetValue(key, out var model))
        {
            _models[key] = model = Model(paths!, own, including);
        }

        return model is null ? null : PathRebaser.Between(folder, own).Tree(model);
    }

    // What both have is merged, and the including file has the last word.
    private YamlMapping Import(YamlMapping included, YamlMapping tree)
    {
        foreach (var section in (string[])["services", .. Descriptor.ResourceSections])
        {
            if (included[section] is not YamlMapping theirs)
            {
                continue;
            }

            var ours = tree[section] as YamlMapping ?? new YamlMapping([], theirs.Span);
            var entries = ours.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
            var merged = theirs.Entries.Select(entry =>
                entries.Remove(entry.Name, out var over)
                    ? entry with
                    {
                        Key = over.Key,
                        Value = ComposeMerge.Resource(section, entry.Value, over.Value, bag),
                    }
                    : entry
            );
            var value = new YamlMapping([.. merged, .. ours.Entries.Where(entry => entries.ContainsKey(entry.Name))], ours.Span);
            tree = tree.With(section, value);
        }

        return tree;
    }

    // A file that a variable names is the one that its default names: what is committed depends on no variable.
    private string? Locate(YamlScalar path, string folder)
    {
        var text = VariableText.Default(path.Value) ?? path.Value;
        if (text.Contains("://", StringComparison.Ordinal) || text.StartsWith("git@", StringComparison.Ordinal))
        {
            bag.Add(Errors.RemoteFile(path.Span, text));
            return null;
        }

        var file = WorkspacePath.Combine(folder, text);
        if (file is null)
        {
            bag.Add(Errors.FileOutside(path.Span, text));
        }
        else if (!files.Exists(file))
        {
            bag.Add(Errors.NoSuchFile(path.Span, text, file));
            return null;
        }

        return file;
    }

    private void AddEnvironment(string? file)
    {
        if (file is not null && !_environments.Contains(file))
        {
            _environments.Add(file);
        }
    }

    private YamlMapping? Read(string file)
    {
        if (!_read.TryGetValue(file, out var tree))
        {
            _read[file] = tree = files.Read(file, bag) is { } source ? DescriptorReader.ReadTree(source, bag) : null;
        }

        return tree;
    }
}
