using ComposeGen.Cli;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Start;

/// <summary>The tool in this process.</summary>
internal static class InProcess
{
    public static Outcome Tool(string root, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = Program.Run([.. arguments, "-C", root], new Terminal(output, error, HasColor: false)).GetAwaiter().GetResult();
        return new Outcome(code, output.ToString(), error.ToString());
    }
}
