using System.Text;
using System.Text.RegularExpressions;
using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Rendering;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>
/// The file that is sent to a swarm, with all its values in it; so it is in a folder that only its owner may look into, for as
/// long as it is needed.
/// </summary>
/// <param name="files">The workspace.</param>
/// <param name="plan">What is deployed, with the addresses that it has there.</param>
/// <param name="stack">The stack's name.</param>
/// <param name="environment">What variables come to.</param>
internal sealed partial class StackFile(WorkspaceFiles files, Plan plan, string stack, WorkspaceEnvironment environment) : IDisposable
{
    private const string FileName = "docker-stack.yml";

    // What a swarm lets the name of a config or secret have.
    private const int LongestName = 64;
    private const int HashDigits = 12;

    private readonly TemporaryFolder _folder = new();
    private readonly SortedDictionary<string, string> _definitions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _inFiles = FileVariables
        .Named(files, plan.Services, environment.Value)
        .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    private YamlMapping? _root;

    /// <summary>Where it is.</summary>
    public string Path { get; private set; } = string.Empty;

    /// <summary>Each service's part of it, with variables in place of their values, by the service's key.</summary>
    public IReadOnlyDictionary<string, string> Definitions => _definitions;

    /// <summary>Names of the configs and secrets in it.</summary>
    public IReadOnlySet<string> Sources => _sources;

    /// <summary>Renders the template.</summary>
    /// <param name="images">Each service's image, by the service's key.</param>
    /// <param name="isEncrypted">Whether networks are.</param>
    /// <param name="bag">Takes what a swarm cannot do, and what is wrong with a template.</param>
    /// <returns>False where there is no file.</returns>
    public bool Render(IReadOnlyDictionary<string, string> images, bool isEncrypted, DiagnosticBag bag)
    {
        var document = new StackDocument(images, service => FileVariables.Of(files, service).Keys, isEncrypted, bag).Of(ComposeBuilder.Build(plan));
        var text = TemplateRenderer.Render(document, new TemplateSet(plan.Workspace), bag, TemplateRenderer.StackTemplate)?.ToString();
        _root = text is null ? null : YamlReader.Read(new SourceText(FileName, text), bag, YamlReader.MaxGenerated) as YamlMapping;
        return _root is not null;
    }

    /// <summary>Puts values in place of variables, and files in that of configs and secrets, and writes it.</summary>
    /// <returns>False where one of them is not there; the bag then says which.</returns>
    public bool Fill(DiagnosticBag bag)
    {
        var root = _root!;
        foreach (var (section, kind) in (ReadOnlySpan<(string, string)>)[("configs", "config"), ("secrets", "secret")])
        {
            if (root[section] is YamlMapping entries)
            {
                root = root.With(section, entries with { Entries = [.. entries.Entries.Select(entry => entry with { Value = Source(kind, entry, bag) })] });
            }
        }

        if (root["services"] is not YamlMapping services)
        {
            return false;
        }

        var fill = new StackText(Evaluate);
        var filled = services with { Entries = [.. services.Entries.Select(service => fill.Fill(service.Value) is YamlMapping body ? Labelled(service, body, root) : service)] };
        Path = _folder.Write(FileName, StackText.Of(((YamlMapping)fill.Fill(root)).With("services", filled)));
        return !bag.HasErrors;
    }

    /// <summary>A definition without the digests of images that have a tag: the tag follows from the image already.</summary>
    public static string WithoutDigests(string definition) => Digest().Replace(definition, "$1");

    public void Dispose() => _folder.Dispose();

    // A swarm keeps the label with the service: `deploy --diff` compares with it.
    private YamlEntry Labelled(YamlEntry service, YamlMapping filled, YamlMapping root)
    {
        var text = new StringBuilder();
        YamlText.Append(text, service.Value, 0);
        var sources = ((string[])["configs", "secrets"]).SelectMany(section =>
            ResourceReferences.Collect(filled).Where(reference => reference.Section == section).Select(reference => Name((root[section] as YamlMapping)?[reference.Name]))
        );
        var hash = Hash(WithoutDigests(StackText.Of(filled)) + string.Join(' ', sources));
        var definition = $"{text.ToString().TrimStart('\n')}\n# with values and files: {hash}\n";
        _definitions[service.Name] = definition;
        var yaml = new YamlFactory(service.Key.Span);
        var deploy = filled["deploy"] as YamlMapping ?? yaml.Map();
        var label = YamlText.Literal(definition);
        var labels = deploy["labels"] is YamlSequence list
            ? (YamlNode)(list with { Items = [.. list.Items, yaml.Text($"{Swarm.DefinitionLabel}={label}")] })
            : (deploy["labels"] as YamlMapping ?? yaml.Map()).With(Swarm.DefinitionLabel, yaml.Text(label));
        return service with { Value = filled.With("deploy", deploy.With("labels", labels)) };
    }

    // A swarm's configs and secrets cannot be changed: another content is another name.
    private YamlNode Source(string kind, YamlEntry entry, DiagnosticBag bag)
    {
        if (entry.Value is not YamlMapping map || map["external"] is not null)
        {
            return entry.Value;
        }

        var yaml = new YamlFactory(entry.Key.Span);
        if (Content(map) is var (content, problem) && content is null)
        {
            bag.Add(Errors.SourceMissing(kind, entry.Name, problem));
            return entry.Value;
        }

        var name = $"{stack}_{entry.Name}";
        var hash = Hash($"{name} {content}");
        name = $"{name[..Math.Min(name.Length, LongestName - HashDigits - 1)]}_{hash}";
        _sources.Add(name);
        var others = map.Entries.RemoveAll(key => key.Name is "file" or "content" or "environment" or "name");
        return yaml.Map(("name", yaml.Text(name)), ("file", yaml.Text(YamlText.Literal(_folder.Write(name, content!))))) is var made
            ? made with { Entries = [.. made.Entries, .. others] }
            : map;
    }

    private (string? Content, string Problem) Content(YamlMapping map)
    {
        if (map["content"] is YamlScalar content)
        {
            return (Evaluate(content.Value), "a variable in it has to be set");
        }

        if (map["environment"] is YamlScalar variable)
        {
            var name = Evaluate(variable.Value) ?? variable.Value;
            return (Lookup(name), $"the variable `{name}` is not set");
        }

        var path = Evaluate((map["file"] as YamlScalar)?.Value ?? string.Empty) ?? string.Empty;
        var file = System.IO.Path.GetFullPath(path, files.Root);
        return (File.Exists(file) ? File.ReadAllText(file) : null, $"there is no file {path}");
    }

    private string? Evaluate(string text) => VariableText.Parse(text) is { } parts ? VariableText.Evaluate(parts, Lookup) : text;

    private string? Lookup(string name) =>
        name switch
        {
            ProjectVariables.ProjectName => stack,
            ProjectVariables.WorkingDirectory => files.Root,
            _ => environment.Value(name) ?? _inFiles.GetValueOrDefault(name),
        };

    private static string Name(YamlNode? source) => ((source as YamlMapping)?["name"] as YamlScalar)?.Value ?? string.Empty;

    private static string Hash(string text) => Sha256.Hex(Encoding.UTF8.GetBytes(text))[..HashDigits];

    [GeneratedRegex("(:[A-Za-z0-9_.-]+)@sha256:[0-9a-f]{64}")]
    private static partial Regex Digest();
}
