using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Packaging;

/// <summary>What <c>.ci/release</c> makes.</summary>
[Category(Release.Category)]
public class ReleaseTests
{
    [Test]
    public void The_archive_holds_the_program_with_its_licences_and_the_texts_that_it_prints_of_itself()
    {
        using var scratch = new ScratchWorkspace();
        var folder = Release.Unpack(Release.Archive, scratch);
        var commands = Run.Program(Path.Combine(folder, "composegen"), folder, "--help").Output;

        List<string> expected = ["LICENSE", "THIRD-PARTY-NOTICES", "composegen"];
        if (commands.Contains("\n  completion ", StringComparison.Ordinal))
        {
            expected.AddRange(["completions/_composegen", "completions/composegen.bash", "completions/composegen.fish"]);
        }

        if (commands.Contains("\n  man ", StringComparison.Ordinal))
        {
            expected.Add("man/composegen.1");
        }

        var found = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file));
        Assert.That(Path.GetFileName(folder), Is.EqualTo($"composegen-{Release.Version}-{Release.Platform}"));
        Assert.That(found, Is.EquivalentTo(expected));
        Assert.That(found.Select(file => new FileInfo(Path.Combine(folder, file)).Length), Is.All.Positive);
    }

    [Test]
    public void Every_library_in_the_program_is_named_with_its_licence()
    {
        using var scratch = new ScratchWorkspace();
        var notices = File.ReadAllText(Path.Combine(Release.Unpack(Release.Archive, scratch), "THIRD-PARTY-NOTICES"));
        var libraries = File.ReadAllLines(Repository.PathOf("src", "ComposeGen", "ComposeGen.csproj"))
            .Where(line => line.Contains("<PackageReference ", StringComparison.Ordinal))
            .Select(line => line.Split('"')[1])
            .Where(library => library != "MinVer");

        Assert.That(libraries, Is.Not.Empty.And.All.Matches<string>(library => notices.Contains($"\n{library} ", StringComparison.Ordinal)));
        Assert.That(notices, Does.Contain("Apache License").And.Contain("Microsoft").And.Contain("BSD-2-Clause"));
    }

    [Test]
    [Platform("Linux")]
    public void On_Linux_the_program_takes_no_library_and_no_environment()
    {
        using var scratch = new ScratchWorkspace();
        var program = Path.Combine(Release.Unpack(Release.Archive, scratch), "composegen");
        using var workspace = Sample();

        var libraries = Run.Program("ldd", scratch.Root, program);
        var outcome = Run.Program("env", workspace.Root, "-i", program, "generate");

        Assert.That(libraries.Output + libraries.Error, Does.Contain("not a dynamic executable"));
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        Assert.That(workspace.Read("docker-compose.yml"), Does.Contain("127.0.0.1"));
    }

    [Test]
    public void What_it_generates_does_not_depend_on_how_it_was_built()
    {
        using var scratch = new ScratchWorkspace();
        var program = Path.Combine(Release.Unpack(Release.Archive, scratch), "composegen");
        using var workspace = Sample();

        var released = Run.Program(program, workspace.Root, "generate", "--stdout");
        var built = Run.Tool(workspace.Root, "generate", "--stdout");

        Assert.That(released.ExitCode, Is.Zero, released.ToString);
        Assert.That(released.Output, Is.EqualTo(built.Output).And.Not.Contain(Release.Version));
    }

    [Test]
    public void The_sums_are_those_of_all_files()
    {
        var sums = File.ReadAllLines(Path.Combine(Release.Folder, "SHA256SUMS"));
        var files = Directory.GetFiles(Release.Folder).Select(Path.GetFileName).Where(file => file != "SHA256SUMS");

        Assert.That(sums.Select(line => line[66..]), Is.EquivalentTo(files));
        foreach (var line in sums)
        {
            var bytes = File.ReadAllBytes(Path.Combine(Release.Folder, line[66..]));
            Assert.That(line[..64], Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))), line);
        }
    }

    [Test]
    public void An_unknown_part_is_answered_with_the_parts_that_there_are()
    {
        var outcome = Run.Program(Repository.PathOf(".ci", "release"), Repository.Root, "nativ");

        Assert.That(outcome.ExitCode, Is.EqualTo(2));
        Assert.That(outcome.Error, Does.Contain("native   composegen-VERSION-PLATFORM.tar.gz"));
    }

    internal static ScratchWorkspace Sample() =>
        new ScratchWorkspace()
            .With("which-project", "web\n")
            .With("projects/web/project.yml", "service: {image: i, ports: [80]}\n");
}
