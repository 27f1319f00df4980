namespace ComposeGen.Diagnostics;

// CG10: making workspaces and projects.
internal static partial class Errors
{
    public static Diagnostic WorkspaceThere(string root) =>
        Error("CG1001", null, $"{root} is a workspace already", "`composegen new KIND NAME` makes a project in it, `composegen list` shows those there are");

    public static Diagnostic ItselfProject(string folder, string file, string name) =>
        Error(
            "CG1002",
            null,
            $"{folder} is a project itself: it holds {file}, where a workspace has the generated docker-compose.yml",
            $"make the folder above it the workspace, in which this one is the project `{name}`: composegen init .."
        );

    public static Diagnostic ToBeDecided(int count) =>
        Error(
            "CG1003",
            null,
            $"{count} of these are not in projects/, and nothing was written",
            "`--move` moves them there, `--link` writes a small file there for each that names its place, `--leave` leaves them out"
        );

    public static Diagnostic NotLinkable(string folder, string what) =>
        Warning("CG1004", null, $"{folder} was left out: only a Compose file or a Dockerfile can be linked, not {what}", $"`composegen init --move` moves it");

    public static Diagnostic MoveFailed(string from, string to, string why) =>
        MachineError("CG1005", $"{from} could not be moved to {to}: {why}", "what was moved before stays moved; run `composegen init` again once this is settled");

    public static Diagnostic StillExcluded(SourceSpan span, string name, string exclusion) =>
        Error("CG1006", span, $"`{exclusion}` leaves `{name}` out, and wins wherever it stands", "take this line out, or make it say less");

    public static Diagnostic UnknownKind(string kind, IReadOnlyCollection<string> kinds) =>
        Error("CG1007", null, $"there is no template `{kind}`", Suggest.Hint(kind, kinds, string.Empty));

    public static Diagnostic NoNameForNew(string name) =>
        Error(
            "CG1008",
            null,
            $"`{name}` is no path of a project",
            "write folders' names with `/` between them, for example `course/week1`; none may begin with a dot or hold * ? : # ! $ or quotes"
        );

    public static Diagnostic PlaceTaken(string folder) => Error("CG1009", null, $"{folder} is there already", "take another name; nothing was written");

    public static Diagnostic InsideProject(string path, string project) =>
        Error(
            "CG1010",
            null,
            $"`{path}` would lie in the project `{project}`, and what lies in a project is none of its own",
            $"take another name; an executable of `{project}` is made with: composegen new executable {path}"
        );

    public static Diagnostic PartWithoutProject(string kind, string name) =>
        Error("CG1011", null, $"`{kind}` makes a part of a project", $"name the project too: composegen new {kind} PROJECT/{name}");

    public static Diagnostic NotTakenIn(string file, string project, string part, bool isDescriptor) =>
        Error(
            "CG1012",
            new SourceSpan(file, 1, 1, 1),
            $"`{part}` would be no part of the project `{project}`: {(isDescriptor ? "`members` does not name it" : "only a project.yml has `members`")}",
            isDescriptor
                ? $"write `members: [\"{(part.Contains('/', StringComparison.Ordinal) ? part[..part.LastIndexOf('/')] + "/*" : "*")}\"]` in it, or add it to those that are there"
                : "give the project a project.yml with `members`; docs/projects.md tells how"
        );
}
