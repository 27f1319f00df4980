using System.Collections.Immutable;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>What <c>init</c> does with a project that is not in <c>projects/</c>.</summary>
internal enum Bringing
{
    Undecided,
    Move,
    Link,
    Leave,
}

/// <summary>One project of the workspace that <c>init</c> makes.</summary>
/// <param name="Found">Where it is.</param>
/// <param name="Path">Its path below <c>projects/</c>.</param>
internal sealed record BroughtProject(FoundFolder Found, string Path)
{
    /// <summary>Whether it is there already.</summary>
    public bool IsThere => Found.Below is not null;

    public string Folder => $"{Workspace.ProjectsFolder}/{Path}";

    /// <summary>Whether a small file can stand for it: what Compose reads can name a place elsewhere, a Python environment cannot.</summary>
    public bool IsLinkable => Found.Kind is not ProjectKind.Python;
}

/// <summary>What <c>init</c> would make of a folder.</summary>
/// <param name="Projects">Every project, in the order of the paths that they have then.</param>
/// <param name="Ignored">Lines that <c>.gitignore</c> lacks.</param>
internal sealed record InitPlan(ImmutableArray<BroughtProject> Projects, ImmutableArray<string> Ignored)
{
    public const string GitIgnore = ".gitignore";

    // What the tool writes for one machine alone, and what notebooks leave behind.
    private static readonly string[] OfThisMachine = [DotEnv.FileName, Docker.DockerCompose.OverrideName, LocalSettings.FileName];
    private static readonly string[] OfPython = [".ipynb_checkpoints/", "__pycache__/"];

    public IEnumerable<BroughtProject> Elsewhere => Projects.Where(project => !project.IsThere);

    /// <param name="found">What a scan has found, the folder itself not among it.</param>
    /// <param name="gitIgnore">The text of <c>.gitignore</c>; empty where there is none.</param>
    /// <param name="isEmpty">Whether a first project is made, where there is none.</param>
    public static InitPlan Of(IReadOnlyCollection<FoundFolder> found, string gitIgnore, bool isEmpty)
    {
        var taken = found.Select(folder => folder.Below).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var names = found.Where(folder => folder.Below is null).ToLookup(folder => Last(folder.Folder), StringComparer.OrdinalIgnoreCase);
        var projects = found.Select(folder => new BroughtProject(folder, folder.Below ?? Name(folder, names[Last(folder.Folder)].Count() > 1, taken)));
        var hasPython = isEmpty || found.Any(folder => folder.Kind == ProjectKind.Python);
        var lines = gitIgnore.Split('\n').Select(line => line.Trim().TrimStart('/')).ToHashSet(StringComparer.Ordinal);
        return new InitPlan(
            [.. projects.OrderBy(project => project.Path, StringComparer.Ordinal)],
            [
                .. OfThisMachine.Where(file => !lines.Contains(file)).Select(file => $"/{file}"),
                .. OfPython.Where(file => hasPython && !lines.Contains(file) && !lines.Contains(file.TrimEnd('/'))),
            ]
        );
    }

    // The folder's own name is enough where no other has it; and a project's folder can hold no other project.
    private static string Name(FoundFolder folder, bool isShared, HashSet<string> taken)
    {
        var name = isShared ? folder.Folder.Replace('/', '-') : Last(folder.Folder);
        while (!taken.Add(name))
        {
            name = $"{name}-2";
        }

        return name;
    }

    private static string Last(string folder) => folder[(folder.LastIndexOf('/') + 1)..];
}
