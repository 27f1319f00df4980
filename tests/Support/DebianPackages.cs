namespace ComposeGen.Tests.Support;

/// <summary>Programs of Debian's that a test needs: installed where they are not there and may be.</summary>
internal static class DebianPackages
{
    /// <summary>Makes sure of a program; the test is left out, saying so, where it cannot be had.</summary>
    /// <param name="program">Looked for on the PATH.</param>
    /// <param name="package">The package that it is in.</param>
    public static void Need(string program, string package)
    {
        if (IsThere(program))
        {
            return;
        }

        if (Environment.UserName != "root" || !IsThere("apt-get"))
        {
            Assert.Ignore($"NOT TESTED, for want of {program}: only root on Debian or Ubuntu may install it here");
        }

        // Other suites install something, too.
        string[] install = ["-o", "DPkg::Lock::Timeout=300", "install", "--yes", "--no-install-recommends", package];
        var outcome = Run.Program("apt-get", "/", install);
        if (outcome.ExitCode != 0)
        {
            Run.Program("apt-get", "/", "update");
            outcome = Run.Program("apt-get", "/", install);
        }

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
    }

    public static bool IsThere(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
