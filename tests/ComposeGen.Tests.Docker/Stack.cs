using System.Text.Json;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>A workspace and what it runs on the engine; both are gone when this is disposed of.</summary>
internal sealed class Stack : IDisposable
{
    public const string Prefix = "composegen-test-";

    /// <summary>A service that runs until it is stopped, as the rest of a line of YAML.</summary>
    public const string Sleeper = "image: debian:bookworm-slim, init: true, command: [sleep, infinity]";

    private readonly ScratchWorkspace _workspace;

    /// <param name="name">Ends the name of the folder, which is the Compose project's too.</param>
    public Stack(string name)
    {
        Name = Prefix + name;
        _workspace = new ScratchWorkspace(Name);
    }

    public string Name { get; }

    public string Root => _workspace.Root;

    /// <summary>Ids of the containers that run.</summary>
    public string[] Running => Engine.List("container", Name);

    /// <summary>Ids of all containers, stopped or never started ones too.</summary>
    public string[] Containers => Engine.List("container", Name, "--all");

    /// <summary>Names of the volumes that have data: not of the one that says whose they are.</summary>
    public string[] Volumes => [.. Engine.List("volume", Name).Where(name => name != $"{Name}_composegen")];

    public Stack With(string file, string text)
    {
        _workspace.With(file, text);
        return this;
    }

    public Stack WithCopyOf(string folder, string into)
    {
        _workspace.WithCopyOf(folder, into);
        return this;
    }

    /// <summary>A project with this descriptor, selected.</summary>
    public Stack WithProject(string name, string descriptor)
    {
        Select(name);
        return With($"projects/{name}/project.yml", descriptor);
    }

    /// <summary>A project with this Dockerfile, selected.</summary>
    public Stack WithDockerfile(string name, string dockerfile)
    {
        Select(name);
        return With($"projects/{name}/Dockerfile", dockerfile);
    }

    public Outcome Tool(params string[] arguments) => Run.Tool(Root, arguments);

    /// <summary>Runs the tool with an environment variable.</summary>
    public Outcome ToolWith(string variable, string value, params string[] arguments) =>
        Run.Program(Repository.Script, Root, new Dictionary<string, string?> { [variable] = value }, arguments);

    /// <summary>Runs the tool, which has to succeed.</summary>
    public Outcome Do(params string[] arguments)
    {
        var outcome = Tool(arguments);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        return outcome;
    }

    /// <summary>Plain <c>docker compose</c> in the workspace.</summary>
    public Outcome Compose(params string[] arguments) => Run.Program("docker", Root, ["compose", .. arguments]);

    public string Container(string service) => $"{Name}-{service}-1";

    public string Exec(string service, params string[] command) => Engine.Docker(["exec", Container(service), .. command]);

    /// <summary>The one address that a name has inside a service.</summary>
    public string Resolve(string service, string name)
    {
        var addresses = Exec(service, "getent", "ahostsv4", name).Split('\n').Select(line => line.Split(' ')[0]).Distinct().ToList();
        Assert.That(addresses, Has.Count.EqualTo(1), $"{name} inside {service}");
        return addresses[0];
    }

    /// <summary>The addresses that a service's container has, one a network.</summary>
    public string[] Addresses(string service) =>
        Engine.Inspect(Container(service), "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}").Split(' ');

    /// <summary>The URL that <c>composegen ports</c> tells, by service.</summary>
    public Dictionary<string, string> Urls()
    {
        using var json = JsonDocument.Parse(Do("ports", "-o", "json").Output);
        return json
            .RootElement.EnumerateArray()
            .ToDictionary(
                port => $"{port.GetProperty("project").GetString()}:{port.GetProperty("service").GetString()}",
                port => port.GetProperty("url").GetString()!
            );
    }

    public void Dispose()
    {
        Engine.Remove(Name);
        _workspace.Dispose();
    }

    private void Select(string project) => File.AppendAllText(_workspace.PathOf("which-project"), project + "\n");
}
