using System.Globalization;

namespace ComposeGen.Diagnostics;

/// <summary>
/// Every code and text, in one place. A code says one kind of thing for ever: CG01 manifest, CG02 text and YAML, CG03
/// descriptors, CG04 names and references, CG05 ports and their lock, CG06 templates, CG07 output, CG08 Docker.
/// <c>docs/errors.md</c> has a section for each.
/// </summary>
internal static class Errors
{
    // CG01: which-project

    public static Diagnostic NoWorkspace(string start) =>
        Error(
            "CG0101",
            null,
            $"there is no `which-project` in {start} or above it",
            "make that file, with the name of a project below projects/ on each line"
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
            "a project has a `project.yml`, a Compose file, a `Dockerfile`, or what describes a Python environment"
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

    public static Diagnostic WhichService(string project, IReadOnlyCollection<string> services) =>
        Error(
            "CG0110",
            null,
            $"`{project}` has several services that could be run",
            $"name one: {string.Join(", ", services.Order(StringComparer.Ordinal).Select(service => $"`composegen run {service}`"))}"
        );

    public static Diagnostic UnknownMember(SourceSpan span, string project, string member, IReadOnlyCollection<string> members) =>
        Error("CG0120", span, $"project `{project}` has no member `{member}`", Suggest.Hint($"{project}/{member}", members, "it has none"));

    // CG02: text and YAML

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
            "aliases of aliases multiply: write out what is meant"
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

    public static Diagnostic CannotRead(string file, string reason) => Error("CG0215", null, $"{file} cannot be read: {reason}", null);

    public static Diagnostic BadEnvironmentLine(SourceSpan span) =>
        Warning("CG0216", span, "this line is no `NAME=value`, and is passed over", "Compose stops at it: mend or remove the line");

    public static Diagnostic OpenQuote(SourceSpan span) =>
        Warning("CG0216", span, "this quote is never closed; what follows it is passed over", "close it, or leave the quotes out");

    public static Diagnostic NotTakenOver(SourceSpan span, string name) =>
        Warning("CG0217", span, $"`{name}` says something to docker compose in this folder alone, and nothing here", null);

    // CG03: descriptors

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
            "a `${` that is no variable stands in this text",
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

    public static Diagnostic NoFrom(string template) =>
        Error("CG0601", new SourceSpan(template, 1, 1), "what this template renders has no line `FROM image`", null);

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

    // CG04: names and references

    public static Diagnostic BadServiceKey(SourceSpan span, string address) =>
        Error("CG0401", span, $"nothing of `{address}` can stand in a host name", "give the folder or the service another name");

    public static Diagnostic SameServiceKey(SourceSpan span, string address, string other, string key) =>
        Error(
            "CG0402",
            span,
            $"`{address}` and `{other}` would both be called `{key}`",
            "give one of the two folders or services another name"
        );

    public static Diagnostic SharedIsTaken(SourceSpan span, string project, string network) =>
        Error(
            "CG0403",
            span,
            $"a network of project `{project}` would be called `{network}`, like the one that all projects share",
            "give the folder another name, or the shared network, with `network.name` in composegen.yml"
        );

    public static Diagnostic SameResourceKey(SourceSpan span, string section, string key, string project, string other) =>
        Error(
            "CG0404",
            span,
            $"`{key}` in `{section}` would stand for something of `{project}` and of `{other}`",
            "give one of the two another name"
        );

    public static Diagnostic ProjectNotService(SourceSpan span, string name, IReadOnlyCollection<string> services) =>
        Error("CG0405", span, $"`{name}` is a project; name one of its services", $"there is {Suggest.List(services)}");

    public static Diagnostic MemberNotService(SourceSpan span, string name, IReadOnlyCollection<string> services) =>
        Error("CG0405", span, $"`{name}` stands for several services; name one of them", $"there is {Suggest.List(services)}");

    public static Diagnostic UnknownService(SourceSpan span, string name, string project, IReadOnlyCollection<string> services) =>
        Error("CG0406", span, $"project `{project}` has no service `{name}`", Suggest.Hint(name, services, "it has none"));

    public static Diagnostic DependencyCycle(SourceSpan span, IReadOnlyList<string> cycle) =>
        Error("CG0407", span, $"services wait for each other: {string.Join(" -> ", cycle)}", "remove one of these dependencies");

    public static Diagnostic Undeclared(SourceSpan span, string section, string name, IReadOnlyCollection<string> declared) =>
        Error(
            "CG0408",
            span,
            $"`{name}` is not declared in this project's `{section}`",
            Suggest.Nearest(name, declared) is { } nearest ? $"did you mean `{nearest}`?"
                : section == "volumes" && name.AsSpan().ContainsAny('/', '\\') ? $"for a folder write `./{name}`"
                : section == "volumes" ? $"add `volumes: {{{name}: {{}}}}` at the end of the file; for a folder write `./{name}`"
                : $"declare it under `{section}` at the end of the file"
        );

    public static Diagnostic BroughtAlong(string service, string neededBy) =>
        Note("CG0409", null, $"{service} runs too: {neededBy} needs it");

    public static Diagnostic ShortNameElsewhere(SourceSpan span, string address, string name, string other) =>
        Warning("CG0410", span, $"while {address} is stopped, `{name}` means {other}", "give one of the two another name");

    public static Diagnostic SameVariable(SourceSpan span, string name, string project, string other) =>
        Error(
            "CG0411",
            span,
            $"`{name}` would stand for a variable of `{project}` and for one of `{other}`",
            "give one of the two folders another name"
        );

    public static Diagnostic VariableInFile(SourceSpan span, string name, string project, string other) =>
        Warning(
            "CG0412",
            span,
            $"`{name}` is not set for the env_file of `{project}` that names it: `{other}` has a variable of that name too",
            "write the value into the env_file itself, or rename the variable in one of the two projects"
        );

    public static Diagnostic TwoIncludedValues(SourceSpan span, string name, string project) =>
        Warning(
            "CG0413",
            span,
            $"`{name}` has one value in `{project}`, and this is not it",
            "set it in the project's own .env, or rename one of the two"
        );

    public static Diagnostic SameAddressNames(SourceSpan span, string service, string prefix, string other) =>
        Warning(
            "CG0414",
            span,
            $"no service is told the address of `{service}`: `{prefix}_…` would stand for it and for `{other}`",
            "give one of the two another name"
        );

    public static Diagnostic BadNetworkPool(SourceSpan span, string text, string meant) =>
        Error("CG0420", span, $"`{text}` is not a range of IPv4 addresses, /8 to /24, with its first address", $"write it as `{meant}`");

    public static Diagnostic PoolTooSmall(SourceSpan? span, string pool, int networks, int missing) =>
        Error(
            "CG0421",
            span,
            string.Create(CultureInfo.InvariantCulture, $"{networks} networks need subnets, and {pool} has no room for {missing} of them"),
            "set a wider `network.pool` in composegen.yml, or remove lines of networks that are gone from which-project.lock"
        );

    public static Diagnostic SubnetTwice(SourceSpan span, string network, string kept) =>
        Warning("CG0422", span, $"network {network} has two subnets; it keeps {kept}", "run `composegen generate`");

    public static Diagnostic SubnetMoved(SourceSpan span, string network, string subnet) =>
        Warning("CG0423", span, $"{subnet} overlaps another subnet: network {network} moves to a new one", "run `composegen generate`");

    public static Diagnostic SubnetTombstoneDropped(SourceSpan span, string network, string subnet) =>
        Warning(
            "CG0424",
            span,
            $"{subnet}, kept for network {network} which no longer needs it, overlaps another's",
            "run `composegen generate`"
        );

    public static Diagnostic SubnetsOutsidePool(SourceSpan span, string network, string subnet, int count) =>
        Note(
            "CG0425",
            span,
            count == 1
                ? $"network {network} keeps {subnet}, outside of this pool: to move it, delete its line from which-project.lock"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{count} networks keep subnets outside of this pool: to move them, delete their lines from which-project.lock"
                )
        );

