using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>What a file of pip's requirements says as far as an image needs to know it: names of packages, and other files.</summary>
internal static class PythonRequirements
{
    public const string FileName = "requirements.txt";

    private static readonly string[] FileOptions = ["-r", "--requirement", "-c", "--constraint"];

    /// <param name="source">The text.</param>
    /// <param name="file">Its path in the project's folder; what it names is relative to it.</param>
    /// <param name="bag">Takes a diagnostic for what cannot be installed without the project's code.</param>
    public static PythonDependencies Read(SourceText source, string file, DiagnosticBag bag) =>
        Of(PlainLines.Read(source), file, PythonInstaller.Requirements, bag);

    /// <summary>The same for lines that stand elsewhere: the <c>pip</c> section of <c>environment.yml</c>.</summary>
    public static PythonDependencies Of(IEnumerable<YamlScalar> lines, string file, PythonInstaller installer, DiagnosticBag bag)
    {
        var folder = file[..(file.LastIndexOf('/') + 1)];
        var packages = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var includes = ImmutableArray.CreateBuilder<YamlScalar>();
        foreach (var line in lines)
        {
            if (Included(line.Value) is { } path)
            {
                if (Within(folder, path) is { } included)
                {
                    includes.Add(line with { Value = included });
                }
                else if (!path.Contains("://", StringComparison.Ordinal))
                {
                    bag.Add(Errors.OutsideRequirement(line.Span, path));
                }
            }
            else if (IsPath(line.Value))
            {
                bag.Add(Errors.LocalRequirement(line.Span, line.Value));
            }
            else if (Name(line.Value) is { } name)
            {
                packages.Add(name);
            }
        }

        return new PythonDependencies(installer, file) { Packages = packages.ToImmutable(), Includes = includes.DrainToImmutable() };
    }

    /// <summary>The name that a requirement starts with, as PEP 503 normalises it; null where there is none.</summary>
    public static string? Name(string requirement)
    {
        var end = 0;
        while (end < requirement.Length && (char.IsAsciiLetterOrDigit(requirement[end]) || requirement[end] is '-' or '_' or '.'))
        {
            end++;
        }

        var name = requirement[..end].ToLowerInvariant().Replace('_', '-').Replace('.', '-');
        return name.Length > 0 && name[0] != '-' ? name : null;
    }

    // `-r base.txt`, `-rbase.txt`, `--requirement=base.txt`.
    private static string? Included(string line)
    {
        foreach (var option in FileOptions.Where(option => line.StartsWith(option, StringComparison.Ordinal)))
        {
            var rest = line[option.Length..];
            if (rest.Length > 0 && (option.Length == 2 || rest[0] is '=' or ' ' or '\t'))
            {
                return rest.TrimStart('=', ' ', '\t').Trim('"', '\'');
            }
        }

        return null;
    }

    // A path below the project's folder, of characters that mean nothing to a Dockerfile or a shell; null for any other.
    private static string? Within(string folder, string path)
    {
        if (path.Length == 0 || path[0] == '/' || !path.All(c => char.IsAsciiLetterOrDigit(c) || "._-/+@".Contains(c)))
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var part in (folder + path).Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                return null;
            }
        }

        return parts.Count == 0 ? null : string.Join('/', parts);
    }

    private static bool IsPath(string line)
    {
        var target =
            line.StartsWith("-e", StringComparison.Ordinal) ? line[2..].Trim()
            : line.StartsWith("--editable", StringComparison.Ordinal) ? line["--editable".Length..].TrimStart('=', ' ')
            : line;
        return target.Length > 0
            && (
                target[0] is '.' or '/' or '~'
                || target.StartsWith("file:", StringComparison.Ordinal)
                || target.Contains("@ file:", StringComparison.Ordinal)
            );
    }
}
