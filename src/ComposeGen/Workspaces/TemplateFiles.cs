using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>Reads the workspace's own templates. They must not be a way to read what lies outside of it.</summary>
internal static class TemplateFiles
{
    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 8,
        AttributesToSkip = 0,
        // One that cannot be read would else be replaced by the built-in one without a word.
        IgnoreInaccessible = false,
    };

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
            foreach (var file in Find(folder, setting, bag))
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

    private static List<FileInfo> Find(DirectoryInfo folder, TemplatesFolder setting, DiagnosticBag bag)
    {
        try
        {
            return [.. folder.EnumerateFiles("*.sbn", Below).OrderBy(file => file.FullName, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Add(WorkspaceFiles.Problem(e, setting.Path, folder.FullName));
            return [];
        }
    }

    // Whether it, or a folder between it and the one that it lies below, is a symbolic link.
    private static bool IsLinked(FileSystemInfo entry, string below)
    {
        for (var path = entry.FullName; Path.GetRelativePath(below, path) != "."; path = Path.GetDirectoryName(path)!)
        {
            if (new FileInfo(path).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }
}