    public static Diagnostic SubnetGrown(SourceSpan span, string network, string before, int containers, string now) =>
        Note(
            "CG0426",
            span,
            string.Create(CultureInfo.InvariantCulture, $"{before} is too small for the {containers} containers of network {network}: it moves to {now}")
        );

    // CG05: ports and their lock

    public static Diagnostic TwoDemands(SourceSpan span, string service, string other, int port) =>
        Error(
            "CG0501",
            span,
            $"`{service}` and `{other}` both demand host port {port}",
            "remove `x-fixed` from one of the two, or give it another `published`"
        );

    public static Diagnostic TwoDemandsForTarget(SourceSpan span, int target) =>
        Error(
            "CG0502",
            span,
            $"tcp and udp of container port {target} get one host port, but two are demanded",
            "demand the same number for both"
        );

    public static Diagnostic DemandForHeldPort(SourceSpan span, string service, int port, string holder) =>
        Error(
            "CG0503",
            span,
            $"`{service}` demands host port {port}, which `{holder}` holds",
            $"demand another port, or delete the line of `{holder}` from which-project.lock so that it gets a new one"
        );

    public static Diagnostic NoPortLeft(SourceSpan span, string service, int count) =>
        Error(
            "CG0504",
            span,
            string.Create(
                CultureInfo.InvariantCulture,
                $"no {(count == 1 ? "host port is" : $"{count} host ports in a row are")} left for `{service}`"
            ),
            "remove lines of projects that are gone from which-project.lock, or set a wider `ports.range` in composegen.yml"
        );

