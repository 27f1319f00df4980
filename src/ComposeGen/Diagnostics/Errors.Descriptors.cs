using System.Globalization;

namespace ComposeGen.Diagnostics;

// CG03: descriptors and settings.
internal static partial class Errors
{
    public static Diagnostic UnknownKey(SourceSpan span, string key, IReadOnlyCollection<string> keys) =>
        Error(
            "CG0301",
            span,
            $"`{key}` is not a key that can stand here",
            Suggest.Nearest(key, keys) is { } nearest ? $"did you mean `{nearest}`?"
                : keys.Count <= 12 ? $"known are {Suggest.List(keys)}"
                : "keys of your own start with `x-`"
        );

    public static Diagnostic EmptyDescriptor(SourceSpan span) =>
        Error("CG0302", span, "this file says nothing", "write `services:` with at least one service below it");

    public static Diagnostic WrongKind(SourceSpan span, string what, string expected, string found, string? hint = null) =>
        Error("CG0303", span, $"{what} is {expected}; this is {found}", hint);

    public static Diagnostic RemoteFile(SourceSpan span, string path) =>
        Error(
            "CG0304",
            span,
            $"`{path}` is not a file on this machine, and nothing is fetched from elsewhere",
            "put a copy of the file into the project, and name that"
        );

    public static Diagnostic ServiceAndServices(SourceSpan span) =>
        Error(
            "CG0305",
            span,
            "`service` and `services` cannot stand in one file",
            "`service` is short for one service: move it under `services`"
        );

    public static Diagnostic NoServices(SourceSpan span) =>
        Error(
            "CG0306",
            span,
            "there is no service in this project",
            "name at least one below `services:`, or describe one under `service:`"
        );

    public static Diagnostic BadServiceName(SourceSpan span, string name) =>
        Error("CG0307", span, $"`{name}` cannot be a service's name", "use letters, digits, `-`, `_` and `.`");

    public static Diagnostic NoImage(SourceSpan span, string service) =>
        Error("CG0308", span, $"service `{service}` has neither an `image` nor a `build`", "write `build: .` to build this folder");

    public static Diagnostic BadPort(SourceSpan span, string problem, string hint) => Error("CG0309", span, problem, hint);

    public static Diagnostic PortsOnHostNetwork(SourceSpan span) =>
        Warning(
            "CG0310",
            span,
            "with `network_mode: host` no port is published: the program listens on the host itself",
            "remove `ports`, or `network_mode`"
        );

    public static Diagnostic UnknownExposedPort(SourceSpan span, string text) =>
        Warning(
            "CG0311",
            span,
            $"what `{text}` will be is not known before the build, so it is not published",
            "give the variable a value in this Dockerfile, or publish the port in a project.yml"
        );

    public static Diagnostic BadProjectName(SourceSpan span, string name) =>
        Error(
            "CG0312",
            span,
            $"`{name}` cannot be a Compose project's name",
            "use lower-case letters, digits, `-` and `_`, a letter or digit first"
        );

    public static Diagnostic BadSlot(SourceSpan span, string text, int last) =>
        Error("CG0323", span, $"`{text}` is no slot", $"write a number from 1 to {last.ToString(CultureInfo.InvariantCulture)}: `slot: 2`");

    public static Diagnostic TwoDescriptors(string first, string second) =>
        Error("CG0313", null, $"{first} and {second} both describe this project", "remove one of the two");

    public static Diagnostic TwoComposeFiles(string first, string second) =>
        Warning("CG0316", null, $"{first} is read, and {second} is not", "remove the one that is not meant");

    public static Diagnostic LinkedFolder(string folder) =>
        Warning("CG0314", null, $"{folder} is a symbolic link and is passed over", "move or copy the folder to that place");

    public static Diagnostic BadFolderName(string folder) =>
        Warning(
            "CG0315",
            null,
            $"the folder `{folder}` is passed over: it could not be named in which-project",
            "leave control characters and : * ? \" < > | \\ # ! $ { } [ ] out of its name"
        );

