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
}
