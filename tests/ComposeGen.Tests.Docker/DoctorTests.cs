using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>What doctor finds on machines that really are as it says. See <c>BareDebianTests</c> for what it mends.</summary>
public class DoctorTests : EngineFixture
{
    [Test]
    public void Where_nothing_is_wrong_nothing_is_said_to_be()
    {
        using var stack = new Stack("doctor-fine").WithProject("web", $"service: {{{Stack.Sleeper}, ports: [80], volumes: [\"./site:/site\"]}}");
        stack.Do("generate");

        var found = Examine(stack.Root, [], 0);

        string[] well = ["docker", "context", "engine", "access", "compose", "buildx", "disk", "addresses", "workspace", "generated", "mounts", "ports"];
        Assert.That(well.Select(id => $"{id}: {found[id].State}, {found[id].Said}"), Is.All.Contains(": ok"));
        Assert.That(found["clock"].State, Is.Not.EqualTo("problem"));
        Assert.That(stack.Tool("doctor").Output, Does.Contain("0 problems").And.Contain("nothing here would stop `composegen up`"));
    }

    [Test]
    public void A_busy_port_is_a_problem_that_says_who_has_it()
    {
        using var stack = new Stack("doctor-port").WithProject("web", $"service: {{{Stack.Sleeper}, ports: [{{target: 80, published: 29620, x-fixed: true}}]}}");
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 29620);
        listener.Start();

        var ports = Examine(stack.Root, [], 1)["ports"];

