using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Sharing;

/// <summary>A workspace is packed here, and started on an engine that has never heard of it and reaches no network.</summary>
public class PackTests : EngineFixture
{
    private const string Secret = "the-key-of-the-site";
    private const string FromEnvironment = "a-greeting-for-few";
    private const string FromFile = "a-colour-for-few";

    // Answers with all that it was given: a page, a variable, one of an env_file, a secret, and what is in its volume.
    private const string Server = """
        use IO::Socket::INET;
        my $server = IO::Socket::INET->new(LocalPort => 8000, Listen => 5, ReuseAddr => 1) or die;
        sub text { local (@ARGV, $/) = @_; my $text = <>; $text }
        while (my $client = $server->accept) {
          while (my $line = <$client>) { last if $line =~ /^\r?$/ }
          my $body = join '|', text('/pages/index'), $ENV{GREETING}, $ENV{COLOUR}, text('/run/secrets/key'), (-e '/data/kept' ? text('/data/kept') . (stat '/data/kept')[4] : 'none');
          print $client "HTTP/1.0 200 OK\r\nContent-Length: " . length($body) . "\r\n\r\n$body";
          close $client;
        }
        """;

    private SecondEngine _lab = null!;
    private Namespace _network = null!;
    private Stack _stack = null!;
    private string _folder = null!;
    private string _home = null!;
    private string _whole = null!;
    private string _public = null!;
    private int _running;

    [OneTimeSetUp]
    public void Packs_a_workspace_and_starts_another_engine()
    {
        if (Environment.UserName != "root" || !Programs.Has("unshare") || !Programs.Has("ip"))
        {
            Assert.Ignore("NOT TESTED: only root, with unshare and ip, can start another engine");
        }

        _lab = new SecondEngine(megabytes: 600);
        _network = new Namespace(_lab.ProcessId);
        _home = Directory.CreateTempSubdirectory("composegen-test-").FullName;
        _stack = Workspace();
        _stack.Do("up", "--detach");
        _stack.Exec("site-web", "sh", "-c", "printf kept >/data/kept && chown 1234 /data/kept");
        _whole = Pack("whole.tar.gz", "--with-volumes", "--with-env");
        _public = Pack("public.tar.gz");
        _running = _stack.Running.Length;
        // The two engines are of one machine, where its ports are looked at.
        _stack.Do("down");
    }

    [OneTimeTearDown]
    public void Stops_it()
    {
        _network?.Dispose();
        _lab?.Dispose();
        _stack?.Dispose();
        if (_home is not null)
        {
            Directory.Delete(_home, recursive: true);
        }
    }

    [SetUp]
    public void Makes_a_folder() => _folder = Directory.CreateTempSubdirectory("composegen-test-").FullName;

    private static Stack Workspace() =>
        new Stack("pack")
            .With("which-project", "site\nnews\n")
            .With("projects/site/Dockerfile", "FROM debian:bookworm-slim\nCOPY serve.pl /\nCMD [\"perl\", \"/serve.pl\"]\n")
            .With("projects/site/serve.pl", Server)
            .With("projects/site/pages/index", "a page")
            .With("projects/site/key.txt", Secret)
            .With("projects/site/site.env", $"COLOUR={FromFile}\n")
            .With("projects/site/.env", $"GREETING={FromEnvironment}\n")
            .With(
                "projects/site/project.yml",
                """
                services:
                  web:
                    build: .
                    init: true
                    ports: [8000]
                    environment: {GREETING: "${GREETING:?what to say}"}
                    env_file: [site.env]
                    secrets: [key]
                    volumes: ["./pages:/pages:ro", "data:/data"]
                  worker: {build: ., init: true, command: [sleep, infinity]}
                secrets: {key: {file: ./key.txt}}
                volumes: {data: {}}

                """
            )
            .With("projects/news/Dockerfile", "FROM debian:bookworm-slim\nRUN echo news >/news\nCMD [\"sleep\", \"infinity\"]\n")
            .With("projects/news/project.yml", "service: {build: ., init: true}\n");

