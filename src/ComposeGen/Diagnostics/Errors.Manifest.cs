namespace ComposeGen.Diagnostics;

// CG01: which-project, and names on the command line.
internal static partial class Errors
{
    public static Diagnostic NoWorkspace(string start) =>
        Error(
            "CG0101",
            null,
            $"there is no `which-project` in {start} or above it",
            "`composegen init` makes this folder a workspace; `-C DIR` looks elsewhere"
        );

    public static Diagnostic BadManifestEntry(SourceSpan span, string message, string hint) => Error("CG0102", span, message, hint);

    public static Diagnostic UnknownProject(SourceSpan span, string name, IReadOnlyCollection<string> projects) =>
        UnknownProject(span, name, Suggest.Hint(name, projects, "there are no projects below projects/ yet"));

    public static Diagnostic UnknownProject(SourceSpan span, string name, string hint) =>
        Error("CG0103", span, $"there is no project `{name}`", hint);

    public static Diagnostic GroupNotProject(SourceSpan span, string name, IReadOnlyCollection<string> below) =>
        Error(
            "CG0104",
            span,
            $"`{name}` is a folder of projects, not a project",
            $"write `{name}/*` for all of them, or one of {Suggest.List(below)}"
        );

    public static Diagnostic FolderWithoutProject(SourceSpan span, string name) =>
        Error(
            "CG0105",
            span,
            $"the folder `projects/{name}` holds no project",
            "put a `compose.yml`, `project.yml`, `Dockerfile`, `requirements.txt`, `environment.yml` or a notebook there, or take this line out"
        );

    public static Diagnostic UnknownServiceInManifest(
        SourceSpan span,
        string project,
        string service,
        IReadOnlyCollection<string> services
    ) => Error("CG0106", span, $"`{project}` has no service `{service}`", Suggest.Hint(service, services, "it has none"));

    public static Diagnostic GlobWithoutMatch(SourceSpan span, string glob) =>
        Warning("CG0107", span, $"`{glob}` matches no project", "leave the line out, or correct it");

    public static Diagnostic AllExcluded(SourceSpan span) =>
        Error("CG0108", span, "everything that is selected is left out again", "remove a line that starts with `!`");

    public static Diagnostic NothingSelected(SourceSpan span, IReadOnlyCollection<string> projects) =>
        Error(
            "CG0108",
            span,
            "no project is selected",
            projects.Count == 0
                ? "there are no projects below projects/ yet"
                : $"write the name of a project on a line of its own: there is {Suggest.List(projects)}"
        );

    public static Diagnostic NotSelected(string name) =>
        Error("CG0109", null, $"`which-project` does not select `{name}`", $"add a line `{name}` to it");

    public static Diagnostic NotRunning(string name, IReadOnlyCollection<string> running) =>
        Error("CG0109", null, $"`{name}` is not among what `which-project` selects", Suggest.Hint(name, running, "nothing is selected"));

    public static Diagnostic NotOneProject(string name) =>
        Error("CG0110", null, $"`{name}` does not name one project", "name a project, or one of its services as project:service");

    public static Diagnostic WhichService(string project, IReadOnlyCollection<string> services, string command = "run", string? because = null) =>
        Error(
            "CG0110",
            null,
            $"`{project}` has several services{(because is null ? " that could be run" : $", and {because}")}",
            $"name one: {string.Join(", ", services.Order(StringComparer.Ordinal).Select(service => $"`composegen {command} {service}`"))}"
        );

    public static Diagnostic WhichPage(IReadOnlyCollection<string> services) =>
        Error(
            "CG0110",
            null,
            "there are several pages to open",
            $"name one: {string.Join(", ", services.Order(StringComparer.Ordinal).Select(service => $"`composegen open {service}`"))}"
        );

    public static Diagnostic UnknownMember(SourceSpan span, string project, string member, IReadOnlyCollection<string> members) =>
        Error("CG0120", span, $"project `{project}` has no member `{member}`", Suggest.Hint($"{project}/{member}", members, "it has none"));

    public static Diagnostic NoSuchName(string name, IReadOnlyCollection<string> known) =>
        Error("CG0111", null, $"there is no project or service `{name}`", Suggest.Hint(name, known, "there are none yet"));
}
