using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// The folder of the workspace's own templates, relative to it; <paramref name="Span"/> is where <c>composegen.yml</c> says
/// so, null where it says nothing.
/// </summary>
internal sealed record TemplatesFolder(string Path, SourceSpan? Span)
{
    public static TemplatesFolder Default { get; } = new("compose.templates", null);

    /// <summary>The setting <c>templates</c>; the default where there is none, or with a diagnostic where it is no path inside.</summary>
    public static TemplatesFolder Read(YamlNode? node, DiagnosticBag bag)
    {
        if (node is null)
        {
            return Default;
        }

        if (node is YamlScalar { IsNull: false } scalar && Inside(scalar.Value) is { } path)
        {
            return new TemplatesFolder(path, node.Span);
        }

        bag.Add(Errors.BadTemplatesFolder(node.Span, Settings.Shown(node)));
        return Default;
    }

    // What is generated and committed must not depend on what lies elsewhere on this machine.
    private static string? Inside(string text)
    {
        var isElsewhere = text is ['/' or '~', ..] or [_, ':', ..] || text.Contains('\\', StringComparison.Ordinal);
        var parts = text.Split('/').Where(part => part is not ("" or ".")).ToList();
        return isElsewhere || parts.Count == 0 || parts.Contains("..") ? null : string.Join('/', parts);
    }
}