    [TearDown]
    public void Removes_everything()
    {
        foreach (var project in Lab("ps", "--all", "--quiet").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Lab("rm", "--force", project);
        }

        Lab("system", "prune", "--all", "--force", "--volumes");
        Lab("volume", "prune", "--all", "--force");
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Two_commands_of_the_readme_start_it_without_the_tool()
    {
        Run.Program("tar", _folder, "-xf", _whole);
        var place = Path.Combine(_folder, _stack.Name);
        var commands = File.ReadLines(Path.Combine(place, "README.md")).TakeWhile(line => !line.StartsWith("## What runs", StringComparison.Ordinal)).Where(line => line.StartsWith("    ", StringComparison.Ordinal)).ToList();

        Assert.That(commands, Has.Count.EqualTo(2));
        foreach (var command in commands)
        {
            var outcome = OnLab("sh", place, "-c", command);
            Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        }

        Assert.That(_network.GetEventually("http://127.0.0.1:8000/"), Is.EqualTo($"a page|{FromEnvironment}|{FromFile}|{Secret}|kept1234"));
        Assert.That(Run.Program("sha256sum", place, "--check", "--quiet", "SHA256SUMS").ExitCode, Is.Zero);
    }

    [Test]
    public void Unpack_starts_it()
    {
        var outcome = OnLab(Repository.Script, _folder, "unpack", _whole);

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        Assert.That(outcome.Output, Does.Match("(?m)^site-web +http://127.0.0.1:8000$"));
        Assert.That(_network.GetEventually("http://127.0.0.1:8000/"), Is.EqualTo($"a page|{FromEnvironment}|{FromFile}|{Secret}|kept1234"));
        Assert.That(OnLab(Repository.Script, _folder, "-C", _stack.Name, "down").ExitCode, Is.Zero);
        Assert.That(Lab("ps", "--all", "--quiet").Output, Is.Empty);
    }

    [Test]
    public void Without_being_told_to_nothing_secret_goes_along_and_what_is_missing_is_asked_for()
    {
        var text = Encoding.Latin1.GetString(Plain(_public));
        Assert.That(text, Does.Not.Contain(Secret).And.Not.Contain(FromEnvironment).And.Not.Contain(FromFile));
        Assert.That(text, Does.Contain("\nSITE_GREETING=\nSITE_WEB_FILE_COLOUR=\n"));

        var refused = OnLab(Repository.Script, _folder, "unpack", _public);
        Assert.That(refused.ExitCode, Is.EqualTo(1), refused.ToString);
        Assert.That(refused.Error, Does.Contain("`SITE_GREETING`, `SITE_WEB_FILE_COLOUR` have to be set").And.Contain("projects/site/key.txt has to be there"));
        Assert.That(Lab("ps", "--all", "--quiet").Output, Is.Empty);

        var place = Path.Combine(_folder, _stack.Name);
        File.WriteAllText(Path.Combine(place, ".env"), "SITE_GREETING=hi\nSITE_WEB_FILE_COLOUR=blue\n");
        File.WriteAllText(Path.Combine(place, "projects/site/key.txt"), "mine");
        var started = OnLab("docker", _folder, "compose", "--project-directory", place, "up", "--detach");
        Assert.That(started.ExitCode, Is.Zero, started.ToString);
        Assert.That(_network.GetEventually("http://127.0.0.1:8000/"), Is.EqualTo("a page|hi|blue|mine|none"));
    }

    [Test]
    public void What_images_share_is_stored_once()
    {
        var size = long.Parse(Engine.Docker("image", "inspect", "--format", "{{.Size}}", "debian:bookworm-slim"), System.Globalization.CultureInfo.InvariantCulture);

        Assert.That(Plain(_public).LongLength, Is.LessThan(size * 3 / 2), "two images of one base");
    }

    [Test]
    public void Of_a_broken_or_altered_archive_nothing_is_loaded()
    {
        var bytes = Plain(_public);
        var images = Lab("image", "ls", "--quiet").Output;
        var at = Encoding.Latin1.GetString(bytes).IndexOf("infinity", StringComparison.Ordinal);
        bytes[at] = (byte)'X';
        File.WriteAllBytes(Path.Combine(_folder, "altered.tar"), bytes);
        File.WriteAllBytes(Path.Combine(_folder, "cut.tar.gz"), File.ReadAllBytes(_public)[..^1000]);

        foreach (var file in (string[])["altered.tar", "cut.tar.gz"])
        {
            var outcome = OnLab(Repository.Script, _folder, "unpack", file);
            Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString);
            Assert.That(outcome.Error, Does.Contain("error CG0908").And.Contain(file));
        }

        Assert.That(Lab("image", "ls", "--quiet").Output, Is.EqualTo(images));
        Assert.That(Directory.GetFileSystemEntries(_folder), Has.Length.EqualTo(2), "nothing is left of what was refused");
    }

