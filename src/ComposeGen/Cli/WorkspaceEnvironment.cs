using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>
/// The variables that <c>docker compose</c> will see in this workspace: those of the shell, then those of the workspace's
/// <c>.env</c>. They are this machine's, so they never change a committed file.
/// </summary>
internal sealed class WorkspaceEnvironment
{
    private const string TokenVariable = "JUPYTER_TOKEN";
    private readonly string? _machine = EnginePlace.Current().Machine;
    private readonly Dictionary<string, string> _values;

    private WorkspaceEnvironment(Dictionary<string, string> values) => _values = values;

    /// <summary>The variables as they are now.</summary>
    public static WorkspaceEnvironment Load(WorkspaceFiles files) =>
        new(
            Read(files, DotEnv.FileName, new DiagnosticBag()) is { } source
                ? DotEnv.Evaluate(DotEnv.Read(source, new DiagnosticBag()), Environment.GetEnvironmentVariable)
                : []
        );

    /// <summary>
    /// What the workspace's <c>.env</c> has to say, with what each project's own says of its variables; null where there is
    /// nothing to say and no such file.
    /// </summary>
    public static string? Text(WorkspaceFiles files, Plan plan, DiagnosticBag bag)
    {
        var current = Read(files, DotEnv.FileName, bag)?.Text;
        var lines = EnvironmentValues.Of(plan, file => Read(files, file, bag), bag);
        // What the user says outside of the block counts more than what is found in a project.
        var (block, others) = EnvironmentFile.Read(current ?? string.Empty);
        var own = DotEnv
            .Read(new SourceText(DotEnv.FileName, others), new DiagnosticBag())
            .Select(line => line.Name)
            .ToHashSet(StringComparer.Ordinal);
        lines = [.. lines.Concat(Tokens(plan, lines, block)).Where(line => !own.Contains(Name(line)))];
        if (current is null && lines.IsEmpty)
        {
            return null;
        }

        if (!lines.IsEmpty && !IsIgnored(files))
        {
            bag.Add(Errors.NotIgnored(DotEnv.FileName));
        }

        return EnvironmentFile.With(current ?? string.Empty, lines);
    }

    /// <summary>
    /// The services with the ports that they will publish on this machine: where a descriptor publishes by a variable, what
    /// that is set to counts. Two services that come to one port are reported.
    /// </summary>
    public ImmutableArray<PlannedService> PortsHere(Plan plan, ImmutableArray<PlannedService> services, DiagnosticBag bag)
    {
        var holders = new Dictionary<(int Port, string Protocol), (PlannedService Service, string? By)>();
        var here = ImmutableArray.CreateBuilder<PlannedService>(services.Length);
        foreach (var service in services)
        {
            var names = plan.Variables.For(service.Project);
            var ports = service.Ports.Select(port => (Port: Here(service, port, names, bag), By: Variable(port, names))).ToImmutableArray();
            foreach (var (port, by) in ports)
            {
                if (!holders.TryAdd((port.Host, port.Request.Protocol), (service, by)))
                {
                    var other = holders[(port.Host, port.Request.Protocol)];
                    bag.Add(Errors.SamePortHere(port.Request.Span, service.Address, port.Host, other.Service.Address, by ?? other.By));
                }
            }

            here.Add(service with { Ports = [.. ports.Select(pair => pair.Port)] });
        }

        return here.DrainToImmutable();
    }

    /// <summary>Reports variables that have to be set and are not, and warns of those that have neither a value here nor a default.</summary>
    public void Check(Plan plan, ImmutableArray<PlannedService> services, DiagnosticBag bag)
    {
        foreach (var service in services.Where(service => service.Project.Descriptor.Variables.Any(use => use.IsDemanded)))
        {
            var names = plan.Variables.For(service.Project);
            foreach (var text in VariableUses.Texts(service.Declaration.Body))
            {
                if (Evaluate(names.Rewrite(text.Value)) is null && Missing(text.Value, names) is { } missing)
                {
                    var message = VariableText.Evaluate(missing.Operand, name => Lookup(names.Name(name)) ?? Lookup(name));
                    bag.Add(
                        Errors.Demanded(text.Span, missing.Name!, service.Project.Path, message ?? string.Empty, service.Project.Folder)
                    );
                }
            }
        }

        WarnOfUnset(plan, services, bag);
    }

    private TextPart? Missing(string text, ProjectVariables names) =>
        VariableText
            .Variables(VariableText.Parse(text) ?? [])
            .FirstOrDefault(part => part.Operator is "?" or ":?" && string.IsNullOrEmpty(Lookup(names.Name(part.Name!))));