        Assert.That(ports.State, Is.EqualTo("problem"));
        Assert.That(ports.Said, Does.Contain("host port 29620 of web:web is held by process " + Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        Assert.That(ports.Mend, Does.Contain("composegen up --remap"));
    }

    [Test]
    public void A_registry_that_does_not_answer_is_a_warning_while_every_image_is_here()
    {
        using var stack = new Stack("doctor-registry").WithDockerfile("app", "FROM debian:bookworm-slim\n");
        var here = Examine(stack.Root, [], 0)["registry"];
        stack.WithDockerfile("far", "FROM 127.0.0.1:9/no/such:1\n");
        var far = Examine(stack.Root, [], 1)["registry"];

        Assert.That(here.State, Is.AnyOf("ok", "warning"), here.Said);
        Assert.That(far.State, Is.EqualTo("problem"));
        Assert.That(far.Said, Does.Contain("127.0.0.1:9").And.Contain("connection refused").And.Contain("127.0.0.1:9/no/such:1 is not on this machine"));
    }

    [Test]
    public void A_disk_that_is_nearly_full_is_not_cleared()
    {
        RequireRoot();
        using var engine = new SecondEngine(megabytes: 64);
        using var nowhere = new ScratchWorkspace();

        var disk = Examine(nowhere.Root, new() { ["DOCKER_HOST"] = engine.Host }, 1)["disk"];

        Assert.That(disk.State, Is.EqualTo("problem"), disk.Said);
        Assert.That(disk.Said, Does.Match(@"^\d+ MB left for images and volumes, in /"));
        Assert.That(disk.Mend, Does.StartWith("docker builder prune, which frees 0B"));
    }

    [Test]
    public void A_VPN_that_takes_docker_s_addresses_is_seen()
    {
        RequireRoot();
        // The network of this engine is its own, and so are the routes.
        using var engine = new SecondEngine(megabytes: 64);
        using var nowhere = new ScratchWorkspace();
        Inside(engine, "ip", "link", "add", "vpn0", "type", "veth", "peer", "name", "vpn1");
        Inside(engine, "ip", "link", "set", "vpn1", "up");
        Inside(engine, "ip", "link", "set", "vpn0", "up");
        var before = Addresses();
        Inside(engine, "ip", "route", "add", "172.17.0.0/17", "dev", "vpn0");
        var met = Addresses();
        Inside(engine, "ip", "route", "del", "172.17.0.0/17");
        Inside(engine, "ip", "route", "add", "172.16.0.0/12", "dev", "vpn0");
        Inside(engine, "ip", "route", "add", "192.168.0.0/16", "dev", "vpn0");
        var all = Addresses();
        var none = Engine.Try("--host", engine.Host, "network", "create", "probe");

        Assert.That(before.State, Is.EqualTo("ok"), before.Said);
        Assert.That(met.State, Is.EqualTo("warning"), met.Said);
        Assert.That(met.Said, Does.Contain("172.17.0.0/17, through vpn0, meets Docker's network 172.17.0.0/16"));
        // What doctor calls a problem really is one.
        Assert.That(all.State, Is.EqualTo("problem"), all.Said);
        Assert.That(none.ExitCode, Is.Not.Zero, none.ToString);

        Verdict Addresses() => Parse(Run.Program("nsenter", nowhere.Root, new Dictionary<string, string?> { ["DOCKER_HOST"] = engine.Host }, [.. Enter(engine), Repository.Script, "doctor", "-o", "json"]))["addresses"];
    }

    [Test]
    public void A_user_who_may_not_speak_to_the_engine_is_told()
    {
        RequireRoot();
        using var programs = new ScratchWorkspace();
        using var nowhere = new ScratchWorkspace();
        var path = Programs.PathWith(
            programs,
            "docker",
            $"#!/bin/sh\nexport HOME=/nonexistent DOCKER_CONTEXT=\nexec setpriv --reuid=65534 --regid=65534 --clear-groups '{Programs.PathTo("docker")}' \"$@\"\n"
        );

        var found = Examine(nowhere.Root, new() { ["PATH"] = path }, 3);

        Assert.That((found["access"].State, found["engine"].State), Is.EqualTo(("problem", "unknown")));
        Assert.That(found["access"].Said, Does.Contain("permission denied"));
    }

    // The engine answers, but is another than it says: what it says is changed on the way.
    [TestCase("SystemTime", "2001-01-01T00:00:00Z", "clock", "warning", "the engine's clock is ")]
    [TestCase("SecurityOptions", "name=rootless", "rootless", "ok", "the engine runs without root")]
    [TestCase("SecurityOptions", "name=selinux", "selinux", "warning", "has no label that containers may read")]
    [TestCase("DockerRootDir", "/var/snap/docker/common/var-lib-docker", "snap", "problem", "Docker is in a snap, and does not see ")]
    public void An_engine_of_another_kind_is_judged_by_what_it_says(string key, string value, string check, string state, string said)
    {
        using var programs = new ScratchWorkspace();
        using var stack = new Stack("doctor-kind").WithProject("web", $"service: {{{Stack.Sleeper}, volumes: [\"./site:/site\"]}}");
        var info = JsonNode.Parse(Engine.Docker("info", "--format", "{{json .}}"))!.AsObject();
        info[key] = key == "SecurityOptions" ? new JsonArray(value) : value;
        programs.With("info.json", info.ToJsonString());
        var path = Programs.PathWith(
            programs,
            "docker",
            $"#!/bin/sh\n[ \"$1\" = info ] && exec cat '{programs.PathOf("info.json")}'\nexec '{Programs.PathTo("docker")}' \"$@\"\n"
        );

        var finding = Examine(stack.Root, new() { ["PATH"] = path }, null)[check];

        Assert.That(finding.State, Is.EqualTo(state), finding.Said);
        Assert.That(finding.Said, Does.Contain(said));
    }

    [Test]
    public void Files_that_a_container_would_not_see_are_a_problem()
    {
        RequireRoot();
        using var engine = new SecondEngine("doctor-mounts");
        using var stack = new ScratchWorkspace().With("which-project", "web\n").With("projects/web/project.yml", $"service: {{{Stack.Sleeper}, volumes: [\"./site:/site\"]}}\n");
        // This engine's folder for temporary files is another one than ours.
        using var image = Process.Start(new ProcessStartInfo("sh", ["-c", $"tar -C '{stack.Root}' -c which-project | docker --host {engine.Host} import - some:1"]))!;
        image.WaitForExit();

        var mounts = Examine(stack.Root, new() { ["DOCKER_HOST"] = engine.Host }, 1)["mounts"];

        Assert.That(mounts.State, Is.EqualTo("problem"), mounts.Said);
        Assert.That(mounts.Said, Does.Contain(stack.Root));
        Assert.That(Engine.Docker("--host", engine.Host, "ps", "--all", "--quiet"), Is.Empty, "it leaves a container");
    }

    /// <summary>What one check found.</summary>
    internal sealed record Verdict(string State, string Said, string? Mend);

    internal static Dictionary<string, Verdict> Examine(string folder, Dictionary<string, string?> environment, int? code)
    {
        var outcome = Run.Program(Repository.Script, folder, environment, "doctor", "-o", "json");
        Assert.That(outcome.ExitCode, code is null ? Is.LessThan(4) : Is.EqualTo(code), outcome.ToString);
        return Parse(outcome);
    }

    private static Dictionary<string, Verdict> Parse(Outcome outcome)
    {
        Assert.That(outcome.Output, Does.StartWith("["), outcome.ToString);
        using var json = JsonDocument.Parse(outcome.Output);
        return json
            .RootElement.EnumerateArray()
            .ToDictionary(
                check => check.GetProperty("check").GetString()!,
                check => new Verdict(check.GetProperty("state").GetString()!, check.GetProperty("found").GetString()!, check.GetProperty("mend").GetString())
            );
    }

    private static string[] Enter(SecondEngine engine) => ["--target", Child(engine), "--net"];

    private static void Inside(SecondEngine engine, params string[] command)
    {
        var outcome = Run.Program("nsenter", "/", [.. Enter(engine), .. command]);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
    }

    // `unshare` stays where it was, and its child is where the engine is.
    private static string Child(SecondEngine engine) =>
        File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{engine.ProcessId}/task/{engine.ProcessId}/children"), Encoding.ASCII).Trim();

    private static void RequireRoot()
    {
        if (!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux())
        {
            Assert.Ignore("NOT TESTED: takes root on Linux");
        }
    }
}
