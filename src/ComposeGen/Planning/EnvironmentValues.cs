using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>
/// The lines for the workspace's <c>.env</c>: what each project's own <c>.env</c> says of the variables that its texts name,
/// under the names that they have in the generated file.
/// </summary>
internal sealed class EnvironmentValues
{
    // They choose files and services of the project they stand in; which-project chooses here.
    private static readonly string[] Settings = ["COMPOSE_FILE", "COMPOSE_PROFILES", "COMPOSE_PATH_SEPARATOR"];

    private readonly Plan _plan;
    private readonly Func<string, SourceText?> _read;
    private readonly DiagnosticBag _bag;
    private readonly ImmutableArray<string>.Builder _lines = ImmutableArray.CreateBuilder<string>();
    private readonly Dictionary<int, string> _hosts = [];
    private readonly Dictionary<string, HashSet<string>> _inFiles = new(StringComparer.Ordinal);

    private readonly Lazy<ILookup<string, Project>> _users;

    private EnvironmentValues(Plan plan, Func<string, SourceText?> read, DiagnosticBag bag)
    {
        (_plan, _read, _bag) = (plan, read, bag);
        _users = new(() =>
            plan
                .Workspace.Projects.SelectMany(project =>
                    project.Descriptor.Variables.Select(use => use.Name).Union(InFiles(project)).Select(name => (name, project))
                )
                .ToLookup(pair => pair.name, pair => pair.project, StringComparer.Ordinal)
        );
        foreach (var service in plan.All)
        {
            foreach (var port in service.Ports)
            {
                for (var i = 0; i < port.Request.Count; i++)
                {
                    _hosts.TryAdd(port.Host + i, service.Address);
                }
            }
        }
    }

    /// <param name="plan">Values of all projects are written, selected or not.</param>
    /// <param name="read">A file's text, null where there is none.</param>
    /// <param name="bag">Takes lines that cannot be read, and values that cannot be used.</param>
    /// <returns>Lines of the form <c>NAME=VALUE</c>, by project and then in the order of its own file; behind them <see cref="EnvironmentFileValues"/>.</returns>
    public static ImmutableArray<string> Of(Plan plan, Func<string, SourceText?> read, DiagnosticBag bag)
    {
        var values = new EnvironmentValues(plan, read, bag);
        foreach (var project in plan.Workspace.Projects)
        {
            values.Add(project);
        }

        values._lines.AddRange(EnvironmentFileValues.Of(plan, read));
        return values._lines.DrainToImmutable();
    }

    private void Add(Project project)
    {
        var lines = Lines(project);
        var names = _plan.Variables.For(project);
        var defined = lines.Select(line => line.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var demanded in project.Descriptor.Variables.Where(use => use.IsDemanded && !defined.Contains(use.Name)))
        {
            _lines.Add($"{names.Name(demanded.Name)}=${{{demanded.Name}-}}");
        }

        var needed = Needed(project, lines);
        var uses = project.Descriptor.Variables.ToDictionary(use => use.Name, StringComparer.Ordinal);
        foreach (var line in lines.Where(line => needed.Contains(line.Name)))
        {
            var use = uses.GetValueOrDefault(line.Name);
            var value = use.IsPort ? PortOnly(line) : line;
            if (use.IsPort && Refused(project, value) is { } given)
            {
                if (use.IsOnlyPort)
                {
                    continue;
                }

                _lines.Add(
                    string.Create(CultureInfo.InvariantCulture, $"{names.Name(line.Name)}{ProjectVariables.PublishedSuffix}={given}")
                );
            }

            var raw = value.IsLiteral ? value.Raw : Renamed(value, names, defined);
            raw = use.IsPath && IsRelative(raw) ? new PathRebaser(project.Folder).Rebase(raw) : raw;
            _lines.Add((line with { Name = names.Name(line.Name), Raw = raw }).ToString());
            if (use.IsAlternative)
            {
                _lines.Add($"{names.Name(line.Name)}{ProjectVariables.GivenSuffix}=");
            }

            if (InFiles(project).Contains(line.Name))
            {
                AddForFiles(project, line with { Raw = raw });
            }
        }
    }

    // The project's own file counts more than those of what it includes; in a file, the last line does.
    private List<EnvironmentLine> Lines(Project project)
    {
        var lines = new List<EnvironmentLine>();
        foreach (var file in project.Descriptor.EnvironmentFiles)
        {
            if (_read(file) is { } source)
            {
                var before = lines.ToDictionary(line => line.Name, StringComparer.Ordinal);
                var read = DotEnv.Read(source, _bag);
                _bag.AddAll(read.Where(line => Settings.Contains(line.Name)).Select(line => Errors.NotTakenOver(line.Span, line.Name)));
                var own = read.Where(line => !before.ContainsKey(line.Name)).ToList();
                TellApart(project, before, read);
                lines.AddRange(own.AsEnumerable().Reverse().DistinctBy(line => line.Name).Reverse());
            }
        }

        return lines;
    }

