using System.Globalization;

namespace ComposeGen.Diagnostics;

// CG08: Docker and the machine.
internal static partial class Errors
{
    private const string KeepGoing = "`composegen up --keep-going` starts what does without it";
    private const string Doctor = "`composegen doctor` tells what else is missing, and `--fix` mends it";

    public static Diagnostic DockerMissing(string advice) =>
        Error("CG0801", null, "Docker is not installed: no program `docker` was found", $"{advice}; {Doctor}");

    public static Diagnostic ComposeMissing(string advice) =>
        Error("CG0802", null, "Docker is here, but not its plugin `docker compose`", $"{advice}; {Doctor}");

    public static Diagnostic ComposeOne(string version, string advice) =>
        Error("CG0834", null, $"Docker is here, but of Compose only the old program `docker-compose` {version}, which does not do", $"{advice}; {Doctor}");

    public static Diagnostic ComposeNoPlugin(string version, string link) =>
        Error("CG0802", null, $"Docker Compose {version} is here as a program `docker-compose`, but not as docker's plugin", $"{link}; {Doctor}");

    public static Diagnostic NoAccess(string said, string advice) =>
        Error("CG0833", null, $"this user may not speak to the Docker engine: {said}", $"{advice}; {Doctor}");

    public static Diagnostic NoEngine(string said, string advice) =>
        Error("CG0803", null, $"the Docker engine does not answer: {said}", $"{advice}; {Doctor}");

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
            variable is null
                ? $"on this machine `{service}` would publish `{text}`, which is no port: ports are 1 to 65535"
                : $"on this machine `{service}` would publish what is no port: ports are 1 to 65535",
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

    public static Diagnostic NotUp(string? name, string words) =>
        Error(
            "CG0851",
            null,
            name is null ? "nothing runs that has a page" : $"{name} {(words.StartsWith("Exited", StringComparison.Ordinal) ? $"has ended: {words}" : words.Length > 0 ? $"does not run: {words}" : "does not run")}",
            $"`composegen up -d{(name is null ? string.Empty : $" {name}")}` starts {(name is null ? "what is selected" : "it")}{(words.Length == 0 || name is null ? string.Empty : $", `composegen logs {name}` shows what it printed")}"
        );

    public static Diagnostic NoAnswer(string name, string page) =>
        Error("CG0852", null, $"{name} runs, but {page} does not answer yet", $"`composegen logs {name}` shows what it does; then try again");

    public static Diagnostic NoPage(string? name, IReadOnlyCollection<string> places) =>
        Error(
            "CG0853",
            null,
            $"{(name is null ? "no service" : $"`{name}`")} has {(name is null ? "a" : "no")} page for a browser",
            places.Count > 0 ? $"it answers at {string.Join(", ", places)}; `app_protocol: http` on a port says that a browser can open it" : "a port that is published has one: `ports` in its descriptor"
        );

    public static Diagnostic DockerVanished(string command) =>
        Error("CG0820", null, $"the program `docker` was there and is gone: `{command}` could not be run", "is Docker being updated? try again");

    public static Diagnostic DockerHangs(string command, double seconds, string variable) =>
        Error(
            "CG0821",
            null,
            string.Create(CultureInfo.InvariantCulture, $"`{command}` did not answer within {seconds:0.###} {(seconds == 1 ? "second" : "seconds")}"),
            $"restart the Docker engine if `docker ps` hangs too; if it only is slow, {variable}=120 waits for 120 seconds"
        );

    public static Diagnostic DockerCrashed(string command, int signal, string said) =>
        Error(
            "CG0822",
            null,
            string.Create(CultureInfo.InvariantCulture, $"`{command}` crashed, with signal {signal}{(said.Length == 0 ? string.Empty : ": ")}{said}"),
            "try the same command by hand; if it crashes there too, install Docker anew"
        );

    public static Diagnostic DockerGarbage(string command, string text) =>
        Error(
            "CG0823",
            null,
            $"`{command}` answered something that is no answer of Docker's: {(text.Trim() is { Length: > 60 } all ? all[..60] + "…" : text.Trim())}",
            "is the program `docker` on the PATH Docker's own, or a script in its place? `command -v docker` tells"
        );

    public static Diagnostic BadTimeout(string variable, string text) =>
        Error("CG0824", null, $"{variable} is `{text}`, which is no number of seconds above 0", "unset it, or set it to a number of seconds, at most 86400");

    public static Diagnostic EngineGone(Diagnostic now) =>
        Error("CG0825", null, $"the engine stopped while `up` ran; now {now.Message}", $"{now.Hint}; `composegen up` then goes on where it was");

    public static Diagnostic BuildFailed(SourceSpan span, string service, string from, string? step, string said, string command) =>
        Error(
            "CG0826",
            span,
            $"the image of {service} could not be built, from {from}: {(step is null ? string.Empty : $"`{step.Trim()}`: ")}{said}",
            $"this shows it again: {command}; {KeepGoing}"
        );

    public static Diagnostic BuildStopped(SourceSpan span, string service, string from, bool isAlone, string command) =>
        Error(
            "CG0826",
            span,
            isAlone
                ? $"the image of {service} could not be built, from {from}"
                : $"{service} has no image: its build, from {from}, failed, or was stopped when another's did",
            $"this shows it again: {command}; {KeepGoing}"
        );

    public static Diagnostic NoBaseImage(SourceSpan span, string service, string image, string said) =>
        Error(
            "CG0835",
            span,
            $"the image of {service} could not be built: {image}, which it starts from, is not on this machine and could not be pulled: {said}",
            $"is the name right, is it private, is the network up? docker pull {image}; {KeepGoing}"
        );

    public static Diagnostic NoImage(SourceSpan span, string service, string image) =>
        Error(
            "CG0827",
            span,
            $"image {image} of {service} is not on this machine, and could not be pulled",
            $"this tells why: docker pull {image}; {KeepGoing}"
        );

    public static Diagnostic Exited(SourceSpan span, string service, int code, string logs) =>
        Error(
            "CG0828",
            span,
            string.Create(CultureInfo.InvariantCulture, $"{service} ended with exit code {code}"),
            $"this shows what it printed: {logs}"
        );

    public static Diagnostic Unhealthy(SourceSpan span, string service, string logs) =>
        Error("CG0829", span, $"{service} runs, but its health check fails", $"this shows what it printed: {logs}");

    public static Diagnostic DiskFull(string folder, long megabytes) =>
        Warning(
            "CG0830",
            null,
            string.Create(CultureInfo.InvariantCulture, $"the disk where Docker keeps images and volumes, {folder}, has {megabytes} MB left"),
            "`docker system df` shows what takes the place, `docker system prune` removes what nothing uses"
        );

    public static Diagnostic ComposeTooOld(SourceSpan span, string key, string service, string needed, string version, string advice) =>
        Error(
            "CG0831",
            span,
            $"`{key}` of {service} takes Docker Compose {needed} or later, and this machine has {version}",
            $"{advice}; or do without the key; {Doctor}"
        );

    public static Diagnostic LeftOut(SourceSpan span, string service, string needed) =>
        Error("CG0832", span, $"{service} was left out: it needs {needed}, which has no image", $"mend {needed}, and run `composegen up` again");
}
