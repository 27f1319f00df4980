namespace ComposeGen.Tests.Cli;

/// <summary>Programs of this machine.</summary>
internal static class Programs
{
    public static bool AreThere(params string[] programs) =>
        programs.All(program => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program))));
}
