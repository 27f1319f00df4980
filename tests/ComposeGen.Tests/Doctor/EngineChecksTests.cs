using System.Text.Json;
using ComposeGen.Docker.Checks;
using ComposeGen.Manifests;

namespace ComposeGen.Tests.Doctor;

/// <summary>What doctor says of engines that are not like the usual one.</summary>
public class EngineChecksTests
{
    private static readonly (string, string)[] Route = [("10.0.0.0/8", "tun0")];

    [Test]
    public void An_engine_tells_what_it_is()
    {
        var info = Info("""{"ServerVersion": "28.5.2", "DockerRootDir": "/data", "SecurityOptions": ["name=seccomp,profile=builtin", "name=rootless"], "CgroupDriver": "none", "DefaultAddressPools": [{"Base": "10.10.0.0/16", "Size": 24}]}""");

        Assert.That((info.Version, info.DataFolder, info.HasLimits), Is.EqualTo(("28.5.2", "/data", false)));
        Assert.That(info.Security, Is.EquivalentTo(new[] { "seccomp", "rootless" }));
        Assert.That(info.Pools, Is.EqualTo(new[] { Subnet.Parse("10.10.0.0/16") }));
        Assert.That(Info("{}").Security.Count + Info("{}").Pools.Length, Is.Zero);
    }

    [TestCase("\"name=seccomp\"", "systemd", 80, nameof(CheckState.NotApplicable))]
    [TestCase("\"name=rootless\"", "systemd", 1, nameof(CheckState.Problem))]
    [TestCase("\"name=rootless\"", "systemd", 8080, nameof(CheckState.Ok))]
    [TestCase("\"name=rootless\"", "none", 8080, nameof(CheckState.Warning))]
    [TestCase("\"name=userns\"", "systemd", 8080, nameof(CheckState.Warning))]
    public void An_engine_without_root_has_no_low_ports_and_maybe_no_limits(string security, string cgroups, int port, string state)
    {
        if (port == 1 && OperatingSystem.IsLinux() && File.ReadAllText("/proc/sys/net/ipv4/ip_unprivileged_port_start").Trim() == "0")
        {
            Assert.Ignore("NOT TESTED: here, anybody may have any port");
        }

        var info = Info($$"""{"SecurityOptions": [{{security}}], "CgroupDriver": "{{cgroups}}"}""");

        Assert.That(EngineChecks.Rootless(info, [(port, "web")], hasMounts: true).State.ToString(), Is.EqualTo(state));
    }

    [TestCase("/var/lib/docker", "/srv/work", nameof(CheckState.NotApplicable))]
    [TestCase("/var/snap/docker/common/var-lib-docker", "/home/me/work", nameof(CheckState.Ok))]
    [TestCase("/var/snap/docker/common/var-lib-docker", "/home/me/.cache/work", nameof(CheckState.Problem))]
    [TestCase("/var/snap/docker/common/var-lib-docker", "/srv/work", nameof(CheckState.Problem))]
    [TestCase("/var/snap/docker/common/var-lib-docker", "/home/me", nameof(CheckState.Ok))]
    [TestCase("/var/snap/docker/common/var-lib-docker", null, nameof(CheckState.Ok))]
    public void A_snap_sees_only_what_is_in_the_users_folder_and_not_hidden(string data, string? root, string state) =>
        Assert.That(EngineChecks.Snap(Info($$"""{"DockerRootDir": "{{data}}"}"""), "/usr/bin/docker", root, "/home/me").State.ToString(), Is.EqualTo(state));

    [TestCase("\"name=seccomp\"", false, nameof(CheckState.NotApplicable))]
    [TestCase("\"name=selinux\"", true, nameof(CheckState.NotApplicable))]
    [TestCase("\"name=selinux\"", false, nameof(CheckState.Warning))]
    public void SELinux_keeps_containers_from_what_has_no_label(string security, bool isPermissive, string state)
    {
        var finding = EngineChecks.SELinux(Info($$"""{"SecurityOptions": [{{security}}]}"""), [("/w/site", "shop"), ("/w/data", "shop")], isPermissive);

        Assert.That(finding.State.ToString(), Is.EqualTo(state));
        Assert.That(finding.Mend ?? string.Empty, state == nameof(CheckState.Warning) ? Does.Contain("`:z`").And.Contain("/w/site /w/data") : Is.Empty);
    }

    [Test]
    public void SELinux_is_content_where_all_is_labelled() =>
        Assert.That(EngineChecks.SELinux(Info("""{"SecurityOptions": ["name=selinux"]}"""), [], isPermissive: false).State, Is.EqualTo(CheckState.Ok));

    [TestCase("10.0.0.0/8", "tun0", "10.1.0.0/24", null, nameof(CheckState.Warning))]
    [TestCase("172.18.0.0/16", "br-0a1b2c3d4e5f", "172.18.0.0/16", null, nameof(CheckState.Ok))]
    [TestCase("10.0.0.0/8", "tun0", "172.18.0.0/16", "10.208.0.0/12", nameof(CheckState.Warning))]
    [TestCase("10.0.0.0/8", "tun0", "172.18.0.0/16", null, nameof(CheckState.Ok))]
    [TestCase("172.16.0.0/12", "tun0", "192.168.0.0/20", null, nameof(CheckState.Ok))]
    public void A_route_must_not_meet_a_network(string route, string through, string network, string? pool, string state) =>
        Assert.That(Addresses([(route, through)], network, pool).State.ToString(), Is.EqualTo(state));

    [Test]
    public void Routes_to_all_that_docker_gives_leave_it_nothing()
    {
        (string, string)[] routes = [("172.16.0.0/12", "tun0"), ("192.168.0.0/16", "tun0")];

        Assert.That(Addresses(routes, "10.99.0.0/24", null).State, Is.EqualTo(CheckState.Problem));
        Assert.That(Addresses([("0.0.0.0/1", "tun0"), ("128.0.0.0/1", "tun0")], "10.99.0.0/24", null).State, Is.EqualTo(CheckState.Problem));
        Assert.That(Addresses(routes[..1], "10.99.0.0/24", null).State, Is.EqualTo(CheckState.Ok));
    }

    [Test]
    public void Docker_may_have_been_told_other_addresses() =>
        Assert.That(
            AddressCheck.Check(Engine with { Pools = [Subnet.Parse("10.9.0.0/16")!.Value] }, [], Routes(Route), null).State,
            Is.EqualTo(CheckState.Problem)
        );

    [Test]
    public void Another_machines_routes_are_not_known() =>
        Assert.That(AddressCheck.Check(Engine with { IsHere = false }, [], Routes(Route), null).State, Is.EqualTo(CheckState.Unknown));

    private static EngineInfo Engine => Info("{}") with { IsHere = true };

    private static Finding Addresses((string, string)[] routes, string network, string? pool) =>
        AddressCheck.Check(Engine, [Subnet.Parse(network)!.Value], Routes(routes), pool is null ? null : Subnet.Parse(pool));

    private static IEnumerable<(Subnet, string)> Routes(IEnumerable<(string Range, string Interface)> routes) =>
        routes.Select(route => (Subnet.Parse(route.Range)!.Value, route.Interface));

    private static EngineInfo Info(string text)
    {
        using var json = JsonDocument.Parse(text);
        return EngineInfo.Read(json.RootElement);
    }
}
