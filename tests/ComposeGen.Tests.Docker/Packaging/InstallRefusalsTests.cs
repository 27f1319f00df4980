using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Packaging;

/// <summary>What <c>install.sh</c> refuses, and that nothing is installed then.</summary>
[Category(Release.Category)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InstallRefusalsTests : IDisposable
{
    // All that it calls beside what a test is about.
    private static readonly string[] Needed = ["sh", "uname", "mktemp", "rm", "mkdir", "cp", "mv", "chmod", "cut", "grep", "head", "tar", "gzip", "dirname", "basename"];

    private readonly Releases _releases = new();

    public void Dispose() => _releases.Dispose();

    [Test]
    public void An_archive_that_was_altered()
    {
        _releases.Alter(bytes => bytes[^1000] ^= 1);

        Refuses(_releases.Install(), "is not what SHA256SUMS says, and nothing was installed");
    }

    [Test]
    public void Sums_that_were_altered()
    {
        _releases.Sums = _releases.Sums.Replace(Releases.SumOf(Release.Archive), new string('0', 64), StringComparison.Ordinal);

        Refuses(_releases.Install(), "is not what SHA256SUMS says, and nothing was installed");
    }

    [TestCase("")]
    [TestCase("<html>Sign in</html>\n")]
    [TestCase("abc  ARCHIVE\n")]
    [TestCase("SUM  ../ARCHIVE\n")]
    [TestCase("SUM  ARCHIVE.exe\n")]
    public void Sums_that_do_not_name_the_archive(string sums)
    {
        _releases.Sums = sums
            .Replace("SUM", Releases.SumOf(Release.Archive), StringComparison.Ordinal)
            .Replace("ARCHIVE", Release.ArchiveName, StringComparison.Ordinal);

        Refuses(_releases.Install(), $"SHA256SUMS names no program for {Release.Platform}");
    }

    [TestCase("FreeBSD", "amd64", "there is no ComposeGen for FreeBSD on amd64")]
    [TestCase("Linux", "i686", "there is no ComposeGen for Linux on i686")]
    [TestCase("Linux", "riscv64", "there is no ComposeGen for Linux on riscv64")]
    [TestCase("MINGW64_NT-10.0", "x86_64", "on Windows, ComposeGen runs in WSL 2")]
    public void A_platform_that_there_is_no_program_for(string system, string machine, string message) =>
        Refuses(InstallOn(system, machine), message);

    [TestCase("Linux", "aarch64", "linux-arm64")]
    [TestCase("Darwin", "arm64", "osx-arm64")]
    [TestCase("Darwin", "x86_64", "osx-x64")]
    public void A_platform_that_this_release_has_no_program_for(string system, string machine, string platform)
    {
        _releases.Sums = _releases.Sums.Replace(Release.Platform, "haiku-x64", StringComparison.Ordinal);

        Refuses(InstallOn(system, machine), $"SHA256SUMS names no program for {platform}");
    }

    [Test]
    public void A_release_that_is_another_than_was_asked_for()
    {
        File.CreateSymbolicLink(Path.Combine(_releases.Folder, "download/v0.0.1"), Path.Combine(_releases.Folder, "latest/download"));

        Refuses(_releases.Install("--version", "0.0.1"), $"is not the release 0.0.1, but {Release.Version}");
    }

    [Test]
    public void Wrong_arguments([Values("--vresion", "--to", "--version")] string option) =>
        Refuses(_releases.Install(option), option == "--vresion" ? "there is no option --vresion" : $"{option} takes a value");

    [TestCase("curl")]
    [TestCase("wget")]
    public void Not_what_curl_alone_or_wget_alone_downloads(string program)
    {
        Assert.That(Programs.Has(program), "install curl and wget, of which install.sh takes either");
        using var path = new ScratchWorkspace();
        using var server = new FileServer(_releases.Folder);

        var outcome = _releases.InstallIn(
            "sh",
            new() { ["PATH"] = Programs.PathOfOnly(path, [.. Needed, "sha256sum", program]), ["COMPOSEGEN_RELEASES"] = server.Url }
        );

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        Assert.That(outcome.Output, Does.Contain($"downloading {server.Url}/download/"));
        Assert.That(_releases.Installed, Does.Contain(".local/bin/composegen"));
    }

    [Test]
    public void A_machine_with_neither_curl_nor_wget()
    {
        using var path = new ScratchWorkspace();
        using var server = new FileServer(_releases.Folder);

        Refuses(
            _releases.InstallIn("sh", new() { ["PATH"] = Programs.PathOfOnly(path, Needed), ["COMPOSEGEN_RELEASES"] = server.Url }),
            "there is neither curl nor wget"
        );
    }

    [Test]
    public void A_release_that_is_not_on_the_server()
    {
        using var server = new FileServer(_releases.Folder);

        Refuses(_releases.InstallIn("sh", new() { ["COMPOSEGEN_RELEASES"] = $"{server.Url}/elsewhere" }), "there is no release at");
    }

    [Test]
    public void Without_sha256sum_it_takes_shasum_and_without_both_it_installs_nothing()
    {
        using var none = new ScratchWorkspace();
        using var other = new ScratchWorkspace();
        var path = Programs.PathOfOnly(none, Needed);
        var shasum = $"#!/bin/sh\n[ \"$1$2\" = -a256 ] && exec {(Programs.Has("sha256sum") ? Programs.PathTo("sha256sum") : "/usr/bin/shasum -a 256")}\n";
        Programs.PathWith(other, "shasum", shasum);

        Refuses(_releases.InstallIn("sh", new() { ["PATH"] = path }), "there is neither sha256sum nor shasum");
        Assert.That(_releases.InstallIn("sh", new() { ["PATH"] = $"{path}:{other.Root}" }).ExitCode, Is.Zero);
    }

    [Test]
    public void A_script_that_was_cut_off_on_its_way()
    {
        var script = File.ReadAllText(Repository.PathOf("install.sh")).TrimEnd('\n');
        var ends = Enumerable.Range(1, 19).Select(part => script.Length * part / 20).Concat(Enumerable.Range(script.Length - 14, 14));

        foreach (var end in ends)
        {
            var outcome = _releases.Pipe(script[..end]);

            Assert.That(outcome.Output, Is.Empty, $"cut after {end} of {script.Length}: {outcome}");
            Assert.That(_releases.Installed, Is.Empty);
        }

        Assert.That(_releases.Pipe(script).ExitCode, Is.Zero, "whole");
        Assert.That(_releases.Installed, Is.Not.Empty);
    }

    private void Refuses(Outcome outcome, string message)
    {
        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString);
        Assert.That(outcome.Error, Does.Contain($"composegen: error: ").And.Contain(message));
        Assert.That(_releases.Installed, Is.Empty);
    }

    private Outcome InstallOn(string system, string machine)
    {
        using var programs = new ScratchWorkspace();
        var path = Programs.PathWith(programs, "uname", $"#!/bin/sh\ncase $1 in -s) echo {system} ;; *) echo {machine} ;; esac\n");
        return _releases.InstallIn("sh", new() { ["PATH"] = path });
    }
}
