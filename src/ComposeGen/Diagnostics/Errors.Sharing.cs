namespace ComposeGen.Diagnostics;

// CG09: beyond this machine.
internal static partial class Errors
{
    public static Diagnostic BadArchiveName(string file) =>
        Error("CG0901", null, $"`{file}` is no name of an archive that is written", "end it with .tar.gz, or with .tar to have it not compressed");

    public static Diagnostic BadPlatform(string text) =>
        Error("CG0902", null, $"`{text}` is no platform", "write for example linux/amd64 or linux/arm64, several with a comma between");

    public static Diagnostic ValuesPacked(string file, IReadOnlyCollection<string> variables, IReadOnlyCollection<string> secrets) =>
        Warning(
            "CG0903",
            null,
            $"{file} holds secrets: {Parts(variables, secrets)}; whoever has the file can read them",
            "hand it only to those who may know them; without `--with-env` none of them goes along"
        );

    public static Diagnostic SecretLeftOut(string name, string path) =>
        Warning(
            "CG0904",
            null,
            $"the secret `{name}` is not packed: who unpacks it puts {path} there before it starts",
            "`--with-env` packs secrets and values of variables"
        );

    public static Diagnostic OutsideFile(SourceSpan span, string service, string path) =>
        Warning("CG0905", span, $"{service} reads {path}, which is not in the workspace and so not packed", "the other machine has to have it at that place");

    public static Diagnostic OverrideNotPacked(string file) =>
        Warning("CG0906", null, $"{file} is not packed: what it says counts on this machine alone", "what everybody is to have belongs in the projects' own files");

    public static Diagnostic NotPackable(string path, string why) =>
        Warning("CG0907", null, $"{path} is not packed: {why}", null);

    public static Diagnostic BrokenArchive(string file, string why) =>
        Error("CG0908", null, $"{file} is broken, or was altered: {why}", "nothing of it was loaded; have it copied again");

    public static Diagnostic OtherChecksum(string file, string found, string expected) =>
        Error("CG0909", null, $"{file} is whole, but it is another archive: its checksum is {found}, not {expected}", "nothing of it was loaded");

    public static Diagnostic NoArchive(string file) => Error("CG0910", null, $"there is no file {file}", "`unpack` takes what `composegen pack -o FILE` has written");

    public static Diagnostic FolderThere(string folder) =>
        Error("CG0911", null, $"{folder} is there already", "`--into DIR` takes another folder; or remove this one, once `composegen down` was run in it");

    public static Diagnostic OtherPlatform(string engine, string archive) =>
        Warning("CG0912", null, $"the images are for {archive}, this engine is {engine}: they start only where it emulates that", null);

    public static Diagnostic VolumeThere(string volume) =>
        Warning("CG0913", null, $"the volume {volume} is there already: it keeps its data, and those of the archive are not restored", $"docker volume rm {volume} would make place, and lose them");

    public static Diagnostic StillToSet(string folder, IReadOnlyCollection<string> names) =>
        Error(
            "CG0914",
            null,
            $"before it can start, {Suggest.List(names)} {(names.Count == 1 ? "has" : "have")} to be set",
            $"set them in {folder}/.env, of which {folder}/.env.example is the pattern; then start it: docker compose --project-directory {folder} up --detach"
        );

    public static Diagnostic StillToPut(string folder, string path) =>
        Error(
            "CG0915",
            null,
            $"before it can start, {path} has to be there: it is a secret, and was not packed",
            $"put it there; then start it: docker compose --project-directory {folder} up --detach"
        );

    public static Diagnostic BusyThere(string service, int port, string holder, string remedy, string folder) =>
        Error(
            "CG0916",
            null,
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"host port {port} of {service} is held by {holder}"),
            $"{remedy}; then start it: docker compose --project-directory {folder} up --detach"
        );

    public static Diagnostic TransferFailed(string command, string said) =>
        Error("CG0917", null, $"`{command}` failed: {said}", "is there place on the disks, and is the engine well? `docker system df` tells the one, `docker info` the other");

    public static Diagnostic BadPackName(string name, string normal) =>
        Error("CG0918", null, $"`{DiagnosticWriter.Visible(name)}` cannot be the name of what is packed", normal.Length == 0 ? "use lower-case letters, digits, - and _" : $"write: --name {normal}");

    public static Diagnostic PortsElsewhere(string machine) =>
        Note("CG0919", null, $"the engine is on {machine}: containers that hold ports there were looked at, other programs there cannot be seen from here");

    public static Diagnostic HiddenPorts(string machine, int count, string tunnel) =>
        Note(
            "CG0920",
            null,
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{count} {(count == 1 ? "port is" : "ports are")} published on {machine}'s own 127.0.0.1 and answer{(count == 1 ? "s" : string.Empty)} there alone; this brings {(count == 1 ? "it" : "them")} here: {tunnel}"
            )
        );

    public static Diagnostic NotThere(SourceSpan? span, string who, string path, string machine, string root) =>
        Error(
            "CG0921",
            span,
            $"{who} mounts {path}, which is on this machine, and not on {machine}, where the engine is",
            $"copy the workspace to the same place there (rsync -a {root}/ {machine}:{root}/), or have the Dockerfile copy the files into the image"
        );

    public static Diagnostic MountsThere(SourceSpan? span, string who, string path, string machine) =>
        Note("CG0922", span, $"{who} mounts {path} as it is on {machine}, not as it is here");

    public static Diagnostic MountsUnknown(string machine, IReadOnlyCollection<string> paths) =>
        Warning(
            "CG0923",
            null,
            $"whether {machine} has what is mounted cannot be seen, as its engine has no image yet: {Suggest.List(paths)}",
            "what is not there is an empty folder to the container"
        );

    public static Diagnostic NoFolderFor(string file, string folder) =>
        Error("CG0924", null, $"{file} cannot be written: there is no folder {folder}", "make it first, or write somewhere else");

    private static string Parts(IReadOnlyCollection<string> variables, IReadOnlyCollection<string> secrets) =>
        (variables.Count, secrets.Count) switch
        {
            (_, 0) => $"the values of {Suggest.List(variables)}",
            (0, _) => Suggest.List(secrets),
            _ => $"the values of {Suggest.List(variables)}, and {Suggest.List(secrets)}",
        };
}