    public static Diagnostic WishNotGranted(SourceSpan span, string service, int given, string why) =>
        Note("CG0505", span, $"{service} gets host port {given}: {why}");

    public static Diagnostic WishChanged(SourceSpan span, string service, int wish, int held, SourceSpan line) =>
        Note(
            "CG0506",
            span,
            $"{service} keeps host port {held} though it publishes {wish}, which is free: to move it there, delete line {line.Line} of {line.File}"
        );

    public static Diagnostic LockConflictMarker(SourceSpan span) =>
        Warning(
            "CG0507",
            span,
            "a merge left its conflict marker here",
            "run `composegen generate`, which keeps what can be kept of both sides"
        );

    public static Diagnostic LockLine(SourceSpan span) =>
        Warning(
            "CG0508",
            span,
            "this is not a line of the lock",
            "run `composegen generate`, which writes the file anew from what can be read"
        );

    public static Diagnostic LockTwice(SourceSpan span, string service, int kept) =>
        Warning("CG0509", span, $"{service} has two lines for one port; it keeps {kept}", "run `composegen generate`");

    public static Diagnostic LockMoved(SourceSpan span, string service, string host, string now) =>
        Warning("CG0510", span, $"host port {host} is given twice: {service} moves to {now}", "run `composegen generate`");

    public static Diagnostic RangeMoved(SourceSpan span, string service, string host, string now) =>
        Warning("CG0510", span, $"there is no room for more ports behind {host}: {service} moves to {now}", "run `composegen generate`");

    public static Diagnostic LockTombstoneDropped(SourceSpan span, string service, string host) =>
        Warning(
            "CG0511",
            span,
            $"host port {host}, kept for {service} which no longer publishes it, is now another's",
            "run `composegen generate`"
        );

    public static Diagnostic LockVersion(SourceSpan span) =>
        Error("CG0512", span, "this lock was written by a newer composegen", "use that version, or one that is newer still");

    public static Diagnostic LockNotWhole(SourceSpan span, string missing) =>
        Warning(
            "CG0515",
            span,
            $"this lock is not whole: its line `{missing}` is missing, and maybe others",
            $"take it back from git: git checkout -- {span.File}; or run `composegen generate`, which goes by what can be read"
        );

