using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Cli;

internal static class SchemaCommand
{
    public static readonly string[] Files = [Settings.FileName, ProjectSchema.FileName];

    public static int Run(SchemaOptions options, Terminal terminal)
    {
        if (options.File is { } file && !Files.Contains(file))
        {
            terminal.Error.WriteLine($"composegen: there is no schema of `{DiagnosticWriter.Visible(file)}`");
            terminal.Error.WriteLine($"  hint: {DiagnosticWriter.Visible(Suggest.Hint(file, Files, string.Empty))}");
            return ExitCode.Wrong;
        }

        terminal.Out.Write(options.File == ProjectSchema.FileName ? ProjectSchema.Text() : SettingsSchema.Text());
        terminal.Out.Flush();
        return ExitCode.Done;
    }
}
