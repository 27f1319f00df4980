using System.Formats.Tar;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using ComposeGen.Diagnostics;
using ComposeGen.Output;

namespace ComposeGen.Tests.Output;

/// <summary>The archive of <c>pack</c>, and what is refused in its place.</summary>
[UnsupportedOSPlatform("windows")]
public class PackTests
{
    private string _folder = null!;

    [SetUp]
    public void Makes_a_folder() => _folder = Directory.CreateTempSubdirectory("composegen-test-").FullName;

    [TearDown]
    public void Removes_it() => Directory.Delete(_folder, recursive: true);

    [TestCase("a.tar")]
    [TestCase("a.tar.gz")]
    [TestCase("a.tgz")]
    public void What_was_packed_is_unpacked(string name)
    {
        File.WriteAllText(Of("run"), "#!/bin/sh\n");
        File.SetUnixFileMode(Of("run"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var checksum = Write(
            name,
            archive =>
            {
                archive.Add("README.md", "read me");
                archive.AddFolder("projects/empty");
                archive.AddFile("projects/shop/run", Of("run"), _ => { });
            }
        );

        var read = 0L;
        var unpacked = PackReader.Extract(Of(name), Into(), count => read += count, CancellationToken.None);

        Assert.That(unpacked.Name, Is.EqualTo("shop"));
        Assert.That(unpacked.Files, Is.EquivalentTo(new[] { "README.md", "projects/shop/run" }));
        Assert.That(unpacked.Checksum, Is.EqualTo(checksum));
        Assert.That(File.ReadAllText(Of("into/README.md")), Is.EqualTo("read me"));
        Assert.That(File.GetUnixFileMode(Of("into/projects/shop/run")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserExecute));
        Assert.That(Directory.Exists(Of("into/projects/empty")));
        Assert.That(read, Is.EqualTo(new FileInfo(Of(name)).Length), "progress comes to the whole");
        Assert.That(PackReader.Name(Of(name)), Is.EqualTo("shop"));
    }

    [Test]
    public void A_secret_is_for_its_owner_alone()
    {
        Write("a.tar", archive => archive.Add(".env", "KEY='x'\n", isSecret: true));
        PackReader.Extract(Of("a.tar"), Into(), _ => { }, CancellationToken.None);

        Assert.That(File.GetUnixFileMode(Of("into/.env")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void An_archive_that_is_not_finished_is_not_there_and_the_old_one_stays()
    {
        File.WriteAllText(Of("a.tar"), "old");
        using (var archive = new PackWriter(Of("a.tar"), "shop"))
        {
            archive.Add("README.md", "read me");
        }

        Assert.That(File.ReadAllText(Of("a.tar")), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void One_that_ends_too_early_is_refused_wherever_it_ends([Values("a.tar", "a.tar.gz")] string name)
    {
        Write(name, archive => archive.Add("README.md", string.Concat(Enumerable.Range(0, 1000))));
        var whole = File.ReadAllBytes(Of(name));
        // What stands at the end of either is needed by nobody: blocks of zeros, a checksum of what has one already.
        var last = name == "a.tar" ? whole.Length - (3 * 512) : whole.Length - 64;
        foreach (var length in Enumerable.Range(0, 20).Select(i => last * i / 19))
        {
            File.WriteAllBytes(Of(name), whole[..length]);
            Assert.That(Refused(name).Message, Does.Contain("broken, or was altered"), $"{length} of {whole.Length} bytes");
        }
    }

    [Test]
    public void Every_bit_of_what_was_packed_counts()
    {
        Write("a.tar", archive => archive.Add("README.md", "read me"));
        var whole = File.ReadAllBytes(Of("a.tar"));
        var at = Encoding.Latin1.GetString(whole).IndexOf("read me", StringComparison.Ordinal);
        foreach (var bit in Enumerable.Range(0, 7 * 8))
        {
            var bytes = (byte[])whole.Clone();
            bytes[at + (bit / 8)] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(Of("a.tar"), bytes);
            Assert.That(Refused("a.tar").Message, Does.EndWith("`README.md` in it is not what was packed"));
        }
    }

    [TestCase("shop/../../out", TestName = "A path that leads out is refused")]
    [TestCase("/etc/out", TestName = "An absolute path is refused")]
    [TestCase("other/out", TestName = "A second folder is refused")]
    [TestCase("shop/a\\b", TestName = "A path of another system is refused")]
    public void A_path_that_is_none_of_an_archive_is_refused(string path)
    {
        Tar(Entry("shop/README.md", "read me"), Entry(path, "x"));

        Assert.That(Refused("a.tar").Message, Does.Contain("which no archive of composegen's does"));
        Assert.That(Directory.GetFiles(_folder, "out", SearchOption.AllDirectories), Is.Empty);
    }

    [TestCase(TarEntryType.SymbolicLink)]
    [TestCase(TarEntryType.HardLink)]
    public void A_link_is_refused(TarEntryType kind)
    {
        Tar(Entry("shop/README.md", "read me"), new PaxTarEntry(kind, "shop/link") { LinkName = "shop/README.md" });

        Assert.That(Refused("a.tar").Message, Does.Contain("`shop/link`"));
    }

    [Test]
    public void What_the_checksums_do_not_name_is_refused_and_what_they_name_has_to_be_there()
    {
        Tar(Entry("shop/README.md", "read me"), Entry("shop/more", "x"), Entry("shop/SHA256SUMS", Sum("README.md", "read me")));
        Assert.That(Refused("a.tar").Message, Does.EndWith("`more` in it was not packed with the rest"));

        Tar(Entry("shop/README.md", "read me"), Entry("shop/SHA256SUMS", Sum("README.md", "read me") + Sum("more", "x")));
        Assert.That(Refused("a.tar").Message, Does.EndWith("it lacks `more`"));

        Tar(Entry("shop/README.md", "read me"), Entry("shop/README.md", "read me"), Entry("shop/SHA256SUMS", Sum("README.md", "read me")));
        Assert.That(Refused("a.tar").Message, Does.EndWith("it holds `README.md` twice"));

        Tar(Entry("shop/README.md", "read me"));
        Assert.That(Refused("a.tar").Message, Does.Contain("it has no SHA256SUMS"));
    }

    private static string Sum(string file, string text) => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}  {file}\n";

    private static PaxTarEntry Entry(string path, string text) => new(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    private void Tar(params PaxTarEntry[] entries)
    {
        using var tar = new TarWriter(File.Create(Of("a.tar")));
        Array.ForEach(entries, tar.WriteEntry);
    }

    private string Write(string name, Action<PackWriter> fill)
    {
        using var archive = new PackWriter(Of(name), "shop");
        fill(archive);
        return archive.Finish();
    }

    private DiagnosticException Refused(string name) =>
        Assert.Throws<DiagnosticException>(() => PackReader.Extract(Of(name), Into(), _ => { }, CancellationToken.None))!;

    private string Into()
    {
        if (Directory.Exists(Of("into")))
        {
            Directory.Delete(Of("into"), recursive: true);
        }

        return Directory.CreateDirectory(Of("into")).FullName;
    }

    private string Of(string name) => Path.Combine(_folder, name);
}