    public static Diagnostic LockLineCut(SourceSpan span) =>
        Warning(
            "CG0515",
            span,
            "the file ends within this line, so it is not used",
            $"take the file back from git: git checkout -- {span.File}; or run `composegen generate`, which goes by what can be read"
        );

    public static Diagnostic LockMissing(string file, string generated) =>
        Warning(
            "CG0516",
            null,
            $"{file} is missing, and {generated} was generated from one",
            $"take it back from git: git checkout -- {file}; or run `composegen generate`, which goes by the ports in {generated}"
        );

    public static Diagnostic Renamed(SourceSpan? span, string old, string now, string because) =>
        Note("CG0517", span, $"`{now}` is what `{old}` was ({because}): it keeps its ports");

    public static Diagnostic MaybeRenamed(SourceSpan? span, string project, IReadOnlyCollection<string> gone) =>
        Note(
            "CG0518",
            span,
            gone.Count == 1
                ? $"`{project}` gets ports of its own; if it is what `{gone.First()}` was: composegen ports move {gone.First()} {project}"
                : $"`{project}` gets ports of its own; if it is what one of {Suggest.List(gone)} was: composegen ports move OLD {project}"
        );

    public static Diagnostic NoSuchName(string name, IReadOnlyCollection<string> known) =>
        Error("CG0111", null, $"there is no project or service `{name}`", Suggest.Hint(name, known, "there are none yet"));

    public static Diagnostic NoLines(string name, IReadOnlyCollection<string> gone) =>
        Error("CG0519", null, $"the lock has no port of `{name}`", Suggest.Hint(name, gone, "every line in it belongs to something that is there"));

    public static Diagnostic StillThere(string name) =>
        Error("CG0519", null, $"`{name}` is still there, and needs its ports itself", "remove or rename its folder first");

    public static Diagnostic LostLine(SourceSpan span, string service, string host) =>
        Note("CG0521", span, $"{service} keeps host port {host}, whose line was lost in the merge");

    public static Diagnostic LostPort(SourceSpan span, string service, string host, string holder) =>
        Note("CG0521", span, $"{service} gets another host port than it had before the merge: {holder} has {host} now");

    public static Diagnostic LostSubnet(string network, string subnet, bool isFree) =>
        Note(
            "CG0521",
            null,
            isFree
                ? $"network {network} keeps {subnet}, whose line was lost in the merge"
                : $"network {network} gets another subnet than it had before the merge: {subnet} overlaps another's now"
        );

    public static Diagnostic NoRevision(string revision) =>
        Error("CG0525", null, $"git knows no revision `{revision}`", "in CI, fetch it first: git fetch origin main");

    public static Diagnostic NoRepository(string said) =>
        Error("CG0525", null, $"git cannot be asked: {said}", "`ports diff` compares with the lock at a git revision");

    public static Diagnostic PortOfEnvironment(SourceSpan span, string variable, int host, string service, string holder) =>
        Warning(
            "CG0513",
            span,
            $"`{variable}` is not used for the host port of `{service}`: `{holder}` has {host.ToString(CultureInfo.InvariantCulture)}",
            "leave the line out, or set it to a port that nobody has"
        );

    public static Diagnostic AddressOfEnvironment(SourceSpan span, string variable, string address) =>
        Warning(
            "CG0514",
            span,
            $"of `{variable}` only the port is used: the address `{address}` is not",
            "write the address into the Compose file, in front of the port"
        );

