using System.Globalization;

namespace ComposeGen.Diagnostics;

// CG02: text and YAML.
internal static partial class Errors
{
    public static Diagnostic NotUtf8(SourceSpan span) => Error("CG0201", span, "this is not UTF-8 text", "save the file as UTF-8");

    public static Diagnostic ControlCharacter(SourceSpan span, char c) =>
        Error(
            "CG0202",
            span,
            string.Create(CultureInfo.InvariantCulture, $"the control character U+{(int)c:X4} cannot stand here"),
            "remove it; in YAML it may stand as an escape in double quotes"
        );

    public static Diagnostic YamlSyntax(SourceSpan span, string reason, string? hint) => Error("CG0203", span, reason, hint);

    public static Diagnostic TabIndentation(SourceSpan span) =>
        Error("CG0204", span, "a tab is used to indent", "indent with blanks: YAML does not take tabs");

    public static Diagnostic SecondDocument(SourceSpan span) =>
        Error("CG0205", span, "a second document starts here", "one file is one project: remove the `---` or what follows it");

    public static Diagnostic UnknownAnchor(SourceSpan span, string name, IReadOnlyCollection<string> anchors) =>
        Error(
            "CG0206",
            span,
            $"no anchor `&{name}` stands before this",
            Suggest.Hint(name, anchors, "define it first, with `&` before the value")
        );

    public static Diagnostic YamlTooLarge(SourceSpan span, int limit) =>
        Error(
            "CG0207",
            span,
            string.Create(CultureInfo.InvariantCulture, $"with its aliases written out, this file comes to more than {limit:N0} values"),
            "aliases of aliases multiply: write out what is meant; or split the file"
        );

    public static Diagnostic YamlTooDeep(SourceSpan span, int limit) =>
        Error(
            "CG0208",
            span,
            string.Create(CultureInfo.InvariantCulture, $"collections are nested more than {limit} deep here"),
            "is there a bracket too many?"
        );

    public static Diagnostic KeyNotText(SourceSpan span) => Error("CG0209", span, "a key has to be a text", null);

    public static Diagnostic DuplicateKey(SourceSpan span, string key, SourceSpan first) =>
        Error("CG0210", span, $"`{key}` is given twice", "remove one of the two").With(first, "first given here");

    public static Diagnostic MergeNotMapping(SourceSpan span) =>
        Error("CG0211", span, "`<<` merges a mapping, or a list of mappings", "write `<<: *name` with the anchor of a mapping");

    public static Diagnostic UnknownTag(SourceSpan span, string tag) =>
        Error("CG0212", span, $"the tag `{tag}` is not understood", "leave it out");

    public static Diagnostic NotAFile(string file) => Error("CG0213", null, $"{file} is not a file", null);

    public static Diagnostic FileTooLarge(string file, int limit) =>
        Error("CG0214", null, string.Create(CultureInfo.InvariantCulture, $"{file} is larger than {limit >> 20} MiB"), null);

    public static Diagnostic CannotRead(string file, string reason) => MachineError("CG0215", $"{file} cannot be read: {reason}", null);

    public static Diagnostic MayNotRead(string place, string? owner) =>
        MachineError(
            "CG0220",
            owner is null ? $"{place} may not be read" : $"{place} may not be read: it belongs to {owner}",
            $"let yourself read it, or move it out of the workspace: `ls -ld {place}`"
        );

    public static Diagnostic Changed(string place) =>
        MachineError("CG0221", $"{place} came or went while it was read", "run it again once nobody moves files here: a `git checkout` was under way?");

    public static Diagnostic NoFolder() =>
        MachineError("CG0222", "the folder that this was started in is gone", "`cd` to the workspace; `-C DIR` does too");

    public static Diagnostic TooManyProblems(string file, int most) =>
        Note("CG0223", null, string.Create(CultureInfo.InvariantCulture, $"there is more to say of {file} than the first {most} messages"));

    public static Diagnostic KeyTooLong(SourceSpan span, int most) =>
        Error("CG0224", span, string.Create(CultureInfo.InvariantCulture, $"a key is longer than {most} characters"), "was a value meant?");

    public static Diagnostic LinkLeadsOut(string path, string target) =>
        Error("CG0230", null, $"{path} is, or lies behind, a link to {target}, outside of the workspace", "put a copy into the workspace");

    public static Diagnostic BadEnvironmentLine(SourceSpan span) =>
        Warning("CG0216", span, "this line is no `NAME=value`, and is passed over", "Compose stops at it: mend or remove the line");

    public static Diagnostic OpenQuote(SourceSpan span) =>
        Warning("CG0216", span, "this quote is never closed; what follows it is passed over", "close it, or leave the quotes out");

    public static Diagnostic NotTakenOver(SourceSpan span, string name) =>
        Warning("CG0217", span, $"`{name}` says something to docker compose in this folder alone, and nothing here", null);
}
