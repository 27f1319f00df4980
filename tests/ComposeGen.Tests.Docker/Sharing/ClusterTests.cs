using System.Text.Json;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Sharing;

/// <summary>
/// A swarm of two engines, with a registry. The machine's kernel may lack IPVS, without which neither the routing mesh nor
/// virtual addresses answer; so services here are found by their tasks' addresses, and ports are published by the nodes that
/// run them.
/// </summary>
[Category(Suite.Cluster)]
public class ClusterTests : EngineFixture
{
    // Answers with its host's name, what it was told, and what it was given as a file. Once it is to end, it goes on for a
    // moment: who has just found it by its name is not turned away.
    private const string Server = """
        use IO::Socket::INET;
        use POSIX qw(:sys_wait_h);
        my $server = IO::Socket::INET->new(LocalPort => 8000, Listen => 50, ReuseAddr => 1) or die;
        sub text { local (@ARGV, $/) = @_; my $text = <>; $text }
        my $end = 0;
        $SIG{TERM} = sub { $end = time + 3 };
        while (!$end || time < $end) {
          my $ready = ''; vec($ready, fileno($server), 1) = 1;
          next if select($ready, undef, undef, 0.2) <= 0;
          my $client = $server->accept or next;
          while (my $line = <$client>) { last if $line =~ /^\r?$/ }
          my $body = join '|', $ENV{VERSION}, text('/settings'), text('/run/secrets/key'), text('/etc/hostname');
          print $client "HTTP/1.0 200 OK\r\nContent-Length: " . length($body) . "\r\n\r\n$body";
          close $client;
        }
        """;

    // Asks again and again until it is told to stop, or for two minutes, and tells how often, and how often in vain.
    private const string Loop = """
        use IO::Socket::INET;
        my ($asked, $failed, $until) = (0, 0, time + 120);
        while (time < $until && !-e '/stop') {
          my $answer = '';
          my $socket = IO::Socket::INET->new(PeerAddr => 'site-web', PeerPort => 8000, Timeout => 5);
          if ($socket) { print $socket "GET / HTTP/1.0\r\n\r\n"; local $/; $answer = <$socket> // ''; }
          $asked++; $failed++ unless $answer =~ m{^HTTP/1.0 200.*\|}s;
          select(undef, undef, undef, 0.02);
        }
        print "$asked $failed";
        """;

    private Cluster _cluster = null!;
    private Stack _stack = null!;

    [OneTimeSetUp]
    public void Starts_a_cluster() => _cluster = new Cluster();

    [OneTimeTearDown]
    public void Stops_it() => _cluster?.Dispose();

    [TearDown]
    public void Removes_the_stack()
    {
        _cluster.Tool(_stack.Root, "deploy", "--remove", "--context", Cluster.Context);
        _stack.Dispose();
    }

    [Test]
    public async Task The_sample_workspace_answers_on_every_port()
    {
        _stack = new Stack("sample").With("compose.templates/docker-stack.yml.sbn", Template).With("which-project", File.ReadAllText(Repository.PathOf("which-project")));
        foreach (var project in Directory.GetDirectories(Repository.PathOf("projects")))
        {
            _stack.WithCopyOf(project, $"projects/{Path.GetFileName(project)}");
        }

        var deployed = Deploy();
        Assert.That(deployed.Error, Does.Contain("warning CG0932: `depends_on` of shop:web").And.Contain("warning CG0935: project_b mounts ./projects/project_b"));
        using var json = JsonDocument.Parse(Do("ports", "--stack", "-o", "json", "--context", Cluster.Context).Output);
        var ports = json.RootElement.EnumerateArray().ToDictionary(port => port.GetProperty("service").GetString()!, port => port.GetProperty("url").GetString()!);

        Assert.That(ports.Keys, Is.EquivalentTo(new[] { "dashboard-app", "project-a", "project-b", "shop-web" }));
        foreach (var (service, url) in ports)
        {
            Assert.That(deployed.Output, Does.Match($"(?m)^{service} +{url}$"));
            var node = new Uri(url).Host == Cluster.ManagerAddress ? _cluster.Manager : _cluster.Worker;
            using var onNode = new Namespace(node.ProcessId);
            // The notebooks answer to no other name of their host than localhost.
            onNode.GetEventually($"http://127.0.0.1:{new Uri(url).Port}/");
        }

        Assert.That(await _cluster.Network.Get($"{ports["dashboard-app"]}/api"), Does.Contain("\"orders\": {"), "services find each other over the overlay");
        Do("deploy", "--remove", "--context", Cluster.Context);
        AssertNothingIsLeft();
    }