    public static Diagnostic PortsOutsideRange(SourceSpan span, string service, string host, int count) =>
        Note(
            "CG0520",
            span,
            count == 1
                ? $"{service} keeps host port {host}, outside of this range: to move it, delete its line from which-project.lock"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{count} ports stay outside of this range: to move them, delete their lines from which-project.lock"
                )
        );

    // CG06: templates

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

    // CG07: output

    public static Diagnostic LocalNotIgnored(string file) =>
        Warning("CG0706", null, $"git does not ignore {file}, which is for this machine alone", $"add a line `{file}` to .gitignore");

    public static Diagnostic HandWritten(string file) =>
        Error(
            "CG0701",
            null,
            $"{file} was not written by composegen, so it is left alone",
            "move it into a project's folder, or write over it with `--force` (a copy is kept beside it)"
        );

    public static Diagnostic HandEdited(string file) =>
        Error(
            "CG0702",
            null,
            $"{file} was changed by hand since composegen wrote it, so it is left alone",
            "make the change in a project or a template (after a merge there is none to make), and write over the file with `--force`; a copy is kept beside it"
        );

    public static Diagnostic CannotWrite(string file, string reason) =>
        Error("CG0703", null, $"{file} cannot be written: {reason}", "nothing was changed");

    public static Diagnostic Stale(string file) =>
        Error("CG0704", null, $"{file} is not what its sources say", "run `composegen generate` and commit the result");

    public static Diagnostic PreferredFile(string file) =>
        Warning(
            "CG0705",
            null,
            $"a plain `docker compose` in this folder reads {file}, not docker-compose.yml",
            "move it into a project's folder below projects/"
        );

    public static Diagnostic NotIgnored(string file) =>
        Warning(
            "CG0706",
            null,
            $"git does not ignore {file}, which holds values that must not be committed",
            $"add a line `{file}` to .gitignore"
        );

    public static Diagnostic OverrideWritten(string file) =>
        Error(
            "CG0707",
            null,
            $"{file} is yours, so the ports that are others on this machine cannot be written into it",
            "move what it says into a project or a template, and the file away; or stop what holds the ports"
        );

    public static Diagnostic OverrideEdited(string file) =>
        Error(
            "CG0708",
            null,
            $"{file} was changed by hand since composegen wrote it, so it is left alone",
            $"take the change back, or delete the file: what was moved on this machine is then given anew by `composegen up --remap`"
        );

    // CG08: Docker

    public static Diagnostic DockerMissing(string advice) =>
        Error("CG0801", null, "Docker is not installed: no program `docker` was found", advice);

    public static Diagnostic ComposeMissing(string advice) =>
        Error("CG0802", null, "Docker is here, but not its plugin `docker compose`", advice);

    public static Diagnostic NoEngine(string said, string advice) =>
        Error("CG0803", null, $"the Docker engine does not answer: {said}", advice);

    public static Diagnostic PortHeld(SourceSpan span, string service, string port, string holder, string hint) =>
        Error("CG0804", span, $"host port {port} of {service} is held by {holder}", hint);

    public static Diagnostic OtherFolder(string project, string folder, bool isByData) =>
        Error(
            "CG0805",
            null,
            $"{(isByData ? "volumes" : "containers")} of a Compose project `{project}` belong to another folder: {folder}",
            $"`composegen up --remap` gives this checkout a name and ports of its own; or set `name:` in composegen.yml; or "
                + (isByData ? $"give up the others with their data: composegen -C {folder} down -v" : $"stop the others: docker compose -p {project} down")
        );

    public static Diagnostic SamePortHere(SourceSpan span, string service, int host, string other, string? variable) =>
        Error(
            "CG0806",
            span,
            $"on this machine `{service}` and `{other}` would both publish host port {host.ToString(CultureInfo.InvariantCulture)}",
            variable is null ? null : $"`{variable}` says so: unset it, or set it to another port"
        );

    public static Diagnostic AlreadyRuns(SourceSpan span, string service, string container, string stop) =>
        Error(
            "CG0807",
            span,
            $"{service} runs already, as container {container}",
            $"stop it: {stop}, or look inside: docker exec -it {container} sh"
        );

    public static Diagnostic NoGpu(SourceSpan span, string service) =>
        Warning("CG0808", span, $"{service} asks for a GPU, and this machine's engine has none: it starts without", null);

    public static Diagnostic BadPortHere(SourceSpan span, string service, string text, string? variable) =>
        Error(
            "CG0810",
            span,
            $"on this machine `{service}` would publish `{text}`, which is no port: ports are 1 to 65535",
            variable is null ? null : $"`{variable}` says so: unset it, or set it to a port"
        );

    public static Diagnostic Demanded(SourceSpan span, string name, string project, string message, string folder) =>
        Error(
            "CG0811",
            span,
            message.Length == 0 ? $"`{name}` has to be set for {project}" : $"`{name}` has to be set for {project}: {message}",
            $"set it in {folder}/.env"
        );

    public static Diagnostic UnsetVariables(string project, string folder, IReadOnlyCollection<string> names) =>
        Warning(
            "CG0809",
            null,
            $"{project} uses variables that are not set, and so are empty: {Suggest.List(names)}",
            $"set them in {folder}/.env"
        );

    public static Diagnostic HeldByCheckout(SourceSpan span, string service, string port, int others, string folder, bool isRunning) =>
        Error(
            "CG0812",
            span,
            $"host port {port} of {service}{(others == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", and {others} more,"))} {(others == 0 ? "is" : "are")} held by the same service of another checkout of this workspace{(isRunning ? string.Empty : ", which is stopped and will want it back")}: {folder}",
            $"`composegen up --remap` gives this checkout ports of its own; or stop the other: composegen -C {folder} down"
        );

    public static Diagnostic MovedHere(SourceSpan span, string service, string before, string now, string holder) =>
        Note("CG0813", span, $"on this machine {service} moves from host port {before} to {now}: {before} is held by {holder}");

    public static Diagnostic SlotTaken(int slot, string project, string folder, string file) =>
        Note(
            "CG0814",
            null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"this checkout is slot {slot}, as {file} now says: {folder} has the committed ports, and this one has its own, as Compose project {project}"
            )
        );

    public static Diagnostic NoSuchAddress(SourceSpan span, string service, string address) =>
        Error(
            "CG0815",
            span,
            $"{service} is published on {address}, which is no address of this machine",
            "write one that it has; 0.0.0.0 means all of them, and none at all this machine alone"
        );

    public static Diagnostic SubnetHeld(string network, string subnet, string range, string holder) =>
        Error(
            "CG0816",
            null,
            $"subnet {subnet} of network {network} overlaps {range}, {holder}",
            "`composegen up --remap` moves the network on this machine; or set another `network.pool` in composegen.yml and delete the `subnet` lines from which-project.lock"
        );

    public static Diagnostic NetworkMovedHere(string network, string before, string now, string range, string holder) =>
        Note("CG0813", null, $"on this machine network {network} moves from {before} to {now}: it overlaps {range}, {holder}");

    public static Diagnostic OtherSlotRuns(string running, string project) =>
        Warning(
            "CG0819",
            null,
            $"this folder still runs as Compose project {running}, beside {project} which it is now",
            $"`composegen down` stops both; docker compose -p {running} down that one alone"
        );

    public static Diagnostic OtherFolderDown(string project, string folder, bool isByData) =>
        Error(
            "CG0805",
            null,
            $"{(isByData ? "volumes" : "containers")} of a Compose project `{project}` belong to another folder: {folder}",
            isByData
                ? $"nothing of this folder is left; to remove the other's data: composegen -C {folder} down -v"
                : $"nothing of this folder runs; to stop the other one: docker compose -p {project} down"
        );

    public static Diagnostic NoPlaceHere(SourceSpan span, string service) =>
        Error("CG0817", span, $"on this machine no host port is left for {service}", "stop something that holds ports");

    public static Diagnostic CannotSetSlot(string file, int slot) =>
        Error(
            "CG0818",
            null,
            $"{file} is there and could not be added to",
            string.Create(CultureInfo.InvariantCulture, $"write `slot: {slot}` into it")
        );

    private static Diagnostic Error(string code, SourceSpan? span, string message, string? hint) =>
        new(code, Severity.Error, message, span, hint);

    private static Diagnostic Warning(string code, SourceSpan? span, string message, string? hint) =>
        new(code, Severity.Warning, message, span, hint);

    private static Diagnostic Note(string code, SourceSpan? span, string message) => new(code, Severity.Note, message, span);
}
