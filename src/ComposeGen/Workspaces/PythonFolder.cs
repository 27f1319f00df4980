using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>Looks at a project's folder for what describes a Python environment, and reads it.</summary>
/// <param name="folder">The project's folder, relative to the workspace.</param>
/// <param name="files">The workspace's files.</param>
/// <param name="bag">Takes every problem found.</param>
internal sealed class PythonFolder(string folder, WorkspaceFiles files, DiagnosticBag bag)
{
    private const string Notebook = ".ipynb";
    private const string UvLock = "uv.lock";
    private const string PoetryLock = "poetry.lock";
    private const string PipfileLock = "Pipfile.lock";
    private static readonly string[] VersionFiles = [".python-version", "runtime.txt"];

    private static readonly string[] Marks =
    [
        .. CondaEnvironment.FileNames,
        PythonRequirements.FileName,
        PythonProject.FileName,
        PythonProject.PipfileName,
    ];

    /// <summary>The file of these names that makes a folder a Python project; null where none does.</summary>
    public static string? Mark(IReadOnlySet<string> names) =>
        Marks.FirstOrDefault(names.Contains)
        ?? names.Where(name => name.EndsWith(Notebook, StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Whether this folder holds such a file.</summary>
    public bool IsPython => Marks.Any(Exists) || files.ReadableEntries(folder).Any(entry => !entry.IsFolder && entry.Name.EndsWith(Notebook, StringComparison.Ordinal));

    /// <summary>The environment; null with diagnostics where its files cannot be understood.</summary>
    /// <param name="defaultVersion">Python's version where no file asks for one.</param>
    public PythonEnvironment? Read(string defaultVersion)
    {
        var before = bag.HasErrors;
        var dependencies = Dependencies();
        var apt = Exists(AptPackages.FileName) && ReadText(AptPackages.FileName) is { } list ? AptPackages.Read(list, bag) : [];
        if (dependencies is null)
        {
            return null;
        }

        var copied = Files(dependencies, out var packages);
        var version = dependencies.NamesPython ? null : Version(dependencies, defaultVersion);
        return before == bag.HasErrors
            ? new PythonEnvironment(dependencies.Installer, version, packages.Contains("jupyterlab") ? Jupyter.Lab : Jupyter.Notebook)
            {
                Files = copied,
                AptPackages = apt,
                Channels = dependencies.Channels,
            }
            : null;
    }

    // A lock says most exactly what is meant; a requirements.txt beside a pyproject.toml is what that one was pinned to.
    private PythonDependencies? Dependencies()
    {
        var conda = CondaEnvironment.FileNames.Where(Exists).ToList();
        if (conda.Count > 1)
        {
            bag.Add(Errors.TwoComposeFiles($"{folder}/{conda[0]}", $"{folder}/{conda[1]}"));
        }

        if (conda.Count > 0)
        {
            return ReadText(conda[0]) is { } environment ? CondaEnvironment.Read(environment, conda[0], bag) : null;
        }

        var project =
            !Exists(PythonProject.FileName) ? new PythonDependencies(PythonInstaller.None)
            : ReadText(PythonProject.FileName) is { } text ? PythonProject.Read(text, bag)
            : null;
        if (project is { Installer: not PythonInstaller.None } && (Exists(UvLock) || Exists(PoetryLock)))
        {
            return project with { Installer = Exists(UvLock) ? PythonInstaller.Uv : PythonInstaller.Poetry };
        }

        if (Exists(PythonProject.PipfileName))
        {
            return ReadText(PythonProject.PipfileName) is { } pipfile ? PythonProject.ReadPipfile(pipfile, bag) : null;
        }

        if (!Exists(PythonRequirements.FileName))
        {
            return project;
        }

        return ReadText(PythonRequirements.FileName) is { } source
            ? PythonRequirements.Read(source, PythonRequirements.FileName, bag) with
            {
                Python = project?.Python,
            }
            : null;
    }

    // The dependency file, what it names in turn, and its lock.
    private ImmutableArray<string> Files(PythonDependencies dependencies, out ImmutableHashSet<string> packages)
    {
        packages = dependencies.Packages;
        if (dependencies.File is not { } first)
        {
            return [];
        }

        var copied = new List<string> { first };
        var included = new Queue<YamlScalar>(dependencies.Includes);
        while (included.TryDequeue(out var include))
        {
            if (copied.Contains(include.Value))
            {
                continue;
            }

            if (!Exists(include.Value))
            {
                bag.Add(Errors.OutsideRequirement(include.Span, include.Value));
            }
            else if (ReadText(include.Value) is { } text)
            {
                copied.Add(include.Value);
                var named = PythonRequirements.Read(text, include.Value, bag);
                packages = packages.Union(named.Packages);
                foreach (var next in named.Includes)
                {
                    included.Enqueue(next);
                }
            }
        }

        var theLock = dependencies.Installer switch
        {
            PythonInstaller.Uv => UvLock,
            PythonInstaller.Poetry => PoetryLock,
            PythonInstaller.Pipenv => PipfileLock,
            _ => null,
        };
        return theLock is not null && Exists(theLock) ? [.. copied, theLock] : [.. copied];
    }

    private string? Version(PythonDependencies dependencies, string defaultVersion)
    {
        foreach (var file in VersionFiles.Where(Exists))
        {
            return ReadText(file) is { } source ? PythonVersion.Read(source, bag) : null;
        }

        return dependencies.Python is { } range ? range.Choose(defaultVersion, bag) : defaultVersion;
    }

    private bool Exists(string name) => files.Exists($"{folder}/{name}");

    private SourceText? ReadText(string name) => files.Read($"{folder}/{name}", bag);
}
