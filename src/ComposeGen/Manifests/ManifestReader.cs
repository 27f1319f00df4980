using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>Text of <c>which-project</c> → <see cref="Manifest"/>. Takes CRLF and blanks around an entry.</summary>
internal static class ManifestReader
{
    public static Manifest Read(SourceText source, DiagnosticBag bag)
    {
        var entries = ImmutableArray.CreateBuilder<ManifestEntry>();
        // It is a set: what stands there a thousand times is matched once.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in source.Text.AsSpan().EnumerateLines())
        {
            number++;
            var (start, text) = Entry(line);
            if (text.Length > 0 && seen.Add(text) && Parse(text, new SourceSpan(source.File, number, start + 1, text.Length), bag) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return new Manifest(entries.DrainToImmutable());
    }

    // A `#` starts a comment at the start of the line or after white space.
    private static (int Start, string Text) Entry(ReadOnlySpan<char> line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1])))
            {
                line = line[..i];
                break;
            }
        }

        var trimmed = line.TrimStart();
        return (line.Length - trimmed.Length, trimmed.TrimEnd().ToString());
    }

    private static ManifestEntry? Parse(string text, SourceSpan span, DiagnosticBag bag)
    {
        var isExclusion = text[0] == '!';
        var rest = isExclusion ? text[1..].TrimStart() : text;
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        var service = colon < 0 ? null : rest[(colon + 1)..];
        // A trailing slash is what a shell completes a folder's name to.
        var project = (colon < 0 ? rest : rest[..colon]).TrimEnd('/');
        var problem = Problem(project, service);
        if (problem is not null)
        {
            var (message, at, hint) = problem.Value;
            var index = at is null ? -1 : text.IndexOf(at, StringComparison.Ordinal);
            bag.Add(
                Errors.BadManifestEntry(index < 0 ? span : span with { Column = span.Column + index, Length = at!.Length }, message, hint)
            );
            return null;
        }

        return new ManifestEntry(project, service, isExclusion, span);
    }

    private static (string Message, string? At, string Hint)? Problem(string project, string? service)
    {
        if (
            ((string[])["<<<<<<<", "=======", ">>>>>>>", "|||||||"]).FirstOrDefault(marker =>
                project.StartsWith(marker, StringComparison.Ordinal)
            ) is
            { } marker
        )
        {
            return ("a merge left its conflict marker here", marker, "keep the lines that are meant, and remove the markers");
        }

        if (project.Length == 0 || service?.Length == 0)
        {
            return ("an entry is a project's path, or project:service", null, "leave the line out, or name a folder below projects/");
        }

        if (project.Contains('#', StringComparison.Ordinal) || service?.Contains('#', StringComparison.Ordinal) == true)
        {
            return ("`#` cannot stand in a name", "#", "put a blank before a comment");
        }

        if (project.Contains('\\', StringComparison.Ordinal))
        {
            return ("folders are separated by `/`, on every system", "\\", "write `/` for `\\`");
        }

        if (project[0] == '/')
        {
            return ("an entry is a path below projects/, not an absolute one", "/", "leave out the leading `/`");
        }

        if (project.Split('/').FirstOrDefault(segment => segment is ".." or "." or "") is { } segment)
        {
            return (
                "an entry is a path below projects/, without `.`, `..` or empty parts",
                segment.Length == 0 ? "//" : segment,
                "name the folder itself"
            );
        }

        var unsupported = project.IndexOfAny(['?', '[', ']', '{', '}']);
        return unsupported < 0
            ? null
            : (
                $"`{project[unsupported]}` has no meaning in a glob here",
                project[unsupported].ToString(),
                "use `*` (part of one folder's name) and `**` (any folders)"
            );
    }
}
