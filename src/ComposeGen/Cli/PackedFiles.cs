using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>
/// The files of the workspace that services read while they run. They have the same place in the archive, so that the Compose
/// file finds them there.
/// </summary>
/// <param name="files">The workspace.</param>
/// <param name="withSecrets">Whether what holds secrets goes along.</param>
internal sealed class PackedFiles(WorkspaceFiles files, bool withSecrets)
{
    private const string History = ".git";

    private readonly SortedDictionary<string, string> _found = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _folders = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _secrets = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _leftOut = new(StringComparer.Ordinal);

    /// <summary>What goes along: the name in the archive, and where it is.</summary>
    public IEnumerable<(string Name, string Path)> Found => _found.Select(file => (file.Key, file.Value));

    /// <summary>Folders that go along, empty ones too.</summary>
    public IEnumerable<string> Folders => _folders;

    /// <summary>Those among the files that hold secrets.</summary>
    public IReadOnlyCollection<string> Secrets => _secrets;

    /// <summary>Files of secrets that stay here.</summary>
    public IReadOnlyCollection<string> LeftOut => _leftOut;

    /// <summary>Finds what the services of a document read.</summary>
    public void Add(ComposeDocument document, DiagnosticBag bag)
    {
        // First: one of them may lie in a folder that goes along.
        foreach (var (name, inside, path) in WorkspaceSources.Files(document, "secrets"))
        {
            if (inside is not null && withSecrets)
            {
                _secrets.Add(inside);
                AddPath(inside, bag);
            }
            else if (inside is not null)
            {
                _leftOut.Add(inside);
                bag.Add(Errors.SecretLeftOut(name, inside));
            }
            else
            {
                bag.Add(Errors.SecretLeftOut(name, path));
            }
        }

        foreach (var (_, inside, _) in WorkspaceSources.Files(document, "configs").Where(config => config.Inside is not null))
        {
            AddPath(inside!, bag);
        }

        foreach (var source in document.Services.SelectMany(WorkspaceSources.Of))
        {
            if (source.Inside is { } inside)
            {
                AddPath(inside, bag);
            }
            else
            {
                bag.Add(Errors.OutsideFile(source.Span, source.Service.Label, source.Path ?? "what a variable says"));
            }
        }
    }

    private void AddPath(string path, DiagnosticBag bag)
    {
        var full = files.FullPath(path);
        if (Directory.Exists(full))
        {
            AddFolder(path, bag);
        }
        else if (File.Exists(full))
        {
            AddFile(path, full, bag);
        }
        // What is not there the engine makes, here as there.
    }

    private void AddFolder(string folder, DiagnosticBag bag)
    {
        _folders.Add(folder);
        foreach (var entry in new DirectoryInfo(files.FullPath(folder)).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (entry.Name == History)
            {
                continue;
            }

            if (entry is DirectoryInfo { LinkTarget: null })
            {
                AddFolder(path, bag);
            }
            else if (entry is FileInfo)
            {
                AddFile(path, entry.FullName, bag);
            }
            else
            {
                bag.Add(Errors.NotPackable(path, "it is a link to a folder"));
            }
        }
    }

    private void AddFile(string path, string full, DiagnosticBag bag)
    {
        if (DotEnv.IsSecret(path) && withSecrets)
        {
            _secrets.Add(path);
        }
        else if (DotEnv.IsSecret(path) || _leftOut.Contains(path))
        {
            return;
        }

        if (PackFormat.IsOwn(path))
        {
            bag.Add(Errors.NotPackable(path, "the archive has one of its own there"));
            return;
        }

        var target = new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true) ?? new FileInfo(full);
        if (!target.Exists || target is not FileInfo)
        {
            bag.Add(Errors.NotPackable(path, "it is a link to what is not there, or no file"));
        }
        else if (!RealPath.IsInside(target.FullName, files.Root))
        {
            bag.Add(Errors.NotPackable(path, "it is a link that leads out of the workspace"));
        }
        else if (!FileKind.IsRegular(target.FullName))
        {
            bag.Add(Errors.NotPackable(path, "it is a pipe or a socket"));
        }
        else
        {
            _found[path] = target.FullName;
        }
    }
}
