using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Packaging;

/// <summary>What <c>install.sh</c> refuses, and that nothing is installed then.</summary>
[Category(Release.Category)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class InstallRefusalsTests
{
    // All that it calls beside what a test is about.
    private static readonly string[] Needed = ["sh", "uname", "mktemp", "rm", "mkdir", "cp", "mv", "chmod", "cut", "grep", "head", "tar", "gzip", "dirname", "basename"];

    private readonly Releases _releases = new();

    [TearDown]
    public void Remove() => _releases.Dispose();

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
        Refuses(_releases.InstallIn("sh", new() { ["PATH"] = On(system, machine, out var scratch) }), message, scratch);

    [TestCase("Linux", "aarch64", "linux-arm64")]
    [TestCase("Darwin", "arm64", "osx-arm64")]
    [TestCase("Darwin", "x86_64", "osx-x64")]
    public void A_platform_that_this_release_has_no_program_for(string system, string machine, string platform)
    {
        Assume.That(platform, Is.Not.EqualTo(Release.Platform));

        Refuses(_releases.InstallIn("sh", new() { ["PATH"] = On(system, machine, out var scratch) }), $"SHA256SUMS names no program for {platform}", scratch);
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

    [Test]
    public void Without_curl_it_takes_wget_and_without_both_it_says_so()
    {
        using var server = new FileServer(_releases.Folder);
        foreach (var (programs, message) in ((string[], string?)[])[(["sha256sum"], "there is neither curl nor wget"), (["sha256sum", "curl"], null), (["sha256sum", "wget"], null)])
        {
            using var path = new ScratchWorkspace();
            var missing = programs.FirstOrDefault(program => !Programs.Has(program));
            Assert.That(missing, Is.Null, "install curl and wget, of which install.sh takes either");

            var outcome = _releases.InstallIn("sh", new() { ["PATH"] = Programs.PathOfOnly(path, [.. Needed, .. programs]), ["COMPOSEGEN_RELEASES"] = server.Url });

            if (message is not null)
            {
                Refuses(outcome, message);
                continue;
            }

            Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
            Assert.That(outcome.Output, Does.Contain($"downloading {server.Url}/download/"));
            File.Delete(_releases.Program);
        }
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

    private void Refuses(Outcome outcome, string message, ScratchWorkspace? scratch = null)
    {
        scratch?.Dispose();
        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString);
        Assert.That(outcome.Error, Does.Contain($"composegen: error: ").And.Contain(message));
        Assert.That(_releases.Installed, Is.Empty);
    }

    private static string On(string system, string machine, out ScratchWorkspace scratch)
    {
        scratch = new ScratchWorkspace();
        return Programs.PathWith(scratch, "uname", $"#!/bin/sh\ncase $1 in -s) echo {system} ;; *) echo {machine} ;; esac\n");
    }
}