    // As Compose itself does where only one name is asked.
    private void WarnOfUnset(Plan plan, ImmutableArray<PlannedService> services, DiagnosticBag bag)
    {
        foreach (var project in services.Select(service => service.Project).Distinct())
        {
            var names = plan.Variables.For(project);
            var unset = project
                .Descriptor.Variables.Where(use => use.IsBare && Lookup(names.Name(use.Name)) is null && Lookup(use.Name) is null)
                .Where(use => use.Name is not (ProjectVariables.ProjectName or ProjectVariables.WorkingDirectory))
                .Select(use => use.Name)
                .ToList();
            if (unset.Count > 0)
            {
                bag.Add(Errors.UnsetVariables(project.Path, project.Folder, unset));
            }
        }
    }

    /// <summary>The URL of a port, with the token of the Jupyter that answers there.</summary>
    public string Link(Plan plan, PlannedService service, PublishedPort port)
    {
        var url = PortUrl.On(_machine, port);
        var isJupyter = HasToken(service) && port.Request.Target == PythonEnvironment.JupyterPort;
        return isJupyter && Evaluate(plan.Variables.For(service.Project).Rewrite($"${{{TokenVariable}-}}")) is { Length: > 0 } token
            ? $"{url}/?token={Uri.EscapeDataString(token)}"
            : url;
    }

    /// <summary>What a variable is set to here; null where it is not.</summary>
    public string? Value(string name) => Lookup(name);

    /// <summary>What a text of the generated file comes to here.</summary>
    public string? Evaluate(string text) => VariableText.Parse(text) is { } parts ? VariableText.Evaluate(parts, Lookup) : null;

    // Made up once for each project, and kept.
    private static IEnumerable<string> Tokens(Plan plan, ImmutableArray<string> lines, string block)
    {
        var given = lines.Select(Name).ToHashSet(StringComparer.Ordinal);
        var kept = DotEnv
            .Read(new SourceText(DotEnv.FileName, block), new DiagnosticBag())
            .ToLookup(line => line.Name, line => line.ToString(), StringComparer.Ordinal);
        return plan
            .All.Where(HasToken)
            .Select(service => plan.Variables.Name(service.Project, TokenVariable))
            .Distinct()
            .Where(name => !given.Contains(name))
            .Select(name => kept[name].LastOrDefault() ?? $"{name}={NewToken()}");
    }

    // 24 bytes that nobody can guess, as hexadecimal digits. .NET would load OpenSSL for them, a tenth of a short run.
    private static string NewToken()
    {
        const string Source = "/dev/urandom";
        Span<byte> token = stackalloc byte[24];
        if (File.Exists(Source))
        {
            using var source = File.OpenHandle(Source);
            using var stream = new FileStream(source, FileAccess.Read, bufferSize: 0);
            stream.ReadExactly(token);
        }
        else
        {
            RandomNumberGenerator.Fill(token);
        }

        return Convert.ToHexStringLower(token);
    }

    private static bool HasToken(PlannedService service) => service.Declaration.Python is { Jupyter: not Jupyter.None };

    private static string Name(string line) => line[..line.IndexOf('=', StringComparison.Ordinal)];

    private PublishedPort Here(PlannedService service, PublishedPort port, ProjectVariables names, DiagnosticBag bag)
    {
        var address = names.HostIp(port) is { } text && Evaluate(text) is { Length: > 0 } ip ? ip : port.HostIp;
        var here = port with { HostIp = address };
        if (names.Published(port) is not { } published || Evaluate(published) is not { } set)
        {
            return here;
        }

        if (int.TryParse(set, NumberStyles.None, CultureInfo.InvariantCulture, out var host) && host is >= 1 and <= PortSyntax.Highest)
        {
            return here with { Host = host };
        }

        bag.Add(Errors.BadPortHere(port.Request.Span, service.Address, set, Variable(port, names)));
        return here;
    }

    private string? Variable(PublishedPort port, ProjectVariables names) =>
        names.Published(port) is { } text ? VariableText.Names(text).FirstOrDefault(name => Lookup(name) is { Length: > 0 }) : null;

    private string? Lookup(string name) => Environment.GetEnvironmentVariable(name) ?? _values.GetValueOrDefault(name);

    private static SourceText? Read(WorkspaceFiles files, string file, DiagnosticBag bag) =>
        files.Exists(file) ? files.Read(file, bag) : null;

    // Good enough to remind those who never thought of it; git itself would have to be asked to be sure.
    private static bool IsIgnored(WorkspaceFiles files)
    {
        if (!Path.Exists(files.FullPath(".git")))
        {
            return true;
        }

        var lines = Read(files, ".gitignore", new DiagnosticBag())?.Text.Split('\n').Select(line => line.Trim().TrimStart('/')) ?? [];
        return lines.Any(line => line is DotEnv.FileName or "*.env" or ".env*" or ".env.*" or "**/.env" or "*");
    }
}
