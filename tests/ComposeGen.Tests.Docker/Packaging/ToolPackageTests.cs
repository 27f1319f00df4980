using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Packaging;

/// <summary>The .NET tool, installed from the packages of the release and from nowhere else.</summary>
[Category(Release.Category)]
public class ToolPackageTests
{
    // Which platform the SDK takes this machine for.
    private const string PlatformVariable = "DOTNET_RUNTIME_ID";

    [TestCase(null, "executable")]
    [TestCase("linux-riscv64", "dotnet", Description = "no native package: the one that takes the .NET runtime")]
    public void It_is_installed_from_the_packages_of_this_platform_or_of_any(string? platform, string kind)
    {
        using var home = Home();
        using var workspace = ReleaseTests.Sample();

        var install = Dotnet(home, platform, "tool", "install", "ComposeGen", "--version", Release.Version, "--tool-path", home.PathOf("bin"));
        Assert.That(install.ExitCode, Is.Zero, install.ToString);
        var version = Run.Program(home.PathOf("bin/composegen"), workspace.Root, "--version");
        var generate = Run.Program(home.PathOf("bin/composegen"), workspace.Root, "generate", "--stdout");

        Assert.That(version.Output, Is.EqualTo($"composegen {Release.Version}\n"), version.ToString);
        Assert.That(generate.Output, Is.EqualTo(Run.Tool(workspace.Root, "generate", "--stdout").Output), generate.ToString);
        var package = $".store/composegen/{Release.Version}/composegen.{(platform is null ? Release.Platform : "any")}";
        Assert.That(Directory.Exists(home.PathOf($"bin/{package}")), install.ToString);
        var settings = Directory.GetFiles(home.PathOf($"bin/{package}"), "DotnetToolSettings.xml", SearchOption.AllDirectories).Single();
        Assert.That(File.ReadAllText(settings), Does.Contain($"Runner=\"{kind}\""));
    }

    [Test]
    public void It_runs_without_being_installed()
    {
        using var home = Home();
        using var workspace = ReleaseTests.Sample();

        var outcome = Dotnet(home, null, "tool", "exec", "ComposeGen", "--version", Release.Version, "--yes", "--", "validate", "-C", workspace.Root);

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        Assert.That(outcome.Output, Does.Contain("no errors: 1 of 1 project selected"));
    }

    [Test]
    public void It_says_what_it_is_and_points_to_every_platform()
    {
        using var scratch = new ScratchWorkspace();
        var package = Path.Combine(Release.Folder, $"ComposeGen.{Release.Version}.nupkg");
        System.IO.Compression.ZipFile.ExtractToDirectory(package, scratch.Root);

        var description = scratch.Read("ComposeGen.nuspec");
        var settings = scratch.Read("tools/any/any/DotnetToolSettings.xml");

        Assert.That(description, Does.Contain("<license type=\"expression\">MIT</license>").And.Contain("<readme>README.md</readme>"));
        Assert.That(description, Does.Contain("<packageType name=\"DotnetTool\" />").And.Contain("<tags>docker ").And.Contain("<description>"));
        Assert.That(scratch.Read("README.md"), Does.Contain("dotnet tool install"));
        Assert.That(settings, Does.Contain("<Command Name=\"composegen\" />"));
        foreach (var platform in (string[])["linux-x64", "linux-arm64", "osx-arm64", "osx-x64", "any"])
        {
            Assert.That(settings, Does.Contain($"RuntimeIdentifier=\"{platform}\" Id=\"ComposeGen.{platform}\""));
        }
    }

    // Packages that were unpacked before would be taken for those of this release.
    private static ScratchWorkspace Home() =>
        new ScratchWorkspace().With(
            "nuget.config",
            $"<configuration><packageSources><clear/><add key=\"release\" value=\"{Release.Folder}\"/></packageSources></configuration>"
        );

    private static Outcome Dotnet(ScratchWorkspace home, string? platform, params string[] arguments) =>
        Run.Program(
            "dotnet",
            home.Root,
            new()
            {
                ["DOTNET_CLI_HOME"] = home.Root,
                ["NUGET_PACKAGES"] = home.PathOf("packages"),
                ["DOTNET_NOLOGO"] = "1",
                [PlatformVariable] = platform,
            },
            arguments
        );
}
