using System.Globalization;

namespace ComposeGen.Diagnostics;

// CG06: templates.
internal static partial class Errors
{
    public static Diagnostic NoFrom(string template) =>
        Error("CG0601", new SourceSpan(template, 1, 1), "what this template renders has no line `FROM image`", null);

    public static Diagnostic Template(SourceSpan span, string message) => Error("CG0601", span, message.TrimEnd('.'), null);

    public static Diagnostic LinkedTemplate(string path, string folder) =>
        Error("CG0602", null, $"{path} is, or lies behind, a symbolic link", $"put the template itself in {folder}/");

    public static Diagnostic LinkedTemplatesFolder(SourceSpan? span, string folder) =>
        Error("CG0602", span, $"the folder {folder} is, or lies behind, a symbolic link", "put the templates themselves there");

    public static Diagnostic Rendered(SourceSpan span, string message) => Error("CG0603", span, message, null);

    public static Diagnostic RenderedWrong(SourceSpan? span, string problem, string line, int number) =>
        Error(
            "CG0603",
            span,
            string.Create(CultureInfo.InvariantCulture, $"what the templates render is no sound Compose file: {problem}"),
            string.Create(CultureInfo.InvariantCulture, $"line {number} came out as `{line.Trim()}`")
        );
}
