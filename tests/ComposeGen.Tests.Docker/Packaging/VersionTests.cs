using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Packaging;

/// <summary>The version comes from git, and is there where git knows nothing.</summary>
[Category(Release.Category)]
public class VersionTests
{
    [Test]
    public void Sources_without_git_have_a_version_that_says_so_or_the_one_that_a_packager_says()
    {
        using var sources = Sources();

        Assert.That(VersionOf(sources), Is.EqualTo("0.1.0-source"));
        Assert.That(VersionOf(sources, "3.2.1"), Is.EqualTo("3.2.1"));
    }

    [Test]
    public void Sources_that_were_unpacked_in_another_repository_do_not_take_its_tags()
    {
        using var sources = Sources("vendor/");
        Git(sources, "init", "--quiet");
        Commit(sources, "theirs");
        Git(sources, "tag", "v7.0.0");

        Assert.That(VersionOf(sources, folder: "vendor"), Is.EqualTo("0.1.0-source"));
    }

    [Test]
    public void A_clone_has_the_version_of_the_last_tag_and_counts_from_there()
    {
        using var sources = Sources();
        Git(sources, "init", "--quiet");
        Commit(sources, "first");
        Assert.That(VersionOf(sources), Is.EqualTo("0.1.0-alpha.0"), "no tag");

        Git(sources, "tag", "v1.2.3");
        Assert.That(VersionOf(sources), Is.EqualTo("1.2.3"));

        Commit(sources, "second");
        Assert.That(VersionOf(sources), Is.EqualTo("1.2.4-alpha.0.1"));

        using var shallow = new ScratchWorkspace();
        Git(shallow, "clone", "--quiet", "--depth", "1", "--no-tags", new Uri(sources.Root).AbsoluteUri, ".");
        Assert.That(VersionOf(shallow), Is.EqualTo("0.1.0-alpha.0"), "a clone of one commit, without tags");
    }

    // What decides about the version, and the project that has one.
    private static ScratchWorkspace Sources(string into = "")
    {
        var sources = new ScratchWorkspace();
        foreach (var file in (string[])["Directory.Build.props", "Directory.Packages.props", "global.json", "src/ComposeGen/ComposeGen.csproj"])
        {
            sources.With(into + file, File.ReadAllText(Repository.PathOf(file)));
        }

        return sources;
    }

    // Warnings are errors, and those of this target are not the compiler's.
    private static string VersionOf(ScratchWorkspace sources, string? said = null, string folder = ".")
    {
        var outcome = Run.Program(
            "dotnet",
            sources.PathOf(folder),
            new() { ["MinVerVersionOverride"] = said },
            ["msbuild", "src/ComposeGen", "-restore", "-t:MinVer", "-getProperty:PackageVersion", "-warnaserror", "-nologo"]
        );
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        return outcome.Output.Trim();
    }

    private static void Commit(ScratchWorkspace sources, string message)
    {
        sources.With("note", message);
        Git(sources, "add", "--all", ":!*artifacts*");
        Git(sources, "commit", "--quiet", "--message", message);
    }

    private static void Git(ScratchWorkspace sources, params string[] arguments)
    {
        var outcome = Run.Program("git", sources.Root, ["-c", "user.name=t", "-c", "user.email=t@example.org", .. arguments]);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
    }
}