    public static Diagnostic BadPortRange(SourceSpan span, string text) =>
        Error(
            "CG0317",
            span,
            $"`{text}` is not a range of host ports to give: they are 1024 to 65535, the lower one first",
            "write it as `8000-8999`"
        );

    public static Diagnostic BadReservedPort(SourceSpan span, string text) =>
        Error(
            "CG0318",
            span,
            $"`{text}` is neither a port nor a range of ports: ports are 1 to 65535, and the lower one comes first",
            "write `3306`, or `\"9000-9100\"`"
        );

    public static Diagnostic BadHostIp(SourceSpan span, string text) =>
        Error(
            "CG0319",
            span,
            $"`{text}` is not an IP address",
            "write `127.0.0.1` for this machine alone, `0.0.0.0` for the whole network, or the address of one of its interfaces"
        );

    public static Diagnostic BadNetworkName(SourceSpan span, string text) =>
        Error("CG0320", span, $"`{text}` cannot be the shared network's name", "use lower-case letters, digits and `-`, a letter first");

    public static Diagnostic BadTemplatesFolder(SourceSpan span, string text) =>
        Error(
            "CG0321",
            span,
            $"`{text}` is not a folder inside of the workspace",
            "write its path below the workspace, with `/` between folders and without `..`"
        );

    public static Diagnostic NoTemplatesFolder(SourceSpan span, string folder) =>
        Error("CG0322", span, $"there is no folder `{folder}`", "make it, or name the folder that your templates are in");

    public static Diagnostic NoSuchCode(SourceSpan span, string text) =>
        Error(
            "CG0324",
            span,
            $"there is no message `{text}`",
            Suggest.Nearest(text.ToUpperInvariant(), ErrorPage.All.Select(page => page.Code)) is { } nearest
                ? $"did you mean `{nearest}`?"
                : "`composegen explain` lists all of them"
        );

    public static Diagnostic NotAWarning(SourceSpan span, string code, string title) =>
        Error("CG0324", span, $"`{code}` ({title}) is an error already, and an error cannot be ignored", "leave it out; warnings and notes can stand here");

    public static Diagnostic NoSuchFile(SourceSpan span, string path, string file) =>
        Error("CG0330", span, $"there is no file `{path}`", $"looked for at {file}");

    public static Diagnostic FileOutside(SourceSpan span, string path) =>
        Error(
            "CG0331",
            span,
            $"`{path}` lies outside of the workspace",
            "what is generated and committed can only depend on files in the workspace: put a copy below projects/"
        );

    public static Diagnostic ExtendsUnknown(SourceSpan span, string name, string file, IReadOnlyCollection<string> services) =>
        Error("CG0332", span, $"there is no service `{name}` in {file} to extend", Suggest.Hint(name, services, "it has none"));

    public static Diagnostic Cycle(SourceSpan span, string who, string key, IReadOnlyList<string> cycle) =>
        Error("CG0333", span, $"{who} each other: {string.Join(" -> ", cycle)}", $"remove one of these `{key}`");

    public static Diagnostic CannotMerge(SourceSpan span, string kind, string other) =>
        Error(
            "CG0334",
            span,
            $"this is {kind}, and what it is merged with is {other}",
            "write both in the same form, or tag this one `!override`"
        );

    public static Diagnostic BadVariable(SourceSpan span) =>
        Error(
            "CG0335",
            span,
            "a `${` in this text names no variable, or its `}` is missing",
            "write `${NAME}` or `${NAME:-default}`, and `$$` for a dollar sign that means itself"
        );

    public static Diagnostic BadPythonVersion(SourceSpan span, string text) =>
        Error(
            "CG0340",
            span,
            text.Length == 0 ? "there is no version of Python here" : $"no version of Python comes from `{text}`",
            "write for example `3.13`, or `3.13.1` to be exact"
        );

    public static Diagnostic TomlSyntax(SourceSpan span, string reason) => Error("CG0341", span, $"this is not TOML: {reason}", null);

