using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using CommandLine;

namespace ComposeGen.Cli;

/// <summary>One option, in words.</summary>
/// <param name="Short">One letter; null where it has none.</param>
/// <param name="Long">Without its dashes.</param>
/// <param name="Value">What its value is called; empty where it takes none.</param>
/// <param name="Does">A sentence.</param>
internal sealed record OptionHelp(char? Short, string Long, string Value, string Does)
{
    /// <summary>As usage has it: <c>-C, --directory DIR</c>.</summary>
    public string Form => $"{(Short is { } letter ? $"-{letter}, " : string.Empty)}--{Long}{(Value.Length > 0 ? $" {Value}" : string.Empty)}";
}

/// <summary>What there is to say of a command: help, the manual page, completion and the reference say it, each in its form.</summary>
/// <param name="Command">The command.</param>
/// <param name="Does">A sentence.</param>
/// <param name="Options">Its own first, then those that all have.</param>
internal sealed record CommandHelp(Command Command, string Does, ImmutableArray<OptionHelp> Options)
{
    /// <summary>What every command takes, whatever else.</summary>
    public static readonly OptionHelp Help = new('h', "help", string.Empty, "Show this.");

    /// <summary>Those that every command takes.</summary>
    public static readonly ImmutableArray<OptionHelp> OfAll = [.. Properties(typeof(CommonOptions)), Help];

    /// <summary>The line that says what can be given.</summary>
    public string Usage =>
        $"composegen {Command.Name} [OPTION…]{Prefixed(Command.Takes)}{(Command.Extra is null || Command.HandsOver ? string.Empty : " [-- …]")}";

    /// <summary>What the <c>…</c> after <c>--</c> is; null where there is none.</summary>
    public string? After => Command.Extra is { } extra && !Command.HandsOver ? $"What follows `--`: {extra}." : null;

    public static CommandHelp Of(Command command) =>
        new(
            command,
            command.Options.GetCustomAttribute<VerbAttribute>()!.HelpText,
            [.. Properties(command.Options), Help]
        );

    private static IEnumerable<OptionHelp> Properties([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type options) =>
        options
            .GetProperties()
            .Where(property => property.GetCustomAttribute<OptionAttribute>() is { Hidden: false })
            .OrderBy(property => property.DeclaringType == typeof(CommonOptions))
            .Select(property => Of(property.GetCustomAttribute<OptionAttribute>()!));

    private static OptionHelp Of(OptionAttribute option) =>
        new(
            option.ShortName is [var letter] ? letter : null,
            option.LongName,
            option.MetaValue,
            option.Default is { } value ? $"{option.HelpText.TrimEnd('.')} (default: {$"{value}".ToLowerInvariant()})." : option.HelpText
        );

    private static string Prefixed(string text) => text.Length > 0 ? $" {text}" : text;
}
