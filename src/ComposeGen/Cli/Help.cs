using CommandLine;
using CommandLine.Text;
using ComposeGen.Diagnostics;

namespace ComposeGen.Cli;

/// <summary>What is printed where no command runs: help, the version, and what is wrong with the arguments.</summary>
internal static class Help
{
    private const int Width = 100;
    private const int Gap = 2;

    /// <summary>What the exit codes are, a line each.</summary>
    public static readonly string[] ExitCodes =
    [
        "0 done; 1 the input is wrong, --check found a difference, or --keep-going left something out;",
        "2 unexpected; 3 Docker is missing or does not answer; otherwise docker compose's own.",
    ];

    /// <summary>The variables that the tool looks at, and what each does.</summary>
    public static readonly (string Name, string Does)[] Variables =
    [
        ("COMPOSEGEN_DOCKER_TIMEOUT", "How many seconds Docker may take to answer a question (30)."),
        ("DOCKER_CONTEXT, DOCKER_HOST", "The engine to use, as for docker itself."),
        ("NO_COLOR", "Print no colour."),
    ];

    /// <summary>The files of a workspace, and what each is.</summary>
    public static readonly (string Name, string Does)[] Files =
    [
        ("which-project", "Which projects run, one a line: a path below projects/, a glob, or project:service. `!name` leaves one out."),
        ("which-project.lock", "The host port and the subnet that each project holds. Generated, committed."),
        ("docker-compose.yml", "What runs. Generated, committed; plain `docker compose` understands it too."),
        ("composegen.yml", "Settings of the whole workspace."),
        ("composegen.local.yml", "Settings of this checkout alone."),
        ("docker-compose.override.yml", "What is different on this machine. Generated, in no git."),
        (".env", "Values that stay on this machine: tokens, projects' own variables. In no git."),
        ("compose.templates/", "Templates that take the place of the built-in ones."),
    ];

    /// <summary>What the tool is, in one line.</summary>
    public const string InShort = "run the container projects of a workspace together";

    /// <summary>What it does, in paragraphs.</summary>
    public static readonly string[] Description =
    [
        "Puts any number of container projects side by side in projects/, runs those that which-project names, and has them find each other by name and never meet on a host port.",
        "`up` reads which-project and what each project says of itself (a Compose file, a project.yml, a Dockerfile, a list of Python packages or a notebook), writes one docker-compose.yml and runs `docker compose up --build`. A host port once given stays with its project, in which-project.lock.",
        "The workspace is the nearest folder, from the current one upward, that holds which-project.",
    ];

    /// <summary>Name and version.</summary>
    public static string Heading => HeadingInfo.Default;

    public static string Version => Heading.Split(' ')[^1];

    /// <returns>The exit code: asking for help is no mistake.</returns>
    public static int Write(ParserResult<object> result, Terminal terminal)
    {
        var errors = result.Errors.ToList();
        if (errors.Exists(error => error.Tag == ErrorType.VersionRequestedError))
        {
            terminal.Out.WriteLine(Heading);
            return ExitCode.Done;
        }

        if (errors.Exists(error => error.Tag == ErrorType.HelpRequestedError))
        {
            WriteOne(CommandHelp.Of(Commands.Find(Name(result.TypeInfo.Current))!), terminal.Out);
            return ExitCode.Done;
        }

        if (errors.Exists(error => error.Tag is ErrorType.HelpVerbRequestedError))
        {
            WriteAll(terminal.Out);
            return ExitCode.Done;
        }

        if (errors.Exists(error => error.Tag == ErrorType.NoVerbSelectedError))
        {
            WriteAll(terminal.Error);
            return ExitCode.Wrong;
        }

        foreach (var error in errors)
        {
            terminal.Error.WriteLine($"composegen: {DiagnosticWriter.Visible(Describe(error))}");
        }

        terminal.Error.WriteLine(
            $"  hint: composegen {(result.TypeInfo.Current == typeof(NullInstance) ? string.Empty : Name(result.TypeInfo.Current) + " ")}--help"
        );
        return ExitCode.Wrong;
    }

    private static string Describe(Error error)
    {
        switch (error)
        {
            case BadVerbSelectedError { Token: var token }:
                return $"there is no command `{token}`; {Suggest.Hint(token, [.. Commands.All.Select(command => command.Name)], string.Empty)}";
            case UnknownOptionError { Token: var token }:
                return $"there is no option `{(token.Length == 1 ? "-" : "--")}{token}`";
            case MutuallyExclusiveSetError { NameInfo: var name }:
                return $"`--{name.LongName}` cannot be given together with the others";
            case BadFormatConversionError { NameInfo: var name }:
                return $"`--{name.LongName}` does not take this value";
            default:
                var text = SentenceBuilder.Create().FormatError(error);
                return char.ToLowerInvariant(text[0]) + text[1..].TrimEnd('.');
        }
    }

    private static void WriteAll(TextWriter output)
    {
        output.WriteLine("Runs the container projects of a workspace together: one docker-compose.yml,");
        output.WriteLine("no host port twice, one network.");
        WriteTable("Examples", Examples.OfAll, output);
        foreach (var group in Commands.All.GroupBy(command => command.Group))
        {
            WriteTable(Title(group.Key), [.. group.Select(command => (command.Name, CommandHelp.Of(command).Does))], output);
        }

        WriteTable("Variables", Variables, output);
        output.WriteLine();
        output.WriteLine($"Exit codes: {string.Join($"{Environment.NewLine}  ", ExitCodes)}");
        output.WriteLine();
        output.WriteLine($"`composegen COMMAND --help` tells more of each. This is {Heading}.");
    }

    /// <summary>What a group of commands is called.</summary>
    public static string Title(CommandGroup group) =>
        group switch
        {
            CommandGroup.Workspace => "The workspace and its projects",
            CommandGroup.Running => "Running",
            CommandGroup.Files => "Files and messages",
            CommandGroup.Ports => "Ports",
            CommandGroup.Elsewhere => "On other machines",
            _ => "This machine",
        };

    private static void WriteOne(CommandHelp help, TextWriter output)
    {
        output.WriteLine(help.Does);
        WriteTable("Examples", Examples.Of(help.Command.Name), output);
        output.WriteLine();
        output.WriteLine($"Usage: {help.Usage}");
        if (help.After is { } after)
        {
            output.WriteLine(after);
        }

        WriteTable("Options", [.. help.Options.Select(option => (option.Short is null ? $"    {option.Form}" : option.Form, option.Does))], output);
    }

    private static void WriteTable(string title, (string Left, string Right)[] rows, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{title}:");
        var left = rows.Max(row => row.Left.Length) + Gap;
        foreach (var (name, text) in rows)
        {
            var lines = Wrap(text, Width - Gap - left);
            output.WriteLine($"{new string(' ', Gap)}{name.PadRight(left)}{lines[0]}");
            foreach (var line in lines[1..])
            {
                output.WriteLine($"{new string(' ', Gap + left)}{line}");
            }
        }
    }

    /// <summary>A text in lines of at most so many characters.</summary>
    public static string[] Wrap(string text, int width)
    {
        var lines = new List<string> { string.Empty };
        foreach (var word in text.Split(' '))
        {
            var longer = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            if (lines[^1].Length > 0 && longer.Length > width)
            {
                lines.Add(word);
            }
            else
            {
                lines[^1] = longer;
            }
        }

        return [.. lines];
    }

    private static string Name(Type type) => ((VerbAttribute)Attribute.GetCustomAttribute(type, typeof(VerbAttribute))!).Name;
}
