using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>
/// <c>members</c> of a project's file: each folder that they name is one executable of the project. What the folders say
/// is written into the project's own tree, so that the later stages meet a project like any other.
/// </summary>
internal sealed class Members(WorkspaceFiles files, DiagnosticBag bag)
{
    private readonly List<string> _environments = [];

    /// <summary>The descriptor of a project whose file says this; null where nothing of it could be read.</summary>
    public static Descriptor? Read(
        LoadedCompose project,
        string path,
        string name,
        WorkspaceFiles files,
        PythonCompletion? python,
        DiagnosticBag bag
    )
    {
        if (!MemberPatterns.Keys.Any(project.Tree.Contains))
        {
            return DescriptorReader.FromTree(project.Tree, name, bag, python) with { EnvironmentFiles = project.EnvironmentFiles };
        }

        var members = new Members(files, bag);
        var expanded = members.Expand(project.Tree, new MemberScope(path, files), name);
        if (!expanded.IsComplete && expanded.Tree["services"] is not YamlMapping { Entries.Length: > 0 })
        {
            return null;
        }

        var descriptor = DescriptorReader.FromTree(expanded.Tree, name, bag, python);
        return descriptor with
        {
            EnvironmentFiles = [.. project.EnvironmentFiles.Union(members._environments)],
            IsComplete = descriptor.IsComplete && expanded.IsComplete,
            Services = [.. descriptor.Services.Select(s => s with { Member = expanded.Members.GetValueOrDefault(s.Name) })],
        };
    }

    private ExpandedTree Expand(YamlMapping tree, MemberScope scope, string ownName)
    {
        DescriptorReader.CheckForms(tree, bag);
        var merge = new MemberMerge(tree, ownName, bag);
        var patterns = MemberPatterns.Read(tree, bag);
        var folders = MemberFolders.Find(files, scope.Folder, patterns.Depth);
        patterns.CheckAllMatch(folders.Folders, [.. folders.PassedOver.Keys], bag);
        bag.AddAll(patterns.Match([.. folders.PassedOver.Keys]).Select(folder => folders.PassedOver[folder.Path]));

        var accepted = new List<string>();
        var empty = new List<MatchedFolder>();
        foreach (var folder in patterns.Match(folders.Folders))
        {
            // What lies inside a member is the member's own business, unless it is named.
            if (folder.By.IsGlob && accepted.Exists(member => MemberNames.IsAtOrBelow(folder.Path, member)))
            {
                continue;
            }

            var below = scope.Below(folder.Path);
            if (Load(below) is { } load)
            {
                accepted.Add(folder.Path);
                if (load() is { } member)
                {
                    merge.Add(folder.Path, member);
                }
                else
                {
                    merge.Lose();
                }
            }
            else if (!folder.By.IsGlob)
            {
                merge.Lose();
                bag.Add(Errors.NothingInMember(folder.By.Span, folder.Path, Could(below, folder.Path, folders.Folders)));
            }
            else
            {
                empty.Add(folder);
            }
        }

        Warn(empty, accepted, scope);
        return merge.ToTree();
    }

    // Says so once for a folder and all below it, and not where the folder merely holds members.
    private void Warn(List<MatchedFolder> empty, List<string> accepted, MemberScope scope)
    {
        var warned = new List<string>();
        foreach (var (path, pattern) in empty.Where(folder => !accepted.Exists(member => MemberNames.IsAtOrBelow(member, folder.Path))))
        {
            if (!warned.Exists(above => MemberNames.IsAtOrBelow(path, above)))
            {
                warned.Add(path);
                bag.Add(Errors.FolderPassedOver(pattern.Span, path, scope.Below(path).Stages()));
            }
        }
    }

    private static string Could(MemberScope member, string path, IReadOnlyList<string> folders) =>
        folders.Any(folder => folder != path && MemberNames.IsAtOrBelow(folder, path))
            ? $"for the folders in it, write `{path}/*`"
            : member.Stages();

    // How the member's tree is got, by the first thing that makes a folder one; null where nothing does.
    private Func<ExpandedTree?>? Load(MemberScope member) =>
        member.Kind(bag) switch
        {
            (var file, ProjectKind.Descriptor) => () => FromFile(member, file),
            (var file, _) => () => files.Read(file, bag) is { } source ? One(DockerfileService.Alone(source, member.Path, bag)) : null,
            null when member.Stage() is var (source, stage, context) => () => One(DockerfileService.OfStage(source, stage, context, bag)),
            _ => null,
        };

    private ExpandedTree? FromFile(MemberScope member, string file)
    {
        if (new ComposeLoader(files, bag).Load(file, []) is not { Tree: var tree } loaded)
        {
            return null;
        }

        _environments.AddRange(loaded.EnvironmentFiles);
        Check(tree);
        var expanded = Expand(tree, member, string.Empty);
        if (expanded.IsComplete && expanded.Tree["services"] is not YamlMapping { Entries.Length: > 0 })
        {
            bag.Add(Errors.NoServices(tree.Span));
        }

        return expanded;
    }

    // A member shares its project's networks, so it has no say about them.
    private void Check(YamlMapping tree)
    {
        foreach (var entry in tree.Entries)
        {
            if (entry.Name == "shared")
            {
                bag.Add(Errors.BelongsToProject(entry.Key.Span, "`shared`"));
            }
            else if (entry is { Name: "networks", Value: YamlMapping networks })
            {
                bag.AddAll(
                    networks
                        .Entries.Where(network => network.Name == "default")
                        .Select(network => Errors.BelongsToProject(network.Key.Span, "the network `default`"))
                );
            }
        }
    }

    private static ExpandedTree One(YamlMapping service)
    {
        var yaml = new YamlFactory(service.Span);
        return new ExpandedTree(
            yaml.Map(("services", yaml.Map((string.Empty, service)))),
            ImmutableDictionary<string, string>.Empty,
            IsComplete: true
        );
    }
}
