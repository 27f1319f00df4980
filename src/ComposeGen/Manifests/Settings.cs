using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// What <c>composegen.yml</c> sets for the whole workspace; <see cref="SettingsTable"/> lists its keys. <see cref="Name"/>: the
/// Compose project's name, where it is not left to the folder's.
/// </summary>
internal sealed record Settings(string? Name = null)
{
    public const string FileName = "composegen.yml";

    public const string DefaultNetwork = "shared";

    /// <summary>Python's version for projects that ask for none.</summary>
    public string Python { get; init; } = PythonEnvironment.DefaultVersion;

    /// <summary>Which host ports are given, and on which address.</summary>
    public PortSettings Ports { get; init; } = PortSettings.Default;

    /// <summary>The key of the network that all projects share.</summary>
    public string SharedNetwork { get; init; } = DefaultNetwork;

    /// <summary>Where networks get subnets from when there are many.</summary>
    public NetworkPool Pool { get; init; } = NetworkPool.Default;

    /// <summary>Where the workspace's own templates are.</summary>
    public TemplatesFolder Templates { get; init; } = TemplatesFolder.Default;

    /// <summary>What is made of warnings.</summary>
    public WarningPolicy Warnings { get; init; } = WarningPolicy.None;

    /// <summary>The settings, as far as they can be read.</summary>
    public static Settings Read(SourceText source, DiagnosticBag bag)
    {
        switch (YamlReader.Read(source, bag))
        {
            case YamlMapping root:
                ReportUnknown(root, null, bag);
                var network = Section(root, "network", bag);
                return new Settings(ReadName(root["name"], bag))
                {
                    Python = ReadPython(root["python"], bag),
                    Ports = PortSettings.Read(Section(root, "ports", bag), bag),
                    SharedNetwork = ReadNetwork(network?["name"], bag),
                    Pool = NetworkPool.Read(network?["pool"], bag),
                    Templates = TemplatesFolder.Read(root["templates"], bag),
                    Warnings = ReadWarnings(Section(root, "warnings", bag), bag),
                };
            case null:
                return new Settings();
            case var other:
                bag.Add(Errors.WrongKind(other.Span, FileName, "a mapping", other.Kind));
                return new Settings();
        }
    }

    /// <summary>A value as a message names it: its text, or what kind of thing it is.</summary>
    public static string Shown(YamlNode node) => node is YamlScalar { IsNull: false, Value.Length: > 0 } scalar ? scalar.Value : node.Kind;

    // One with nothing below it says nothing.
    private static YamlMapping? Section(YamlMapping root, string key, DiagnosticBag bag)
    {
        switch (root[key])
        {
            case null or YamlScalar { IsNull: true }:
                return null;
            case YamlMapping section:
                ReportUnknown(section, key, bag);
                return section;
            case var other:
                bag.Add(Errors.WrongKind(other.Span, key, "a mapping", other.Kind));
                return null;
        }
    }

    private static void ReportUnknown(YamlMapping mapping, string? section, DiagnosticBag bag)
    {
        var keys = SettingsTable.Keys(section);
        foreach (var entry in mapping.Entries.Where(entry => !keys.Contains(entry.Name)))
        {
            bag.Add(Errors.UnknownKey(entry.Key.Span, entry.Name, keys));
        }
    }

    // A letter first: what sorts before `_` would be asked for a name before a project's own networks are.
    private static string ReadNetwork(YamlNode? node, DiagnosticBag bag)
    {
        switch (node)
        {
            case null:
                return DefaultNetwork;
            case YamlScalar { IsNull: false, Value: [>= 'a' and <= 'z', ..] name }
                when name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'):
                return name;
            default:
                bag.Add(Errors.BadNetworkName(node.Span, Shown(node)));
                return DefaultNetwork;
        }
    }

    private static WarningPolicy ReadWarnings(YamlMapping? warnings, DiagnosticBag bag) =>
        new(ReadCodes(warnings, "ignore", bag), ReadCodes(warnings, "errors", bag));

    private static ImmutableHashSet<string> ReadCodes(YamlMapping? warnings, string key, DiagnosticBag bag)
    {
        switch (warnings?[key])
        {
            case null or YamlScalar { IsNull: true }:
                return [];
            case YamlSequence list:
                return [.. list.Items.Select(item => ReadCode(item, bag)).OfType<string>()];
            case var other:
                bag.Add(Errors.WrongKind(other.Span, $"`warnings.{key}`", "a list", other.Kind, "write `[CG0107]`"));
                return [];
        }
    }

    private static string? ReadCode(YamlNode node, DiagnosticBag bag)
    {
        var page = node is YamlScalar scalar ? ErrorPage.Of(scalar.Value) : null;
        if (page is null)
        {
            bag.Add(Errors.NoSuchCode(node.Span, Shown(node)));
        }
        else if (page.Severity == Severity.Error)
        {
            bag.Add(Errors.NotAWarning(node.Span, page.Code, page.Title));
        }

        return page?.Code;
    }

    private static string ReadPython(YamlNode? node, DiagnosticBag bag)
    {
        switch (node)
        {
            case null:
                return PythonEnvironment.DefaultVersion;
            case YamlScalar scalar when PythonVersion.IsTag(scalar.Value):
                return scalar.Value;
            default:
                bag.Add(Errors.BadPythonVersion(node.Span, (node as YamlScalar)?.Value ?? node.Kind));
                return PythonEnvironment.DefaultVersion;
        }
    }

    private static string? ReadName(YamlNode? node, DiagnosticBag bag)
    {
        switch (node)
        {
            case null:
                return null;
            case YamlScalar { IsNull: false } scalar when ComposeProjectName.IsValid(scalar.Value):
                return scalar.Value;
            default:
                bag.Add(Errors.BadProjectName(node.Span, Shown(node)));
                return null;
        }
    }
}

/// <summary>Names of Compose projects (Compose Specification, chapter Version and name top-level elements).</summary>
internal static class ComposeProjectName
{
    /// <summary>Lower-case letters, digits, <c>-</c> and <c>_</c>, a letter or digit first.</summary>
    public static bool IsValid(string name) => name.Length > 0 && Normalize(name) == name;

    /// <summary>What <c>docker compose</c> calls a folder of this name; empty where nothing of it can be used.</summary>
    public static string Normalize(string folderName) =>
        string.Concat(folderName.ToLowerInvariant().Where(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'))
            .TrimStart('-', '_');
}
