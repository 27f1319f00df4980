using System.Runtime.InteropServices;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Packaging;

/// <summary>A release of this machine's platform, made once for all tests by <c>.ci/release</c>.</summary>
internal static class Release
{
    /// <summary>The category of tests that take it: they run beside those of the engine.</summary>
    public const string Category = "Packaging";

    private static readonly Lazy<string> Made = new(() => Make("native", "tool", "sums"));

    /// <summary>The folder with all that was made.</summary>
    public static string Folder => Made.Value;

    /// <summary>The tool's, which the release has too: its compiled code is used again.</summary>
    public static string Version { get; } = Run.Tool(Repository.Root, "--version").Output.Trim().Split(' ')[1];

    public static string Platform { get; } =
        $"{(OperatingSystem.IsMacOS() ? "osx" : "linux")}-{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";

    public static string ArchiveName => $"composegen-{Version}-{Platform}.tar.gz";

    public static string Archive => Path.Combine(Folder, ArchiveName);

    /// <summary>Runs <c>.ci/release</c>, which has to succeed, and says into which folder.</summary>
    public static string Make(params string[] arguments)
    {
        var folder = Repository.PathOf("artifacts", "release-test");
        var outcome = Run.Program(
            Repository.PathOf(".ci", "release"),
            Repository.Root,
            new() { ["MinVerVersionOverride"] = Version },
            ["--out", folder, .. arguments]
        );
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        return folder;
    }

    /// <summary>Unpacks an archive and says where its one folder is.</summary>
    public static string Unpack(string archive, ScratchWorkspace into)
    {
        var outcome = Run.Program("tar", into.Root, "-xzf", archive);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        return Directory.GetDirectories(into.Root).Single();
    }
}
