using ComposeGen.Diagnostics;

namespace ComposeGen.Cli.Shells;

/// <summary>
/// What can stand where the cursor is. The form of the answer is that of Cobra's <c>__complete</c>, a candidate and what it does
/// a line and a directive at the end, since <c>docker</c> asks its plug-ins so.
/// </summary>
internal static class Completion
{
    /// <summary>The first argument by which a shell asks.</summary>
    public const string Request = "__complete";

    [Flags]
    private enum Directive
    {
        None = 0,
        NoSpace = 2,
        NoFiles = 4,
        OnlyFolders = 16,
    }

    /// <param name="words">What was typed after the program's name, the word at the cursor last.</param>
    /// <param name="terminal">Where to write.</param>
    public static int Run(string[] words, Terminal terminal)
    {
        var (candidates, directive) = Of(words.Length == 0 ? [string.Empty] : words);
        foreach (var (text, does) in candidates)
        {
            terminal.Out.WriteLine(does.Length > 0 ? $"{DiagnosticWriter.Visible(text)}\t{DiagnosticWriter.Visible(does)}" : DiagnosticWriter.Visible(text));
        }

        terminal.Out.WriteLine($":{(int)directive}");
        terminal.Out.Flush();
        return ExitCode.Done;
    }

    private static (IEnumerable<(string Text, string Does)> Candidates, Directive Directive) Of(string[] words)
    {
        var (typed, current) = (words[..^1], words[^1]);
        string? directory = null;
        if (typed is ["-C", var where, .. var rest])
        {
            (directory, typed) = (where, rest);
        }

        if (typed is ["-C"])
        {
            return ([], Directive.OnlyFolders);
        }

        if (typed.Contains("--"))
        {
            return ([], Directive.None);
        }

        var command = typed is [var first, var second, ..] ? Commands.Find($"{first} {second}") ?? Commands.Find(first) : typed is [var only] ? Commands.Find(only) : null;
        if (command is null)
        {
            return typed is [] or ["help"] ? (CommandNames(string.Empty, current), Directive.NoFiles) : ([], Directive.NoFiles);
        }

        return InCommand(command, typed[command.Name.Split(' ').Length..], current, directory);
    }

    private static (IEnumerable<(string Text, string Does)> Candidates, Directive Directive) InCommand(Command command, string[] typed, string current, string? directory)
    {
        var options = CommandHelp.Of(command).Options;
        var arguments = new List<string>();
        OptionHelp? open = null;
        foreach (var word in typed)
        {
            open = open is null && word.StartsWith('-') ? options.FirstOrDefault(option => option.Value.Length > 0 && IsNamed(option, word)) : null;
            if (open is null && !word.StartsWith('-') && (arguments.Count > 0 || !IsValue(typed, word, options)))
            {
                arguments.Add(word);
            }

            if (word is "-C" or "--directory" && Array.IndexOf(typed, word) is var at && at + 1 < typed.Length)
            {
                directory = typed[at + 1];
            }
        }

        if (open is not null)
        {
            return OfValue(open, current);
        }

        if (current.StartsWith('-'))
        {
            return (
                options
                    .SelectMany(option => (IEnumerable<(string, string)>)[($"--{option.Long}", option.Does), .. option.Short is { } letter && current == "-" ? [($"-{letter}", option.Does)] : Array.Empty<(string, string)>()])
                    .Where(option => option.Item1.StartsWith(current, StringComparison.Ordinal)),
                Directive.NoFiles
            );
        }

        if (command.HandsOver && arguments.Count > 0)
        {
            return ([], Directive.None);
        }

        var below = arguments.Count == 0 ? CommandNames(command.Name, current) : [];
        return arguments.Count >= command.AtMost ? (below, Directive.NoFiles) : OfArgument(command, arguments, current, directory, below);
    }

    private static (IEnumerable<(string Text, string Does)> Candidates, Directive Directive) OfArgument(
        Command command,
        List<string> arguments,
        string current,
        string? directory,
        IEnumerable<(string Text, string Does)> below
    )
    {
        var names = new LiveNames(directory);
        switch (command.Name)
        {
            case "init":
                return ([], Directive.OnlyFolders);
            case "unpack":
                return ([], Directive.None);
            case "new" when arguments.Count == 0:
                return (Starting(names.Kinds(), current), Directive.NoFiles);
            case "explain":
                return (Starting(ErrorPage.All.Select(page => (page.Code, page.Title)), current), Directive.NoFiles);
            case "schema":
                return (Starting(SchemaCommand.Files.Select(file => (file, string.Empty)), current), Directive.NoFiles);
            case "completion":
                return (Starting(CompletionScripts.Shells.Select(shell => (shell, string.Empty)), current), Directive.NoFiles);
            case "ports explain":
                return (Starting(names.Ports(), current), Directive.NoFiles);
            case "ports diff":
                return (Starting(names.Branches(), current), Directive.NoFiles);
            case "ports move" when arguments.Count == 0:
                return (Starting(names.Locked(), current), Directive.NoFiles);
        }

        var projects = names.Projects(current).Where(name => command.AtMost == 1 || !arguments.Contains(name)).ToList();
        var candidates = below.Concat(projects.Select(name => (name, string.Empty)));
        return (candidates, projects.Exists(name => name[^1] is '/' or ':') ? Directive.NoFiles | Directive.NoSpace : Directive.NoFiles);
    }

    private static (IEnumerable<(string Text, string Does)> Candidates, Directive Directive) OfValue(OptionHelp option, string current) =>
        option switch
        {
            { Value: "DIR" } => ([], Directive.OnlyFolders),
            { Value: "FILE" } => ([], Directive.None),
            { Long: "context" } => (Starting(LiveNames.Contexts().Select(name => (name, string.Empty)), current), Directive.NoFiles),
            { Value: var values } when values.Contains('|', StringComparison.Ordinal) => (
                Starting(values.Split('|').Select(value => (value, string.Empty)), current),
                Directive.NoFiles
            ),
            _ => ([], Directive.NoFiles),
        };

    private static bool IsNamed(OptionHelp option, string word) => word == $"--{option.Long}" || (option.Short is { } letter && word == $"-{letter}");

    // `-o json`: the second word is no argument.
    private static bool IsValue(string[] typed, string word, IEnumerable<OptionHelp> options) =>
        Array.IndexOf(typed, word) is var at and > 0 && options.Any(option => option.Value.Length > 0 && IsNamed(option, typed[at - 1]));

    // Of a command of two words, the second.
    private static IEnumerable<(string Text, string Does)> CommandNames(string above, string current) =>
        Starting(
            Commands
                .All.Where(command => above.Length == 0 ? !command.Name.Contains(' ', StringComparison.Ordinal) : command.Name.StartsWith($"{above} ", StringComparison.Ordinal))
                .Select(command => (command.Name[(above.Length == 0 ? 0 : above.Length + 1)..], CommandHelp.Of(command).Does)),
            current
        );

    private static IEnumerable<(string Text, string Does)> Starting(IEnumerable<(string Text, string Does)> all, string current) =>
        all.Where(candidate => candidate.Text.StartsWith(current, StringComparison.Ordinal));
}