    [Test]
    public void Pack_leaves_nothing_behind_on_this_engine()
    {
        Assert.That(Engine.Docker("image", "ls", "--format", "{{.Repository}}"), Does.Not.Contain("-packed/"));
        Assert.That(Engine.Docker("ps", "--all", "--format", "{{.Image}}"), Does.Not.Contain("-packed/"));
        Assert.That(_running, Is.EqualTo(3), "containers that stood still run on");
        Assert.That(Directory.GetFileSystemEntries(_home).Select(Path.GetFileName), Is.EquivalentTo(new[] { "whole.tar.gz", "public.tar.gz" }));
    }

    [Test]
    public void Images_of_other_platforms_go_along_and_those_of_this_machine_stay()
    {
        using var stack = new Stack("platforms")
            .With("which-project", "tiny\n")
            .With("projects/tiny/file", "x")
            .With("projects/tiny/Dockerfile", "FROM scratch\nARG TARGETARCH\nCOPY file /$TARGETARCH\nCMD [\"/x\"]\n")
            .With("projects/tiny/project.yml", "service: {build: .}\n");
        stack.Do("generate");
        Assert.That(stack.Compose("build").ExitCode, Is.Zero);
        var image = $"{stack.Name}-tiny";
        var before = Engine.Docker("image", "inspect", "--format", "{{.Id}}", image);
        var archive = Path.Combine(_folder, "tiny.tar");

        stack.Do("pack", "-o", archive, "--platform", "linux/arm64,linux/s390x", "--name", "tiny");

        Run.Program("tar", _folder, "-xf", archive);
        foreach (var platform in (string[])["arm64", "s390x"])
        {
            Assert.That(Architecture(Path.Combine(_folder, "tiny", $"images-linux-{platform}.tar")), Is.EqualTo(platform));
        }

        Assert.That(Engine.Docker("image", "inspect", "--format", "{{.Id}}", image), Is.EqualTo(before));
    }

    // What the configuration of the one image in a file of docker's says (OCI Image Specification, chapter Image Configuration).
    private static string Architecture(string file)
    {
        using var manifest = JsonDocument.Parse(Entry(file, "manifest.json"));
        using var configuration = JsonDocument.Parse(Entry(file, manifest.RootElement[0].GetProperty("Config").GetString()!));
        return configuration.RootElement.GetProperty("architecture").GetString()!;
    }

    private static string Entry(string file, string name)
    {
        var outcome = Run.Program("tar", "/", "-xOf", file, name);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        return outcome.Output;
    }

    private string Pack(string name, params string[] options)
    {
        var archive = Path.Combine(_home, name);
        _stack.Do(["pack", "-o", archive, .. options]);
        return archive;
    }

    private static byte[] Plain(string archive)
    {
        using var memory = new MemoryStream();
        using var stream = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private Outcome Lab(params string[] arguments) => OnLab("docker", _folder, arguments);

    private Outcome OnLab(string program, string folder, params string[] arguments) =>
        Run.Program(program, folder, new Dictionary<string, string?> { ["DOCKER_HOST"] = _lab.Host }, arguments);
}
