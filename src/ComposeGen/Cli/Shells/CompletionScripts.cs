using ComposeGen.Diagnostics;

namespace ComposeGen.Cli.Shells;

/// <summary>The scripts by which shells ask for completion.</summary>
internal static class CompletionScripts
{
    public static readonly string[] Shells = ["bash", "zsh", "fish"];

    public static int Run(CompletionOptions options, Terminal terminal)
    {
        if (options.Shell is not { } shell || !Shells.Contains(shell))
        {
            terminal.Error.WriteLine(options.Shell is null ? "composegen: `completion` takes the name of a shell" : $"composegen: there is no completion for `{DiagnosticWriter.Visible(options.Shell)}`");
            terminal.Error.WriteLine($"  hint: there is {Suggest.List(Shells)}");
            return ExitCode.Wrong;
        }

        using var stream = typeof(CompletionScripts).Assembly.GetManifestResourceStream($"completion/composegen.{shell}")!;
        using var reader = new StreamReader(stream);
        terminal.Out.Write(reader.ReadToEnd());
        terminal.Out.Flush();
        return ExitCode.Done;
    }
}
