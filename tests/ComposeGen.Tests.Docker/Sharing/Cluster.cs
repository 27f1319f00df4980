using System.Diagnostics;
using System.Globalization;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Sharing;

/// <summary>
/// A swarm of two engines, each with a network of its own, joined by a bridge in a third; people who use what runs there are
/// in that one. A real registry answers on 127.0.0.1 in each of these networks, and here, from one folder.
/// </summary>
internal sealed class Cluster : IDisposable
{
    public const string ManagerAddress = "10.213.0.11";
    public const string WorkerAddress = "10.213.0.12";

    /// <summary>What images are pushed to: the same name here and on every node.</summary>
    public const string Registry = "127.0.0.1:5055/lab";

    /// <summary>What docker calls the manager.</summary>
    public const string Context = "lab";

    /// <summary>For <c>DOCKER_HOST</c>, from the network in the middle: an engine on another machine.</summary>
    public const string ManagerHost = $"tcp://{ManagerAddress}:2375";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composegen-test-");
    private readonly List<Process> _processes = [];
    private readonly string _program;

    public Cluster()
    {
        var registry = Run.Program(Repository.PathOf("tests", "docker-engine"), "/", "registry");
        Assert.That(registry.ExitCode, Is.Zero, registry.ToString);
        _program = registry.Output.Trim();
        File.WriteAllText(
            Path.Combine(_folder.FullName, "registry.yml"),
            $$"""
            version: 0.1
            storage: {filesystem: {rootdirectory: "{{_folder.FullName}}/images" } }
            http: {addr: "127.0.0.1:5055"}
            """
        );
        Settings = Path.Combine(_folder.FullName, "settings");
        Middle = Start("unshare", "--net", "sleep", "infinity");
        Eventually.IsTrue(() => NetworkOf(Middle.Id) != NetworkOf(Environment.ProcessId), () => "no network of its own");
        In(Middle.Id, "ip link set lo up && ip link add bridge0 type bridge && ip addr add 10.213.0.1/24 dev bridge0 && ip link set bridge0 up");
        Manager = Join("node-a", ManagerAddress, "--host", ManagerHost.Replace(ManagerAddress, "0.0.0.0", StringComparison.Ordinal), "--tls=false");
        Worker = Join("node-b", WorkerAddress);
        ServeRegistry();
        Network = new Namespace(Middle.Id);
        Do("docker", "context", "create", Context, "--docker", $"host={Manager.Host}");
        On(Manager, "swarm", "init", "--advertise-addr", ManagerAddress);
        On(Worker, "swarm", "join", "--advertise-addr", WorkerAddress, "--token", On(Manager, "swarm", "join-token", "--quiet", "worker"), $"{ManagerAddress}:2377");
    }

    public SecondEngine Manager { get; }

    public SecondEngine Worker { get; }

    /// <summary>Where people are who use what runs there.</summary>
    public Namespace Network { get; }

    /// <summary>The folder of docker's settings, which know the cluster.</summary>
    public string Settings { get; }

    private Process Middle { get; }

    /// <summary>Runs the tool here, for the cluster.</summary>
    public Outcome Tool(string folder, params string[] arguments) => Program(Repository.Script, folder, arguments);

    /// <summary>Runs the tool in the network in the middle, with the manager as an engine on another machine.</summary>
    public Outcome ToolElsewhere(string folder, params string[] arguments) =>
        Run.Program(
            "nsenter",
            folder,
            new Dictionary<string, string?> { ["DOCKER_HOST"] = ManagerHost },
            ["--target", Middle.Id.ToString(CultureInfo.InvariantCulture), "--net", Repository.Script, .. arguments]
        );

    /// <summary>What a command of docker's that has to succeed prints, asked of a node.</summary>
    public string On(SecondEngine node, params string[] arguments)
    {
        var outcome = Program("docker", "/", ["--host", node.Host, .. arguments]);
        Assert.That(outcome.ExitCode, Is.Zero, () => $"docker {string.Join(' ', arguments)}: {outcome}");
        return outcome.Output.Trim();
    }

    /// <summary>The same as lines.</summary>
    public string[] Lines(SecondEngine node, params string[] arguments) => On(node, arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Has a node's engine know an image that this machine's has.</summary>
    public void Give(SecondEngine node, string image)
    {
        var file = Path.Combine(_folder.FullName, "image.tar");
        Engine.Docker("save", "--output", file, image);
        On(node, "load", "--quiet", "--input", file);
        File.Delete(file);
    }

    public void Dispose()
    {
        Network.Dispose();
        Worker.Dispose();
        Manager.Dispose();
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    // Layers are named by their content: programs that serve one folder see what each other was given.
    private void ServeRegistry()
    {
        string[] serve = [_program, "serve", Path.Combine(_folder.FullName, "registry.yml")];
        Start(serve[0], serve[1..]);
        foreach (var node in (SecondEngine[])[Manager, Worker])
        {
            Start("nsenter", ["--target", node.ProcessId.ToString(CultureInfo.InvariantCulture), "--net", .. serve]);
        }

        Http.AnswersEventually($"http://{Registry.Split('/')[0]}/v2/");
    }

    private SecondEngine Join(string name, string address, params string[] options)
    {
        var node = new SecondEngine(name, options);
        var (node1, middle) = (node.ProcessId.ToString(CultureInfo.InvariantCulture), Middle.Id.ToString(CultureInfo.InvariantCulture));
        Do("ip", "link", "add", "name", name, "netns", middle, "type", "veth", "peer", "name", "eth0", "netns", node1);
        In(Middle.Id, $"ip link set {name} master bridge0 && ip link set {name} up");
        In(node.ProcessId, $"ip addr add {address}/24 dev eth0 && ip link set eth0 up");
        return node;
    }

    private static string? NetworkOf(int process) => new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/ns/net")).LinkTarget;

    private void In(int process, string command) => Do("nsenter", "--target", process.ToString(CultureInfo.InvariantCulture), "--net", "sh", "-c", command);

    private void Do(string program, params string[] arguments)
    {
        var outcome = Program(program, "/", arguments);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
    }

    private Outcome Program(string program, string folder, params string[] arguments) =>
        Run.Program(program, folder, new Dictionary<string, string?> { ["DOCKER_CONFIG"] = Settings }, arguments);

    private Process Start(string program, params string[] arguments)
    {
        var process = Run.Start(program, "/", [], arguments);
        // Nobody reads what it says, and a full pipe would stop it.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
        return process;
    }
}
