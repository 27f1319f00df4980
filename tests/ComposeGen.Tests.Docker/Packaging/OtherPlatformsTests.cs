using System.Buffers.Binary;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Packaging;

/// <summary>
/// What is made for other platforms than this machine's: that takes minutes, and so a run of <c>./test --long</c>. The program for
/// Linux on arm64 is run, by an emulator of that processor; those for macOS are looked at, since nothing here can run them.
/// </summary>
[Category(Category)]
public class OtherPlatformsTests
{
    public const string Category = "Platforms";

    private const uint MachO = 0xfeedfacf;
    private const uint CodeSignature = 0x1d;

    [OneTimeSetUp]
    public void Makes_them()
    {
        if (Release.Platform != "linux-x64")
        {
            Assert.Ignore("NOT TESTED: programs for other platforms are made on Linux on x64");
        }

        var tools = Run.Program(Repository.PathOf("tests", "cross-tools"), Repository.Root);
        if (tools.ExitCode == 3)
        {
            Assert.Ignore($"NOT TESTED: programs for other platforms: {tools.Error}");
        }

        Assert.That(tools.ExitCode, Is.Zero, tools.ToString);
        _ = Release.Folder;
        _ = Release.Make("cross", "sums");
    }

    [Test]
    public void Linux_on_arm64_is_a_native_program_without_libraries()
    {
        using var scratch = new ScratchWorkspace();
        using var workspace = ReleaseTests.Sample();
        var program = Path.Combine(Release.Unpack(Archive("linux-arm64"), scratch), "composegen");

        Outcome Emulated(params string[] arguments) => Run.Program("qemu-aarch64-static", workspace.Root, [program, .. arguments]);

        Assert.That(Emulated("--version").Output, Is.EqualTo($"composegen {Release.Version}\n"));
        Assert.That(Emulated("generate", "--stdout").Output, Is.EqualTo(Run.Tool(workspace.Root, "generate", "--stdout").Output));
        // e_machine of an ELF file: AArch64.
        Assert.That(File.ReadAllBytes(program)[18], Is.EqualTo(0xb7));
        Assert.That(Run.Program("ldd", scratch.Root, program).ExitCode, Is.Not.Zero);
    }

    [TestCase("osx-arm64", 0x0100000cu)]
    [TestCase("osx-x64", 0x01000007u)]
    public void MacOS_gets_one_signed_program(string platform, uint processor)
    {
        using var scratch = new ScratchWorkspace();
        var folder = Release.Unpack(Archive(platform), scratch);
        var bytes = File.ReadAllBytes(Path.Combine(folder, "composegen"));
        uint At(int place) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(place));

        Assert.That(At(0), Is.EqualTo(MachO));
        Assert.That(At(4), Is.EqualTo(processor));
        var commands = new List<uint>();
        for (var (place, left) = (32, At(16)); left > 0; left--)
        {
            commands.Add(At(place));
            place += (int)At(place + 4);
        }

        Assert.That(commands, Does.Contain(CodeSignature), "macOS on arm64 starts no program that is not signed");
        Assert.That(Directory.GetFiles(folder, "*", SearchOption.AllDirectories), Has.None.EndsWith(".dylib").And.None.EndsWith(".dll"));
    }

    private static string Archive(string platform) => Path.Combine(Release.Folder, $"composegen-{Release.Version}-{platform}.tar.gz");
}
