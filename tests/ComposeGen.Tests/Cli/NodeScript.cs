using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>A script of Node.js in a folder below tests/, with the packages of its committed lock.</summary>
internal static class NodeScript
{
    private static readonly Dictionary<string, string> Installed = new(StringComparer.Ordinal);

    /// <summary>What a script prints.</summary>
    /// <param name="folder">Its folder's name.</param>
    /// <param name="script">Its own.</param>
    /// <param name="input">What it reads.</param>
    public static string Run(string folder, string script, string input)
    {
        string place;
        lock (Installed)
        {
            place = Installed.TryGetValue(folder, out var there) ? there : Installed[folder] = Install(folder);
        }

        using var process = Support.Run.Start("node", place, [], script);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error.GetAwaiter().GetResult());
        return output.GetAwaiter().GetResult();
    }

    // Beside what is built: the same versions each time, by the committed lock, fetched once.
    private static string Install(string name)
    {
        if (!IsThere("node") || !IsThere("npm"))
        {
            Assert.Ignore($"NOT TESTED, for want of node and npm: what {name} says");
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
            var install = Support.Run.Program("npm", folder, "ci", "--no-audit", "--no-fund");
            Assert.That(install.ExitCode, Is.Zero, install.ToString());
            File.Copy(Path.Combine(source, "package-lock.json"), Path.Combine(folder, "installed"), overwrite: true);
        }

        return folder;
    }

    private static bool IsThere(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
