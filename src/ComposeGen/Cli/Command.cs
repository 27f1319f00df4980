using System.Diagnostics.CodeAnalysis;

namespace ComposeGen.Cli;

/// <summary>What a command is about: the order in which help has them.</summary>
internal enum CommandGroup
{
    Workspace,
    Running,
    Files,
    Ports,
    Elsewhere,
    Machine,
}

/// <summary>One command of the tool.</summary>
/// <param name="Name">One word, or two, of which the first is a command too.</param>
/// <param name="Options">The type that its options are parsed into; it has the same name, and the sentence that says what it does.</param>
/// <param name="Plain">What it is where no option is given.</param>
/// <param name="Run">Options, what was given after <c>--</c>, where to write → exit code.</param>
internal sealed record Command(
    string Name,
    [property: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] [param: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)]
        Type Options,
    Func<CommonOptions> Plain,
    Func<CommonOptions, IReadOnlyList<string>, Terminal, Task<int>> Run
)
{
    public CommandGroup Group { get; init; }

    /// <summary>What it takes beside options, as usage has it.</summary>
    public string Takes { get; init; } = string.Empty;

    /// <summary>How many arguments it takes; what follows <c>--</c> is not among them.</summary>
    public int AtMost { get; init; }

    /// <summary>What follows <c>--</c>, in words; null where nothing may.</summary>
    public string? Extra { get; init; }

    /// <summary>Whether all that follows its first argument is a foreign program's, options too, without a <c>--</c>.</summary>
    public bool HandsOver { get; init; }

    public static Command Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        string name,
        CommandGroup group,
        Func<T, IReadOnlyList<string>, Terminal, Task<int>> run
    )
        where T : CommonOptions, new() =>
        new(name, typeof(T), () => new T(), (options, extra, terminal) => run((T)options, extra, terminal)) { Group = group };

    public static Command Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        string name,
        CommandGroup group,
        Func<T, Terminal, Task<int>> run
    )
        where T : CommonOptions, new() => Of<T>(name, group, (options, _, terminal) => run(options, terminal));

    public static Command Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(string name, CommandGroup group, Func<T, Terminal, int> run)
        where T : CommonOptions, new() => Of<T>(name, group, (options, _, terminal) => Task.FromResult(run(options, terminal)));
}
