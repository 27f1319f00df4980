using System.Collections.Immutable;
using System.Text;
using ComposeGen.Diagnostics;
using ComposeGen.Workspaces;
using Scriban;
using Scriban.Runtime;

namespace ComposeGen.Rendering;

/// <summary>A file of a new project: its path in the project's folder, and its content.</summary>
internal readonly record struct StarterFile(string Path, byte[] Content);

/// <summary>What <c>new</c> makes a project of: the files of one folder in <c>compose.templates/new</c>.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="About">One line that tells what it is; empty where it does not say.</param>
/// <param name="Files">Paths in the folder, with <c>/</c>, and how each is read.</param>
/// <param name="Folder">What messages call the folder.</param>
internal sealed record Starter(string Name, string About, ImmutableSortedDictionary<string, Func<byte[]>> Files, string Folder)
{
    /// <summary>Files below this folder are for the project that the new one is a part of, where it is not there yet.</summary>
    public const string WholeFolder = "_project/";

    /// <summary>Whether it makes a part of a project, an executable, and not one of its own.</summary>
    public bool IsPart => Files.Keys.Any(IsOfWhole);

    public static bool IsOfWhole(string file) => file.StartsWith(WholeFolder, StringComparison.Ordinal);
}

/// <summary>The kinds that <c>new</c> knows: those that are built in, and the workspace's own, which replace those of their names.</summary>
internal static class Starters
{
    private const string About = "about.txt";
    private const string Rendered = ".sbn";
    private const string BuiltIn = "compose.templates/new/";
    private const int Loops = 10_000;

    /// <summary>Every kind, by name.</summary>
    /// <param name="files">The workspace.</param>
    /// <param name="templates">Its folder of templates, relative to it.</param>
    public static ImmutableSortedDictionary<string, Starter> All(WorkspaceFiles? files, string templates)
    {
        var own = files is null ? [] : Own(files, $"{templates}/{TemplateFiles.StartersFolder}");
        return BuiltInOnes().Concat(own).GroupBy(starter => starter.Name).ToImmutableSortedDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);
    }

    /// <summary>The files, those whose names end in <c>.sbn</c> rendered; null with a diagnostic where one cannot be.</summary>
    public static ImmutableArray<StarterFile>? Fill(Starter starter, IReadOnlyDictionary<string, string> values, Func<string, bool> isWanted, DiagnosticBag bag)
    {
        var filled = ImmutableArray.CreateBuilder<StarterFile>();
        foreach (var (path, read) in starter.Files.Where(file => isWanted(file.Key)))
        {
            if (!path.EndsWith(Rendered, StringComparison.Ordinal))
            {
                filled.Add(new StarterFile(path, read()));
            }
            else if (Render(Encoding.UTF8.GetString(read()), $"{starter.Folder}/{path}", values, bag) is { } text)
            {
                filled.Add(new StarterFile(path[..^Rendered.Length], Encoding.UTF8.GetBytes(text)));
            }
        }

        return bag.HasErrors ? null : filled.ToImmutable();
    }

    private static IEnumerable<Starter> BuiltInOnes() =>
        from name in typeof(Starters).Assembly.GetManifestResourceNames()
        where name.StartsWith(BuiltIn, StringComparison.Ordinal)
        let path = name[BuiltIn.Length..]
        let slash = path.IndexOf('/', StringComparison.Ordinal)
        group (File: path[(slash + 1)..], Read: (Func<byte[]>)(() => Resource(name))) by path[..slash] into kind
        select Of(kind.Key, kind, $"{BuiltIn}{kind.Key}");

    private static IEnumerable<Starter> Own(WorkspaceFiles files, string folder) =>
        from kind in Directory.Exists(files.FullPath(folder)) ? Directory.GetDirectories(files.FullPath(folder)).Order(StringComparer.Ordinal).ToArray() : []
        let found = Directory
            .EnumerateFiles(kind, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Select(file => (File: Path.GetRelativePath(kind, file).Replace(Path.DirectorySeparatorChar, '/'), Read: (Func<byte[]>)(() => File.ReadAllBytes(file))))
            .ToList()
        where found.Count > 0
        select Of(Path.GetFileName(kind), found, $"{folder}/{Path.GetFileName(kind)}");

    private static Starter Of(string name, IEnumerable<(string File, Func<byte[]> Read)> found, string folder)
    {
        var files = found.ToImmutableSortedDictionary(file => file.File, file => file.Read, StringComparer.Ordinal);
        var about = files.TryGetValue(About, out var read) ? Encoding.UTF8.GetString(read()).Trim() : string.Empty;
        return new Starter(name, about, files.Remove(About), folder);
    }

    private static string? Render(string text, string place, IReadOnlyDictionary<string, string> values, DiagnosticBag bag)
    {
        var template = Template.Parse(text.ReplaceLineEndings("\n"), place);
        TemplateSet.Report(template.Messages, bag);
        if (template.HasErrors)
        {
            return null;
        }

        var context = new TemplateContext(TemplateFunctions.Create(withBuiltIns: true)) { StrictVariables = true, AutoIndent = false, LoopLimit = Loops, NewLine = "\n" };
        var globals = new ScriptObject();
        foreach (var (name, value) in values)
        {
            globals[name] = value;
        }

        context.PushGlobal(globals);
        return TemplateRenderer.Run(template, context, new RenderedText(), bag)?.ToString();
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(Starters).Assembly.GetManifestResourceStream(name)!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
