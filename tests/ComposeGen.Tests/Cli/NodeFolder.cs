using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>A folder of <c>tests/</c> with a script for Node.js and the packages that it takes, ready to run.</summary>
internal static class NodeFolder
{
    /// <summary>Runs a script of the folder with a text on its standard input, and gives what it writes.</summary>
    public static string Run(string folder, string script, string input)
    {
        using var process = Support.Run.Start("node", folder, [], script);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error.GetAwaiter().GetResult());
        return output.GetAwaiter().GetResult();
    }

    /// <summary>Beside what is built: the same versions each time, by the committed lock, fetched once.</summary>
    /// <param name="name">The folder's, below <c>tests/</c>.</param>
    /// <param name="purpose">What is not tested where there is no Node.js.</param>
    public static string Install(string name, string purpose)
    {
        if (!DebianPackages.IsThere("node") || !DebianPackages.IsThere("npm"))
        {
            Assert.Ignore($"NOT TESTED, for want of node and npm: {purpose}");
        }

        var source = Repository.PathOf("tests", name);
        var folder = Repository.PathOf("artifacts", name);
        var isCurrent =
            File.Exists(Path.Combine(folder, "installed"))
            && File.ReadAllText(Path.Combine(folder, "installed")) == File.ReadAllText(Path.Combine(source, "package-lock.json"));
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        if (!isCurrent)
        {
            var install = Support.Run.Program("npm", folder, "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            Assert.That(install.ExitCode, Is.Zero, install.ToString());
            File.Copy(Path.Combine(source, "package-lock.json"), Path.Combine(folder, "installed"), overwrite: true);
        }

        return folder;
    }
}
