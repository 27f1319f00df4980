using System.Buffers;
using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// <c>environment.yml</c>: channels, packages, and a <c>pip</c> section among them. Its <c>name</c> and <c>prefix</c> mean
/// nothing in an image.
/// </summary>
internal static class CondaEnvironment
{
    /// <summary>The names that it may have, the preferred one first.</summary>
    public static readonly ImmutableArray<string> FileNames = ["environment.yml", "environment.yaml"];

    private static readonly SearchValues<char> EndOfName = SearchValues.Create("=<>!~ [");

    /// <param name="source">The text.</param>
    /// <param name="file">Its path in the project's folder.</param>
    /// <param name="bag">Takes a diagnostic for what micromamba would not take either.</param>
    public static PythonDependencies Read(SourceText source, string file, DiagnosticBag bag)
    {
        var nothing = new PythonDependencies(PythonInstaller.Conda, file);
        var before = bag.HasErrors;
        var root = YamlReader.Read(source, bag);
        if (root is not YamlMapping map)
        {
            if (root is not null || bag.HasErrors == before)
            {
                bag.Add(Errors.WrongKind(root?.Span ?? source.At(0, 1), file, "a mapping with `dependencies`", root?.Kind ?? "empty"));
            }

            return nothing;
        }

        var packages = Items(map, "dependencies", "a list of packages", bag);
        var names = packages.OfType<YamlScalar>().Select(package => Name(package.Value)).ToImmutableHashSet(StringComparer.Ordinal);
        var pip = Pip(packages, file, bag);
        return nothing with
        {
            Packages = names.Union(pip.Packages),
            Includes = pip.Includes,
            Channels = Channels(Items(map, "channels", "a list of channels", bag), bag),
            NamesPython = names.Contains("python"),
        };
    }

    // A name or a URL, of characters that mean nothing to a shell; `nodefaults` is a word to conda and no channel.
    private static ImmutableArray<string> Channels(ImmutableArray<YamlNode> items, DiagnosticBag bag)
    {
        var channels = items.OfType<YamlScalar>().Where(item => item.Value != "nodefaults").ToList();
        foreach (var channel in channels.Where(channel => !channel.Value.All(IsChannelCharacter)))
        {
            bag.Add(Errors.WrongKind(channel.Span, "a channel", "a name or a URL", $"`{channel.Value}`"));
        }

        return [.. channels.Select(channel => channel.Value)];
    }

    private static bool IsChannelCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "._-/:@+~%=".Contains(c);

    private static ImmutableArray<YamlNode> Items(YamlMapping map, string key, string expected, DiagnosticBag bag)
    {
        switch (map[key])
        {
            case YamlSequence list:
                foreach (var item in list.Items.Where(item => item is not (YamlScalar { IsNull: false } or YamlMapping)))
                {
                    bag.Add(Errors.WrongKind(item.Span, $"an entry of `{key}`", "a text", item.Kind));
                }

                return list.Items;
            case null or YamlScalar { IsNull: true }:
                return [];
            case var other:
                bag.Add(Errors.WrongKind(other.Span, key, expected, other.Kind));
                return [];
        }
    }

    private static PythonDependencies Pip(ImmutableArray<YamlNode> packages, string file, DiagnosticBag bag)
    {
        var lines = new List<YamlScalar>();
        foreach (var section in packages.OfType<YamlMapping>())
        {
            foreach (var other in section.Entries.Where(entry => entry.Name != "pip"))
            {
                bag.Add(Errors.UnknownKey(other.Key.Span, other.Name, ["pip"]));
            }

            lines.AddRange(Items(section, "pip", "a list of pip's requirements", bag).OfType<YamlScalar>());
        }

        return PythonRequirements.Of(lines, file, PythonInstaller.Conda, bag);
    }

    // [CHANNEL::]NAME[=VERSION[=BUILD]], or a match in words: `python >=3.10`, `numpy[version='>1']`.
    private static string Name(string package)
    {
        var start = package.LastIndexOf("::", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0;
        var end = package.AsSpan(start).IndexOfAny(EndOfName);
        return (end < 0 ? package[start..] : package[start..(start + end)]).Trim().ToLowerInvariant();
    }
}