    [Test]
    public void Services_are_scaled_over_both_nodes_and_an_update_fails_no_request_and_touches_no_other_service()
    {
        _stack = Site("3");
        Deploy();
        Assert.That(NodesOf("site-web"), Is.EquivalentTo(new[] { "node-a", "node-b" }));
        var others = TasksOf("site-caller").Concat(TasksOf("other")).ToList();
        var caller = CallerNode();
        var answers = Enumerable.Range(0, 40).Select(_ => Ask(caller)).ToList();
        Assert.That(answers.Select(answer => answer[..^1][..answer.LastIndexOf('|')]).Distinct(), Is.EqualTo(new[] { "first|a setting|a secret" }));
        Assert.That(answers.Distinct().Count(), Is.EqualTo(3), "every task answers to the service's name");

        _stack.With("projects/site/settings.txt", "another setting").With("projects/site/.env", "VERSION=second\n");
        var diff = Do("deploy", "--diff", "--registry", Cluster.Registry, "--context", Cluster.Context).Output;
        Assert.That(diff.Split('\n').Where(line => line.StartsWith("---", StringComparison.Ordinal)), Is.EqualTo(new[] { "--- site-web" }));
        Assert.That(diff, Does.Not.Contain("second"), "values stay out of it");

        using var loop = Run.Start("docker", "/", [], "--host", caller.Node.Host, "exec", caller.Container, "perl", "-e", Loop);
        Deploy();
        _cluster.On(caller.Node, "exec", caller.Container, "touch", "/stop");
        var counts = loop.StandardOutput.ReadToEnd().Split(' ');
        loop.WaitForExit();

        Assert.That(int.Parse(counts[0], System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThan(100), loop.StandardError.ReadToEnd());
        Assert.That(counts[1], Is.EqualTo("0"), "requests that failed");
        Assert.That(Ask(caller), Does.StartWith("second|another setting|a secret|"));
        Assert.That(TasksOf("site-caller").Concat(TasksOf("other")), Is.EqualTo(others));
        Assert.That(_cluster.Lines(_cluster.Manager, "config", "ls", "--quiet"), Has.Length.LessThanOrEqualTo(2), "the new one, and the one to go back to");
        Assert.That(Do("deploy", "--diff", "--registry", Cluster.Registry, "--context", Cluster.Context).Output, Is.Empty);

        _stack.With("which-project", "site\n");
        Deploy();
        Assert.That(_cluster.Lines(_cluster.Manager, "service", "ls", "--format", "{{.Name}}"), Is.EquivalentTo(new[] { $"{_stack.Name}_site-caller", $"{_stack.Name}_site-web" }));
        Do("deploy", "--remove", "--context", Cluster.Context);
        AssertNothingIsLeft();
    }

    [Test]
    public void What_cannot_start_is_told_with_what_the_swarm_says()
    {
        _stack = new Stack("nowhere").WithProject("far", $"service: {{{Stack.Sleeper}, deploy: {{endpoint_mode: dnsrr, placement: {{constraints: [node.labels.disk == quick]}}}}}}\n");

        var outcome = _cluster.Tool(_stack.Root, "deploy", "--registry", Cluster.Registry, "--context", Cluster.Context);

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString);
        Assert.That(outcome.Error, Does.Contain($"error CG0941: {_stack.Name}_far does not run in the swarm: no suitable node (scheduling constraints not satisfied on 2 nodes)"));
    }