    // To Compose each included file has an environment of its own; here they are one. Where the project's own `.env` says it,
    // it counts for all of them, as it does to Compose.
    private void TellApart(Project project, Dictionary<string, EnvironmentLine> before, ImmutableArray<EnvironmentLine> lines)
    {
        foreach (var line in lines)
        {
            if (
                before.TryGetValue(line.Name, out var first)
                && first.Raw != line.Raw
                && first.Span.File != project.Descriptor.EnvironmentFiles[0]
                && project.Descriptor.Variables.Any(use => use.Name == line.Name)
            )
            {
                _bag.Add(Errors.TwoIncludedValues(line.Span, line.Name, project.Path).With(first.Span, "this one counts"));
            }
        }
    }

    private HashSet<string> Needed(Project project, List<EnvironmentLine> lines)
    {
        var byName = lines.ToDictionary(line => line.Name, StringComparer.Ordinal);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var queue = new Queue<string>(project.Descriptor.Variables.Select(use => use.Name).Concat(InFiles(project)));
        while (queue.TryDequeue(out var name))
        {
            if (byName.TryGetValue(name, out var line) && needed.Add(name) && !line.IsLiteral)
            {
                foreach (var other in VariableText.Names(line.Raw))
                {
                    queue.Enqueue(other);
                }
            }
        }

        return needed;
    }

    // Compose itself reads a service's env_file, and asks for the variables in it by the names that stand there. That is theirs
    // as long as no other project has one of that name.
    private void AddForFiles(Project project, EnvironmentLine line)
    {
        var other = _users.Value[line.Name].FirstOrDefault(other => other != project);
        if (other is null)
        {
            _lines.Add(line.ToString());
        }
        else
        {
            _bag.Add(Errors.VariableInFile(line.Span, line.Name, project.Path, other.Path));
        }
    }

    // The variables in the env_files of a project's services.
    private HashSet<string> InFiles(Project project)
    {
        if (!_inFiles.TryGetValue(project.Path, out var names))
        {
            var lines = project
                .Descriptor.Services.SelectMany(service => EnvironmentFiles.Of(service.Body))
                .Distinct()
                .Select(path => WorkspacePath.Combine(project.Folder, path))
                .Select(file => file is null ? null : _read(file))
                .OfType<SourceText>()
                .SelectMany(file => DotEnv.Read(file, new DiagnosticBag()));
            var found = lines.Where(line => !line.IsLiteral).SelectMany(line => VariableText.Names(line.Raw));
            _inFiles[project.Path] = names = found.ToHashSet(StringComparer.Ordinal);
        }

        return names;
    }

    // In double quotes a backslash makes a dollar sign mean itself; it stays before its own.
    private static string Renamed(EnvironmentLine line, ProjectVariables names, HashSet<string> defined)
    {
        const string Escaped = "\\$";
        var pieces = line.Quote == '"' ? line.Raw.Split(Escaped) : [line.Raw];
        return string.Join(Escaped, pieces.Select(piece => names.RewriteOnly(piece, defined)));
    }

    private static bool IsRelative(string path) =>
        path is "." or ".." || path.StartsWith("./", StringComparison.Ordinal) || path.StartsWith("../", StringComparison.Ordinal);

    // `127.0.0.1:8080` for `${PORT}:80`: an address and a port, which are two things in the generated file.
    private EnvironmentLine PortOnly(EnvironmentLine line)
    {
        var colon = line.Raw.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(line.Raw[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return line;
        }

        _bag.Add(Errors.AddressOfEnvironment(line.Span, line.Name));
        return line with { Raw = line.Raw[(colon + 1)..] };
    }

    // A host port from a `.env` counts on this machine, unless another service has it: two copies of one project mostly
    // come with the same `.env`. Then the port that was given is what counts.
    private int? Refused(Project project, EnvironmentLine line)
    {
        if (!int.TryParse(line.Raw, NumberStyles.None, CultureInfo.InvariantCulture, out var host))
        {
            return null;
        }

        var (service, port) = _plan
            .All.Where(service => service.Project == project)
            .SelectMany(service => service.Ports.Select(port => (service, port)))
            .First(pair => VariableText.Names(pair.port.Request.PublishedText ?? string.Empty).FirstOrDefault() == line.Name);
        if (_hosts.TryAdd(host, service.Address) || _hosts[host] == service.Address)
        {
            return null;
        }

        _bag.Add(Errors.PortOfEnvironment(line.Span, line.Name, host, service.Address, _hosts[host]));
        return port.Host;
    }
}
