namespace ComposeGen.Diagnostics;

// CG07: what is written.
internal static partial class Errors
{
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
        MachineError("CG0703", $"{file} cannot be written: {reason}", "nothing was changed");

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

    public static Diagnostic DiskFull(string file, string folder) =>
        MachineError("CG0709", $"{file} cannot be written: the disk is full, or your share of it", $"nothing was changed; make room (`df {folder}`) and run it again");

    public static Diagnostic MayNotWrite(string file, string folder, string? owner, string user) =>
        MachineError(
            "CG0710",
            owner is null ? $"{file} may not be written: {folder} does not let {user}" : $"{file} may not be written: {folder} belongs to {owner}, and you are {user}",
            "nothing was changed; let its owner run it, or give yourself the right to write there"
        );

    public static Diagnostic ReadOnlyFileSystem(string file, string folder) =>
        MachineError("CG0711", $"{file} cannot be written: {folder} can only be read", "nothing was changed; the disk is mounted read-only: work in a copy that is not");

    public static Diagnostic WriteProtected(string file) =>
        Error("CG0712", null, $"{file} is write-protected, so it is left alone", $"nothing was changed; if it may change: `chmod u+w {file}`");

    public static Diagnostic LinkOutside(string file, string? target) =>
        Error(
            "CG0713",
            null,
            target is null ? $"{file} is a link that leads nowhere" : $"{file} is a link to {target}, outside of the workspace, where nothing is written",
            "nothing was changed; remove the link, or let it lead to a file of the workspace"
        );

    public static Diagnostic FolderInPlace(string file) =>
        Error("CG0714", null, $"{file} is a folder", "nothing was changed; move it away: a file of this name is written");

    public static Diagnostic HalfWritten(string file, string reason, IEnumerable<string> written) =>
        MachineError(
            "CG0715",
            $"{file} cannot be written: {reason}; and what was written before it cannot be taken back: {string.Join(", ", written)}",
            "each file is whole; run it again once the machine lets it, and all of them are of one run again"
        );

    public static Diagnostic Machine(string reason) => MachineError("CG0719", reason, null);
}
