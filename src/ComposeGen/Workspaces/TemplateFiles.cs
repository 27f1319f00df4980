using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>Reads the workspace's own templates. They must not be a way to read what lies outside of it.</summary>
internal static class TemplateFiles
{
    private const string Extension = ".sbn";

    /// <summary>The folder of what new projects are made of: nothing in it goes into a Compose file.</summary>
    public const string StartersFolder = "new";

    // Nobody nests templates further.
    private const int Deepest = 8;

    /// <summary>The templates by their path in the folder; none where it is not there, with a diagnostic if a setting names it.</summary>
    public static ImmutableDictionary<string, SourceText> Load(WorkspaceFiles files, TemplatesFolder setting, DiagnosticBag bag)
    {
        var templates = ImmutableDictionary.CreateBuilder<string, SourceText>(StringComparer.Ordinal);
        var folder = new DirectoryInfo(files.FullPath(setting.Path));
        if (!folder.Exists && setting.Span is { } span)
        {
            bag.Add(Errors.NoTemplatesFolder(span, setting.Path));
        }
        else if (folder.Exists && IsLinked(folder, files.Root))
        {
            bag.Add(Errors.LinkedTemplatesFolder(setting.Span, setting.Path));
        }
        else if (folder.Exists)
        {
            foreach (var file in Find(folder, files, setting, bag))
            {
                var name = Path.GetRelativePath(folder.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
                var place = $"{setting.Path}/{name}";
                if (IsLinked(file, folder.FullName))
                {
                    bag.Add(Errors.LinkedTemplate(place, setting.Path));
                }
                else if (files.Read(place, bag) is { } source)
                {
                    templates[name] = source;
                }
            }
        }

        return templates.ToImmutable();
    }

    private static List<FileSystemInfo> Find(DirectoryInfo folder, WorkspaceFiles files, TemplatesFolder setting, DiagnosticBag bag)
    {
        try
        {
            return [.. Below(folder, files, 0).OrderBy(file => file.FullName, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Add(WorkspaceFiles.Problem(e, setting.Path, folder.FullName));
            return [];
        }
    }

    // Templates, and links that may lead to some: what lies behind one is not looked at, since that may be the whole disk.
    private static IEnumerable<FileSystemInfo> Below(DirectoryInfo folder, WorkspaceFiles files, int depth)
    {
        files.Looks?.List(Path.GetRelativePath(files.Root, folder.FullName), Disk.List(folder.FullName));
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            var isLink = entry.LinkTarget is not null;
            files.Looks?.Link(Path.GetRelativePath(files.Root, entry.FullName), isLink);
            if (entry is FileInfo ? entry.Name.EndsWith(Extension, StringComparison.Ordinal) : isLink)
            {
                yield return entry;
            }
            else if (entry is DirectoryInfo below && depth < Deepest && !(depth == 0 && entry.Name == StartersFolder))
            {
                foreach (var file in Below(below, files, depth + 1))
                {
                    yield return file;
                }
            }
        }
    }

    // Whether it, or a folder between it and the one that it lies below, is a symbolic link.
    private static bool IsLinked(FileSystemInfo entry, string below)
    {
        for (var path = entry.FullName; Path.GetRelativePath(below, path) != "."; path = Path.GetDirectoryName(path)!)
        {
            if (Disk.IsLink(path))
            {
                return true;
            }
        }

        return false;
    }
}
