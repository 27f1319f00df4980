using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>
/// Lines for the workspace's <c>.env</c>: what a service's env_file says of a variable that the generated file adds to the
/// service. The file counts, though <c>environment</c> counts more to Compose.
/// </summary>
internal sealed class EnvironmentFileValues
{
    private readonly Func<string, SourceText?> _read;
    private readonly Dictionary<(string File, bool IsRaw), ImmutableArray<EnvironmentLine>> _files = [];

    private EnvironmentFileValues(Func<string, SourceText?> read) => _read = read;

    /// <param name="plan">Values for the services that run are written.</param>
    /// <param name="read">A file's text, null where there is none.</param>
    public static IEnumerable<string> Of(Plan plan, Func<string, SourceText?> read)
    {
        var values = new EnvironmentFileValues(read);
        var addresses = new ServiceAddresses(plan);
        return plan
            .Services.Where(service => service.Declaration.Body.Contains("env_file"))
            .SelectMany(service => values.Lines(service, addresses.Of(service).Select(variable => variable.Name)));
    }

    // In the order of the files, and of each one's lines: a variable in a value means what stands above it.
    private IEnumerable<string> Lines(PlannedService service, IEnumerable<string> added)
    {
        var lines = EnvironmentFiles
            .All(service.Declaration.Body)
            .SelectMany(file => Read(service.Project, file.Path, file.IsRaw))
            .Reverse()
            .DistinctBy(line => line.Name)
            .Reverse()
            .ToList();
        var byName = lines.ToDictionary(line => line.Name, StringComparer.Ordinal);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var queue = new Queue<string>(added);
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

        return lines
            .Where(line => needed.Contains(line.Name))
            .Select(line =>
                (
                    line with
                    {
                        Name = ServiceAddresses.InFile(service, line.Name),
                        Raw = line.IsLiteral ? line.Raw : Renamed(service, line, needed),
                    }
                ).ToString()
            );
    }

    private ImmutableArray<EnvironmentLine> Read(Project project, string path, bool isRaw)
    {
        if (WorkspacePath.Combine(project.Folder, path) is not { } file)
        {
            return [];
        }

        if (!_files.TryGetValue((file, isRaw), out var lines))
        {
            // What is wrong in a file is Compose's to say.
            var source = _read(file);
            _files[(file, isRaw)] = lines =
                source is null ? []
                : isRaw ? [.. DotEnv.ReadRaw(source)]
                : DotEnv.Read(source, new DiagnosticBag());
        }

        return lines;
    }

    // As Compose asks in an env_file: the shell and the workspace's `.env` first, then the file itself. In double quotes a
    // backslash makes a dollar sign mean itself.
    private static string Renamed(PlannedService service, EnvironmentLine line, HashSet<string> own)
    {
        const string Escaped = "\\$";
        var pieces = line.Quote == '"' ? line.Raw.Split(Escaped) : [line.Raw];
        return string.Join(
            Escaped,
            pieces.Select(piece => VariableText.Parse(piece) is { } parts ? VariableText.Print(Renamed(service, parts, own)) : piece)
        );
    }

    private static ImmutableArray<TextPart> Renamed(PlannedService service, ImmutableArray<TextPart> parts, HashSet<string> own) =>
        [
            .. parts.Select(part =>
            {
                if (part.Name is not { } name || !own.Contains(name))
                {
                    return part with { Operand = Renamed(service, part.Operand, own) };
                }

                var inner = part with
                {
                    Name = ServiceAddresses.InFile(service, name),
                    Operator = part.Operator is "" ? "-" : part.Operator,
                    Operand = Renamed(service, part.Operand, own),
                };
                return inner.Operator is "-" or ":-" ? TextPart.Variable(name, inner.Operator, inner) : inner;
            }),
        ];
}
