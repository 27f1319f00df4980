using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Compose;

/// <summary>Trees of one project with its variables called as in the generated file. Only values hold variables, never keys.</summary>
internal sealed class VariableRewriter(ProjectVariables variables)
{
    /// <summary>The value of one key of a service.</summary>
    public YamlNode Service(YamlEntry entry) =>
        (entry.Name, entry.Value) switch
        {
            ("environment", var settings) => TakenOver(Value(settings)),
            ("build", YamlMapping build) when ((YamlMapping)Value(build)) is var rewritten && rewritten["args"] is { } args =>
                rewritten.With("args", TakenOver(args)),
            var (_, value) => Value(value),
        };

    /// <summary>An entry of a top-level section.</summary>
    public YamlNode Resource(string section, YamlNode node) =>
        section is "secrets" or "configs"
        && Value(node) is YamlMapping map
        && map["environment"] is YamlScalar text
        && VariableUses.TakenOver(text) is { } name
            ? map.With("environment", text with { Value = Prefixed(name), IsPlain = false })
            : Value(node);

    public YamlNode Value(YamlNode node) =>
        variables.IsEmpty || !VariableUses.MayHave(node) ? node
        : node is YamlScalar text ? Text(text)
        : node is YamlSequence list ? list with { Items = [.. list.Items.Select(Value)] }
        : node is YamlMapping map ? map with { Entries = [.. map.Entries.Select(entry => entry with { Value = Value(entry.Value) })] }
        : node;

    private YamlScalar Text(YamlScalar text) =>
        variables.Rewrite(text.Value) is var rewritten && rewritten != text.Value ? text with { Value = rewritten, IsPlain = false } : text;

    // A setting without a value is whatever the variable of its name is, and is not there where that is not set. As an item
    // of a list it can be both: `VAR` takes over VAR, and with SHOP_VAR set the same text is `VAR=…`.
    private YamlNode TakenOver(YamlNode settings)
    {
        switch (settings)
        {
            case YamlSequence list when list.Items.Any(item => VariableUses.TakenOver(item) is not null):
                return list with { Items = [.. list.Items.Select(Item)] };
            case YamlMapping map
                when map.Entries.Any(entry => entry.Value is YamlScalar { IsNull: true })
                    && map.Entries.All(entry => entry.Value is YamlScalar text && PlainValue.Text(text) is not null):
                return new YamlSequence([.. map.Entries.Select(Item)], map.Span);
            case YamlMapping map:
                return map with { Entries = [.. map.Entries.Select(Named)] };
            default:
                return settings;
        }
    }

    private YamlNode Item(YamlNode item) =>
        VariableUses.TakenOver(item) is { } name ? ((YamlScalar)item) with { Value = Asked(name), IsPlain = false } : item;

    private YamlEntry Named(YamlEntry entry) =>
        entry.Value is YamlScalar { IsNull: true } none
            ? entry with
            {
                Value = none with { Value = variables.Rewrite($"${{{entry.Name}}}"), IsPlain = false },
            }
            : entry;

    private YamlNode Item(YamlEntry entry) =>
        entry.Value is YamlScalar { IsNull: false } text
            ? text with
            {
                Value = $"{entry.Name}={PlainValue.Text(text)}",
                IsPlain = false,
            }
            : entry.Key with
            {
                Value = Asked(entry.Name),
                IsPlain = false,
            };

    private string Asked(string name) => IsName(name) ? $"{name}${{{variables.Name(name)}+=}}${{{variables.Name(name)}-}}" : name;

    private string Prefixed(string name)
    {
        var own = variables.Name(name);
        return IsName(name) ? $"${{{own}+{own[..^name.Length]}}}{name}" : name;
    }

    private static bool IsName(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