    public static Diagnostic BadAptPackage(SourceSpan span, string text) =>
        Error("CG0342", span, $"`{text}` cannot be the name of a Debian package", "write one name a line, in lower case");

    public static Diagnostic LocalRequirement(SourceSpan span, string text) =>
        Error(
            "CG0343",
            span,
            $"`{text}` would be installed from this folder, whose code is not in the image but mounted while it runs",
            "leave the line out: what lies in this folder or in its `src` can be imported without being installed"
        );

    public static Diagnostic OutsideRequirement(SourceSpan span, string path) =>
        Error(
            "CG0344",
            span,
            $"`{path}` is not a file of requirements in this project's folder",
            "name one in this folder or below it, without blanks in its path"
        );

    public static Diagnostic BadMemberPattern(SourceSpan span, string text, string problem, string hint) =>
        Error("CG0350", span, $"`{text}` is no folder of this project: {problem}", hint);

    public static Diagnostic NoMemberFolder(SourceSpan span, string path, IReadOnlyCollection<string> folders) =>
        Error("CG0351", span, $"there is no folder `{path}` in this project", Suggest.Hint(path, folders, "it has no folders"));

    public static Diagnostic MemberGlobWithoutMatch(SourceSpan span, string pattern) =>
        Warning("CG0352", span, $"`{pattern}` matches no folder of this project", "leave it out, or correct it");

    public static Diagnostic ExcludeWithoutMembers(SourceSpan span) =>
        Warning("CG0352", span, "without `members` there is nothing to leave out", "leave `exclude` out, or write `members` too");

    public static Diagnostic NothingInMember(SourceSpan span, string path, string stages) =>
        Error("CG0353", span, $"nothing makes the folder `{path}` a member", $"{MemberHint}; {stages}");

    public static Diagnostic FolderPassedOver(SourceSpan span, string path, string stages) =>
        Warning(
            "CG0354",
            span,
            $"the folder `{path}` is passed over: nothing makes it a member",
            $"{MemberHint}; {stages}; otherwise `exclude` it"
        );

    public static Diagnostic MemberNameTwice(SourceSpan span, string section, string name) =>
        Error(
            "CG0355",
            span,
            $"`{name}` is given twice in this project's `{section}`",
            "what is a member's is called like its folder: rename the folder, or the other one"
        );

    public static Diagnostic BelongsToProject(SourceSpan span, string what) =>
        Error("CG0356", span, $"{what} cannot stand in a member: it is the whole project's", "write it in the project's own file");

    private const string MemberHint = "a member has a `project.yml` or a `Dockerfile`, or the name of a stage of its project's Dockerfile";

    public static Diagnostic NotOneOf(SourceSpan span, string what, string text, IReadOnlyCollection<string> values) =>
        Error("CG0370", span, $"{what} cannot be `{text}`", Suggest.Hint(text, values, string.Empty));

    public static Diagnostic BadValue(SourceSpan span, string what, string expected, string text, string? example) =>
        Error("CG0371", span, $"{what} is {expected}, and `{text}` is none", example is null ? null : $"write for example `{example}`");

    public static Diagnostic NotText(SourceSpan span, string what, string text) =>
        Error("CG0371", span, $"{what} is a text, and `{text}` is none to YAML", $"put it in quotes: \"{text}\"");

    public static Diagnostic NoValue(SourceSpan span, string what, string expected) =>
        Error("CG0371", span, $"{what} has no value: it is {expected}", "write a value, or leave the key out");

    public static Diagnostic ItemTwice(SourceSpan span, string list, string item) =>
        Error("CG0372", span, $"`{item}` is given twice in `{list}`", "remove one of the two");

    public static Diagnostic MissingKey(SourceSpan span, string where, string key, string expected) =>
        Error("CG0373", span, $"`{key}` is missing{(where.Length == 0 ? string.Empty : $" in `{where}`")}", $"add `{key}`, {expected}");