    [Test]
    public void What_is_not_there_is_told_before_anything_is_built_or_sent()
    {
        _stack = new Stack("early")
            .With("projects/site/Dockerfile", "FROM debian:bookworm-slim\n")
            .WithProject("site", "service: {build: ., secrets: [key], deploy: {endpoint_mode: dnsrr}}\nsecrets: {key: {file: ./key.txt}}\n");

        var outcome = _cluster.Tool(_stack.Root, "deploy", "--registry", Cluster.Registry, "--context", Cluster.Context);

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString);
        Assert.That(outcome.Error, Does.Contain("error CG0943: the secret `site-key` cannot be sent: there is no file ./projects/site/key.txt"));
        Assert.That(Engine.Docker("image", "ls", "--quiet", "--filter", $"reference={_stack.Name}-site"), Is.Empty);
    }

    [Test]
    public void Ports_are_opened_to_the_network_only_where_that_is_agreed_to()
    {
        _stack = new Stack("open").WithProject("site", $"service: {{{Stack.Sleeper}, ports: [8000], deploy: {{endpoint_mode: dnsrr}}}}\n");

        var refused = _cluster.Tool(_stack.Root, "deploy", "--registry", Cluster.Registry, "--context", Cluster.Context);

        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Error, Does.Contain("error CG0938: in a swarm, port 8000 of site is open to the network"));
        Assert.That(_cluster.On(_cluster.Manager, "service", "ls", "--quiet"), Is.Empty);
    }

    [Test]
    public void An_engine_on_another_machine_has_its_own_ports_links_and_files()
    {
        _cluster.Give(_cluster.Manager, "debian:bookworm-slim");
        _stack = new Stack("far")
            .With("projects/site/serve.pl", Server)
            .With("projects/site/Dockerfile", "FROM debian:bookworm-slim\nCOPY serve.pl /\nRUN echo -n x >/settings && mkdir -p /run/secrets && echo -n y >/run/secrets/key\nCMD [\"perl\", \"/serve.pl\"]\n")
            .WithProject("site", "service: {build: ., init: true, ports: [{target: 8000, host_ip: 0.0.0.0}, 9000], environment: {VERSION: far}}\n");

        var up = _cluster.ToolElsewhere(_stack.Root, "up", "--detach");
        Assert.That(up.ExitCode, Is.Zero, up.ToString);
        Assert.That(up.Output, Does.Contain($"site  http://{Cluster.ManagerAddress}:8000"));
        Assert.That(up.Error, Does.Contain($"note CG0919: the engine is on {Cluster.ManagerAddress}").And.Contain($"ssh -N -L 9000:127.0.0.1:9000 {Cluster.ManagerAddress}"));
        Assert.That(_cluster.Network.GetEventually($"http://{Cluster.ManagerAddress}:8000/"), Does.StartWith("far|x|y|"));

        // A container of somebody else's on that machine holds the port, and nothing on this one.
        using var other = new Stack("far-other").WithProject("rival", $"service: {{{Stack.Sleeper}, ports: [\"0.0.0.0:8000:80\"]}}\n");
        var held = _cluster.ToolElsewhere(other.Root, "up", "--detach");
        Assert.That(held.ExitCode, Is.EqualTo(1), held.ToString);
        Assert.That(held.Error, Does.Contain($"held by container {_stack.Name}-site-1"));

        // The folder is here, and the other machine has none at its place.
        _stack.With("projects/site/project.yml", "service: {build: ., init: true, volumes: [\".:/site\", \"/etc/hostname:/name:ro\"]}\n");
        var missing = _cluster.ToolElsewhere(_stack.Root, "up", "--detach");
        Assert.That(missing.ExitCode, Is.EqualTo(1), missing.ToString);
        Assert.That(missing.Error, Does.Contain($"error CG0921: site mounts {_stack.Root}/projects/site, which is on this machine, and not on {Cluster.ManagerAddress}"));
        Assert.That(missing.Error, Does.Contain($"note CG0922: site mounts /etc/hostname as it is on {Cluster.ManagerAddress}"));

        Assert.That(_cluster.ToolElsewhere(_stack.Root, "down").ExitCode, Is.Zero);
        Assert.That(_cluster.On(_cluster.Manager, "ps", "--all", "--quiet"), Is.Empty);
    }

    // The samples as they are, for nodes without IPVS.
    private static string Template =>
        """
        services:
        {{~ for service in services ~}}
          {{ yaml service.key }}:
        {{~ for key in service.keys ~}}
        {{~ if key == 'ports' ~}}
            ports:
        {{~ for port in service.ports ~}}
              - {target: {{ port.target }}, published: {{ port.published }}, protocol: {{ port.protocol }}, mode: host}
        {{~ end ~}}
        {{~ else ~}}
            {{ entry service key 6 }}
        {{~ end ~}}
        {{~ end ~}}
            deploy: {endpoint_mode: dnsrr}
        {{~ end ~}}
        {{~ for section in sections ~}}
        {{ section.name }}:
        {{~ for key in section.keys ~}}
          {{ entry section.entries key 4 }}
        {{~ end ~}}
        {{~ end ~}}

        """;

    internal static Stack Site(string replicas) =>
        new Stack("site")
            .With("which-project", "site\nother\n")
            .With("projects/site/.env", "VERSION=first\n")
            .With("projects/site/settings.txt", "a setting")
            .With("projects/site/key.txt", "a secret")
            .With("projects/site/serve.pl", Server)
            .With("projects/site/Dockerfile", "FROM debian:bookworm-slim\nCOPY serve.pl /\nCMD [\"perl\", \"/serve.pl\"]\n")
            .With(
                "projects/site/project.yml",
                $$"""
                services:
                  web:
                    build: .
                    init: true
                    environment: {VERSION: "${VERSION}"}
                    configs: [{source: settings, target: /settings}]
                    secrets: [key]
                    healthcheck: {test: [CMD, perl, -MIO::Socket::INET, -e, "IO::Socket::INET->new('127.0.0.1:8000') or exit 1"], interval: 1s}
                    deploy: {endpoint_mode: dnsrr, replicas: {{replicas}}, update_config: {order: start-first, parallelism: 1, delay: 1s} }
                  caller:
                    image: debian:bookworm-slim
                    init: true
                    command: [sleep, infinity]
                    deploy: {endpoint_mode: dnsrr}
                configs: {settings: {file: ./settings.txt} }
                secrets: {key: {file: ./key.txt} }

                """
            )
            .With("projects/other/project.yml", $"service: {{{Stack.Sleeper}, deploy: {{endpoint_mode: dnsrr}}}}\n");

    private Outcome Deploy() => Do("deploy", "--open-ports", "--registry", Cluster.Registry, "--context", Cluster.Context);

    private Outcome Do(params string[] arguments)
    {
        var outcome = _cluster.Tool(_stack.Root, arguments);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        return outcome;
    }

    private IEnumerable<string> NodesOf(string service) => Tasks(service, "{{.Node}}").Distinct();

    private string[] TasksOf(string service) => Tasks(service, "{{.ID}}");

    private string[] Tasks(string service, string format) =>
        _cluster.Lines(_cluster.Manager, "service", "ps", "--filter", "desired-state=running", "--format", format, $"{_stack.Name}_{service}");

    private (SecondEngine Node, string Container) CallerNode()
    {
        foreach (var node in (SecondEngine[])[_cluster.Manager, _cluster.Worker])
        {
            if (_cluster.Lines(node, "ps", "--quiet", "--filter", $"label=com.docker.swarm.service.name={_stack.Name}_site-caller") is [var container, ..])
            {
                return (node, container);
            }
        }

        throw new AssertionException("no node runs the caller");
    }

    private string Ask((SecondEngine Node, string Container) caller) =>
        _cluster.On(
            caller.Node,
            "exec",
            caller.Container,
            "perl",
            "-MIO::Socket::INET",
            "-e",
            """$s = IO::Socket::INET->new('site-web:8000') or die $!; print $s "GET / HTTP/1.0\r\n\r\n"; local $/; ($a) = <$s> =~ /\r\n\r\n(.*)/s; print $a"""
        );

    private void AssertNothingIsLeft()
    {
        string[][] lists = [["service", "ls", "--quiet"], ["config", "ls", "--quiet"], ["secret", "ls", "--quiet"], ["stack", "ls", "--format", "{{.Name}}"]];
        foreach (var list in lists)
        {
            Assert.That(_cluster.On(_cluster.Manager, list), Is.Empty, string.Join(' ', list));
        }

        foreach (var node in (SecondEngine[])[_cluster.Manager, _cluster.Worker])
        {
            // The worker hears of it a moment later.
            Eventually.IsTrue(() => _cluster.On(node, "ps", "--all", "--quiet").Length == 0, () => "containers are left");
            Eventually.IsTrue(
                () => _cluster.Lines(node, "network", "ls", "--format", "{{.Name}}").All(name => name is "bridge" or "host" or "none" or "ingress" or "docker_gwbridge"),
                () => "networks are left"
            );
        }
    }
}
