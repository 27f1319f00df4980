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
    private readonly Plan _plan;
    private readonly Func<string, SourceText?> _read;
    private readonly DiagnosticBag _bag;
    private readonly ImmutableArray<string>.Builder _lines = ImmutableArray.CreateBuilder<string>();
    private readonly Dictionary<int, string> _hosts = [];

    private EnvironmentValues(Plan plan, Func<string, SourceText?> read, DiagnosticBag bag)
    {
        (_plan, _read, _bag) = (plan, read, bag);
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
    /// <returns>Lines of the form <c>NAME=VALUE</c>, by project and then in the order of its own file.</returns>
    public static ImmutableArray<string> Of(Plan plan, Func<string, SourceText?> read, DiagnosticBag bag)
    {
        var values = new EnvironmentValues(plan, read, bag);
        foreach (var project in plan.Workspace.Projects.Where(project => project.Descriptor.Variables.Length > 0))
        {
            values.Add(project);
        }

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
        foreach (var line in lines.Where(line => needed.Contains(line.Name)))
        {
            var use = project.Descriptor.Variables.FirstOrDefault(use => use.Name == line.Name);
            if (use.IsPort && !IsFree(project, line))
            {
                continue;
            }

            var raw = line.IsLiteral ? line.Raw : Renamed(line, names, defined);
            raw = use.IsPath && IsRelative(raw) ? new PathRebaser(project.Folder).Rebase(raw) : raw;
            _lines.Add((line with { Name = names.Name(line.Name), Raw = raw }).ToString());
            if (use.IsAlternative)
            {
                _lines.Add($"{names.Name(line.Name)}{ProjectVariables.GivenSuffix}=");
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
                var before = lines.Select(line => line.Name).ToHashSet(StringComparer.Ordinal);
                var own = DotEnv.Read(source, _bag).Where(line => !before.Contains(line.Name)).ToList();
                lines.AddRange(own.Where((line, i) => own.FindLastIndex(other => other.Name == line.Name) == i));
            }
        }

        return lines;
    }

    private static HashSet<string> Needed(Project project, List<EnvironmentLine> lines)
    {
        var byName = lines.ToDictionary(line => line.Name, StringComparer.Ordinal);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var queue = new Queue<string>(project.Descriptor.Variables.Select(use => use.Name));
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

    // In double quotes a backslash makes a dollar sign mean itself; it stays before its own.
    private static string Renamed(EnvironmentLine line, ProjectVariables names, HashSet<string> defined)
    {
        const string Escaped = "\\$";
        var pieces = line.Quote == '"' ? line.Raw.Split(Escaped) : [line.Raw];
        return string.Join(Escaped, pieces.Select(piece => names.RewriteOnly(piece, defined)));
    }

    private static bool IsRelative(string path) =>
        path is "." or ".." || path.StartsWith("./", StringComparison.Ordinal) || path.StartsWith("../", StringComparison.Ordinal);

    // A host port from a `.env` counts on this machine, unless another service has it: two copies of one project mostly
    // come with the same `.env`.
    private bool IsFree(Project project, EnvironmentLine line)
    {
        if (!int.TryParse(line.Raw, NumberStyles.None, CultureInfo.InvariantCulture, out var host))
        {
            return true;
        }

        var own = _plan
            .All.Where(service => service.Project == project)
            .First(service =>
                service.Ports.Any(port => VariableText.Names(port.Request.PublishedText ?? string.Empty).FirstOrDefault() == line.Name)
            );
        if (_hosts.TryAdd(host, own.Address) || _hosts[host] == own.Address)
        {
            return true;
        }

        _bag.Add(Errors.PortOfEnvironment(line.Span, line.Name, host, own.Address, _hosts[host]));
        return false;
    }
}
