using ComposeGen.Diagnostics;

namespace ComposeGen.Cli;

/// <summary>What <c>docs/errors.md</c> says of a code, without a browser.</summary>
internal static class ExplainCommand
{
    public static int Run(ExplainOptions options, Terminal terminal)
    {
        if (options.Code is not { } asked)
        {
            foreach (var page in ErrorPage.All)
            {
                terminal.Out.WriteLine($"{page.Code}  {LineFormats.Word(page.Severity),-7}  {page.Title}");
            }

            terminal.Out.Flush();
            return ExitCode.Done;
        }

        var code = asked.ToUpperInvariant();
        code = code.StartsWith("CG", StringComparison.Ordinal) ? code : $"CG{code.PadLeft(4, '0')}";
        if (ErrorPage.Of(code) is not { } found)
        {
            terminal.Error.WriteLine($"composegen: there is no message `{DiagnosticWriter.Visible(asked)}`");
            terminal.Error.WriteLine("  hint: composegen explain lists all of them");
            return ExitCode.Wrong;
        }

        terminal.Out.WriteLine($"{found.Code}: {found.Title}");
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(found.Text);
        terminal.Out.Flush();
        return ExitCode.Done;
    }
}
