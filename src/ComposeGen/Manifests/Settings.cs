using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>What <c>composegen.yml</c> sets for the whole workspace. <see cref="Name"/>: the Compose project's name, where it is not left to the folder's.</summary>
internal sealed record Settings(string? Name = null)
{
    public const string FileName = "composegen.yml";

    private static readonly string[] Keys = ["name", "network", "python"];

    /// <summary>Python's version for projects that ask for none.</summary>
    public string Python { get; init; } = PythonEnvironment.DefaultVersion;

    /// <summary>Where networks get subnets from when there are many.</summary>
    public NetworkPool Pool { get; init; } = NetworkPool.Default;

    /// <summary>The settings, as far as they can be read.</summary>
    public static Settings Read(SourceText source, DiagnosticBag bag)
    {
        switch (YamlReader.Read(source, bag))
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries.Where(e => !Keys.Contains(e.Name)))
                {
                    bag.Add(Errors.UnknownKey(entry.Key.Span, entry.Name, Keys));
                }

                return new Settings(ReadName(mapping["name"], bag))
                {
                    Python = ReadPython(mapping["python"], bag),
                    Pool = NetworkPool.Read(mapping["network"], bag),
                };
            case null:
                return new Settings();
            case var other:
                bag.Add(Errors.WrongKind(other.Span, FileName, "a mapping", other.Kind));
                return new Settings();
        }
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
            case YamlScalar scalar when ComposeProjectName.IsValid(scalar.Value):
                return scalar.Value;
            default:
                bag.Add(Errors.BadProjectName(node.Span, (node as YamlScalar)?.Value ?? node.Kind));
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
