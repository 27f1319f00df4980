using System.Text.Json;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>The YAML language server, whose validator is that of VS Code and most other editors. It runs on Node.js.</summary>
internal static class LanguageServer
{
    private static readonly Lazy<string> Folder = new(Install);

    /// <summary>What it says of each text, by a schema.</summary>
    public static IReadOnlyList<string[]> Messages(string schema, IEnumerable<string> texts)
    {
        using var process = Run.Start("node", Folder.Value, [], "validate.js");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(JsonSerializer.Serialize(texts.Select(text => new { schema, text })));
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error.GetAwaiter().GetResult());
        return JsonSerializer.Deserialize<string[][]>(output.GetAwaiter().GetResult())!;
    }

    // Beside what is built: the same versions each time, by the committed lock, fetched once.
    private static string Install()
    {
        if (!IsThere("node") || !IsThere("npm"))
        {
            Assert.Ignore("NOT TESTED, for want of node and npm: what editors say by the schemas");
        }

        var source = Repository.PathOf("tests", "yaml-language-server");
        var folder = Repository.PathOf("artifacts", "yaml-language-server");
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
            var install = Run.Program("npm", folder, "ci", "--no-audit", "--no-fund");
            Assert.That(install.ExitCode, Is.Zero, install.ToString());
            File.Copy(Path.Combine(source, "package-lock.json"), Path.Combine(folder, "installed"), overwrite: true);
        }

        return folder;
    }

    private static bool IsThere(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
