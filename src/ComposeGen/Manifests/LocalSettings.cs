using System.Globalization;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// What <c>composegen.local.yml</c>, which git ignores, says of this checkout alone. <see cref="Slot"/>: which of the
/// machine's checkouts of the workspace it is, from 1, which has the ports that are committed.
/// </summary>
internal sealed record LocalSettings(int Slot = LocalSettings.FirstSlot)
{
    public const string FileName = "composegen.local.yml";
    public const int FirstSlot = 1;

    /// <summary>Nobody has more checkouts running than this, and a typing error should not pass for one.</summary>
    public const int LastSlot = 99;

    private static readonly string[] Keys = ["slot"];

    public static LocalSettings Read(SourceText source, DiagnosticBag bag)
    {
        switch (YamlReader.Read(source, bag))
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries.Where(entry => !Keys.Contains(entry.Name)))
                {
                    bag.Add(Errors.UnknownKey(entry.Key.Span, entry.Name, Keys));
                }

                return new LocalSettings(ReadSlot(mapping["slot"], bag));
            case null:
                return new LocalSettings();
            case var other:
                bag.Add(Errors.WrongKind(other.Span, FileName, "a mapping", other.Kind));
                return new LocalSettings();
        }
    }

    private static int ReadSlot(YamlNode? node, DiagnosticBag bag)
    {
        if (node is null)
        {
            return FirstSlot;
        }

        if (
            node is YamlScalar text
            && int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var slot)
            && slot is >= FirstSlot and <= LastSlot
        )
        {
            return slot;
        }

        bag.Add(Errors.BadSlot(node.Span, (node as YamlScalar)?.Value ?? node.Kind, LastSlot));
        return FirstSlot;
    }
}
