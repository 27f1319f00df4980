using System.Globalization;

namespace ComposeGen.Diagnostics;

// CG093 and on: a swarm.
internal static partial class Errors
{
    public static Diagnostic NoSwarm(string state) =>
        Error(
            "CG0930",
            null,
            $"the engine is no manager of a swarm{(state is "" or "inactive" ? string.Empty : $" ({state})")}",
            "make it one: docker swarm init; or name a manager: --context NAME"
        );

    public static Diagnostic NoRegistry(IReadOnlyCollection<string> services) =>
        Error(
            "CG0931",
            null,
            $"the swarm's nodes have to pull the images of {Suggest.List(services)} from somewhere",
            "--registry registry.example.org/team pushes them there first; `docker login` comes before that where it is private"
        );

    public static Diagnostic IgnoredInSwarm(SourceSpan span, string service, string key, string remedy) =>
        Warning("CG0932", span, $"`{key}` of {service} means nothing in a swarm and is left out", remedy);

    public static Diagnostic NotInSwarm(SourceSpan span, string service, string key, string remedy) =>
        Error("CG0933", span, $"{service} cannot run in a swarm as it is: `{key}`", remedy);

    public static Diagnostic BuiltForSwarm(SourceSpan span, string service, string? image) =>
        Note("CG0934", span, $"nodes build nothing: {service} is built here, and pulled there as {image ?? "an image that is pushed first"}");

    public static Diagnostic MountNotSent(SourceSpan span, string service, string path) =>
        Warning(
            "CG0935",
            span,
            $"{service} mounts {path} of this machine, which the swarm's nodes have not: it is left out",
            "have the Dockerfile copy it into the image, or make a file a `config`"
        );

    public static Diagnostic MountOfNode(SourceSpan span, string service, string path) =>
        Warning("CG0936", span, $"{service} mounts {path} of whichever node it runs on", "have it there on each, or say where it runs: deploy.placement.constraints");

    public static Diagnostic VolumeOfNode(SourceSpan span, string service, string volume) =>
        Warning(
            "CG0937",
            span,
            $"the volume `{volume}` of {service} is on the node where it runs: on another one it starts with an empty one",
            "say where it runs: deploy.placement.constraints: [node.hostname == …]; or give the volume a driver that nodes share"
        );

    public static Diagnostic WouldOpen(SourceSpan span, string service, int port, string address) =>
        Error(
            "CG0938",
            span,
            string.Create(CultureInfo.InvariantCulture, $"in a swarm, port {port} of {service} is open to the network on every address of its nodes, not on {address} alone"),
            "agree to it with --open-ports; or take the port out, where other services alone need it"
        );

    public static Diagnostic NotPushed(string image, string said) =>
        Error("CG0939", null, $"{image} could not be pushed: {said}", "is it the registry's name, is the registry up, is `docker login` done? a registry without TLS has to be in `insecure-registries` of this engine, and of every node's");

    public static Diagnostic NoStack(string name) => Error("CG0940", null, $"there is no stack `{name}` in the swarm", "docker stack ls shows what there is");

    public static Diagnostic StackFailed(string service, string said, string? context) =>
        Error("CG0941", null, $"{service} does not run in the swarm: {said}", $"docker {(context is null ? string.Empty : $"--context {context} ")}service ps --no-trunc {service} tells more, `docker service logs` what it printed; composegen deploy again once it is mended");

    public static Diagnostic StackStillThere(string name) =>
        Error("CG0942", null, $"of the stack `{name}`, something is still in the swarm", $"something else may use its networks: docker network ls --filter label=com.docker.stack.namespace={name} tells which there are");

    public static Diagnostic SourceMissing(string kind, string name, string said) => Error("CG0943", null, $"the {kind} `{name}` cannot be sent: {said}", "put the file there, or set the variable");

    public static Diagnostic BadRegistry(string prefix) =>
        Error("CG0944", null, $"`{DiagnosticWriter.Visible(prefix)}` is no registry's name with a path behind it", "write for example registry.example.org/team, without https://");

    public static Diagnostic RemovesAll() => Error("CG0945", null, "`deploy --remove` takes the whole stack down, and no projects", "take the project out of which-project, and deploy again: that removes it alone");
}