    public static Diagnostic KeysExclude(SourceSpan span, string key, string other) =>
        Error("CG0374", span, $"`{key}` and `{other}` cannot stand together", "leave out one of the two");

    public static Diagnostic BadTest(SourceSpan span, string text) =>
        Error(
            "CG0375",
            span,
            $"a `test` that is a list begins with CMD, CMD-SHELL or NONE, not with `{text}`",
            "put `CMD` before a program and its arguments, or write the shell's line as a text"
        );

    public static Diagnostic Disagree(SourceSpan span, string key, string other) =>
        Error("CG0376", span, $"`{key}` and `{other}` say the same thing, and differ", "leave out one of the two");

    public static Diagnostic SameTarget(SourceSpan span, string target) =>
        Error("CG0377", span, $"something else is mounted at `{target}` already", "mount one of the two elsewhere");

    public static Diagnostic NoContent(SourceSpan span, string name, IReadOnlyCollection<string> sources) =>
        Error("CG0378", span, $"nothing says what is in `{name}`", $"add one of {Suggest.List(sources)}, or `external: true`");

    public static Diagnostic UnknownRestart(SourceSpan span, string text, IReadOnlyCollection<string> policies) =>
        Warning("CG0379", span, $"Docker knows no restart policy `{text}`, and does not start the container", Suggest.Hint(text, policies, string.Empty));

    public static Diagnostic OneNameForSeveral(SourceSpan span) =>
        Error("CG0380", span, "several containers cannot have one name", "leave `container_name` out: the service is found by its own name");

    public static Diagnostic BadEntry(SourceSpan span, string key, string text, string hint) =>
        Error("CG0381", span, text.Length == 0 ? $"an empty text is no entry of `{key}`" : $"`{text}` is no entry of `{key}`", hint);

    public static Diagnostic PlatformNotBuilt(SourceSpan span, string platform) =>
        Error("CG0382", span, $"the service runs on `{platform}`, for which it is not built", $"add `{platform}` to `build.platforms`");

    public static Diagnostic Privileged(SourceSpan span, string service) =>
        Warning("CG0390", span, $"{service} is privileged: it can do on this machine whatever root can", "name what it needs with `cap_add` and `devices`");

    public static Diagnostic DockerSocket(SourceSpan span, string service) =>
        Warning("CG0391", span, $"{service} gets the Docker socket, and with it everything that Docker can do on this machine", null);

    public static Diagnostic HostNamespace(SourceSpan span, string service, string key) =>
        Warning("CG0392", span, $"{service} shares the machine's own {(key == "network_mode" ? "network" : $"`{key}`")}, and is not kept apart from it", null);

    public static Diagnostic OutsideBind(SourceSpan span, string service, string path) =>
        Warning("CG0393", span, $"{service} gets `{path}`, which lies outside of the workspace", "keep what it needs in the project's folder, or in a volume");

    public static Diagnostic OpenPort(SourceSpan span, string service, string address) =>
        Warning(
            "CG0394",
            span,
            $"{service} is published on {address}: others on the network reach it, past this machine's firewall",
            "leave the address out for this machine alone"
        );

    public static Diagnostic ChainTooDeep(SourceSpan span, string what, int limit) =>
        Error(
            "CG0360",
            span,
            string.Create(CultureInfo.InvariantCulture, $"{what} each other more than {limit} deep here"),
            "name the last of the chain itself"
        );

    public static Diagnostic MergedTooLarge(SourceSpan span, int limit) =>
        Error(
            "CG0361",
            span,
            string.Create(CultureInfo.InvariantCulture, $"with what is extended and included, this comes to more than {limit:N0} values"),
            "what repeats another repeats all that the other repeats: write a chain of several as several of one"
        );

    public static Diagnostic TooManyIncludes(SourceSpan span, int limit) =>
        Error(
            "CG0362",
            span,
            string.Create(CultureInfo.InvariantCulture, $"more than {limit:N0} files are included, one through another"),
            "make several projects of this one"
        );
}
