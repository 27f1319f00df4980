using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests.Specification;

/// <summary>
/// What each key of <see cref="ComposeTable"/> is for, with examples, for people who write a <c>project.yml</c> in an editor. It is
/// part of the program as the file <c>ComposeTexts.yml</c>, which nothing but the schema reads.
/// </summary>
internal sealed class ComposeTexts
{
    private const string File = "ComposeTexts.yml";

    private readonly YamlMapping _sections = Read();

    /// <summary>The keys of a section of which there is a text, those among them that are extensions and in no table.</summary>
    public IEnumerable<string> Keys(string section) => ((YamlMapping)_sections[section]!).Names;

    /// <summary>What the key is for.</summary>
    public string Text(string section, string key) => ((YamlScalar)Items(section, key).Items[0]).Value;

    /// <summary>Values that may stand at the key, the most usual one first.</summary>
    public IEnumerable<YamlNode> Examples(string section, string key) => Items(section, key).Items.Skip(1);

    private YamlSequence Items(string section, string key) =>
        (_sections[section] as YamlMapping)?[key] as YamlSequence ?? throw new InvalidOperationException($"{File} says nothing of `{section}.{key}`");

    private static YamlMapping Read()
    {
        using var stream = typeof(ComposeTexts).Assembly.GetManifestResourceStream(File)!;
        using var reader = new StreamReader(stream);
        var bag = new DiagnosticBag();
        var tree = YamlReader.Read(new SourceText(File, reader.ReadToEnd()), bag);
        return bag.HasErrors ? throw new InvalidOperationException(bag.Sorted()[0].Message) : (YamlMapping)tree!;
    }
}
