using System.Globalization;

namespace ComposeGen.Diagnostics;

// CG04: names and references.
internal static partial class Errors
{
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
}
