using CommandLine;
using CommandLine.Text;
using ComposeGen.Diagnostics;

namespace ComposeGen.Cli;

/// <summary>What is printed where no command runs: help, the version, and what is wrong with the arguments.</summary>
internal static class Help
{
    private const int Width = 100;

    /// <returns>The exit code: asking for help is no mistake.</returns>
    public static int Write(ParserResult<object> result, IReadOnlyCollection<Type> verbs, Terminal terminal)
    {
        var errors = result.Errors.ToList();
        if (errors.Exists(error => error.Tag == ErrorType.VersionRequestedError))
        {
            terminal.Out.WriteLine(HeadingInfo.Default);
            return ExitCode.Done;
        }

        if (errors.Exists(error => error.Tag == ErrorType.HelpRequestedError))
        {
            terminal.Out.WriteLine(OfCommand(result));
            return ExitCode.Done;
        }

        if (errors.Exists(error => error.Tag is ErrorType.HelpVerbRequestedError))
        {
            terminal.Out.WriteLine(OfAll(verbs));
            return ExitCode.Done;
        }

        if (errors.Exists(error => error.Tag == ErrorType.NoVerbSelectedError))
        {
            terminal.Error.WriteLine(OfAll(verbs));
            return ExitCode.Wrong;
        }

        foreach (var error in errors)
        {
            terminal.Error.WriteLine($"composegen: {DiagnosticWriter.Visible(Describe(error, verbs))}");
        }

        terminal.Error.WriteLine(
            $"  hint: composegen {(result.TypeInfo.Current == typeof(NullInstance) ? string.Empty : Name(result.TypeInfo.Current) + " ")}--help"
        );
        return ExitCode.Wrong;
    }

    private static string Describe(Error error, IReadOnlyCollection<Type> verbs)
    {
        switch (error)
        {
            case BadVerbSelectedError { Token: var token }:
                return $"there is no command `{token}`; {Suggest.Hint(token, [.. verbs.Select(Name)], string.Empty)}";
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

    private static HelpText OfAll(IReadOnlyCollection<Type> verbs) =>
        Text(
                false,
                [
                    "Runs the container projects of a workspace together: one docker-compose.yml,",
                    "no host port twice, one network.",
                    string.Empty,
                    "  composegen up                      build and start what which-project selects",
                    "  composegen up -d --wait            in the background, until everything is healthy",
                    "  composegen up shop -- --no-color   one project; options of docker compose up after --",
                    "  composegen run project_a           one project on this terminal, gone afterwards",
                    "  composegen run shop:web -- sh      a command of your own in place of the service's",
                    "  composegen down                    stop it all",
                    "  composegen pack -o all.tar.gz      images and all in one file, for a machine with Docker alone",
                    "  composegen deploy --registry HOST  on a swarm",
                    "  composegen generate --check        in CI: are the committed files what their sources say?",
                    string.Empty,
                    "Commands (`composegen COMMAND --help` tells more):",
                ]
            )
            .AddVerbs([.. verbs])
            .AddPostOptionsLines([
                "",
                "Exit codes: 0 done; 1 the input is wrong, --check found a difference, or --keep-going left something",
                "out; 2 unexpected; 3 Docker is missing or does not answer; otherwise docker compose's own.",
                "",
                "COMPOSEGEN_DOCKER_TIMEOUT: how many seconds Docker may take to answer a question (30).",
            ]);

    private static HelpText OfCommand(ParserResult<object> result)
    {
        var verb = Verb(result.TypeInfo.Current);
        var takes =
            result.TypeInfo.Current == typeof(UpOptions) ? " [PROJECT…] [-- OPTION of docker compose up…]"
            : result.TypeInfo.Current == typeof(RunOptions) ? " PROJECT [-- COMMAND…]"
            : result.TypeInfo.Current == typeof(PortsOptions) || result.TypeInfo.Current == typeof(PackOptions) || result.TypeInfo.Current == typeof(DeployOptions) || result.TypeInfo.Current == typeof(PortsUnmapOptions) ? " [PROJECT…]"
            : result.TypeInfo.Current == typeof(UnpackOptions) ? " FILE"
            : result.TypeInfo.Current == typeof(PortsExplainOptions) ? " PORT"
            : result.TypeInfo.Current == typeof(PortsDiffOptions) ? " REVISION"
            : result.TypeInfo.Current == typeof(PortsMoveOptions) ? " OLD NEW"
            : result.TypeInfo.Current == typeof(ExplainOptions) ? " [CODE]"
            : result.TypeInfo.Current == typeof(SchemaOptions) ? " [FILE]"
            : string.Empty;
        return Text(true, [$"Usage: composegen {verb.Name} [OPTION…]{takes}", string.Empty, verb.HelpText]).AddOptions(result);
    }

    private static HelpText Text(bool hasOptions, string[] lines) =>
        new HelpText(HeadingInfo.Default.ToString())
        {
            AddDashesToOption = hasOptions,
            AutoHelp = hasOptions,
            AdditionalNewLineAfterOption = false,
            AutoVersion = false,
            MaximumDisplayWidth = Width,
            AddEnumValuesToHelpText = false,
        }.AddPreOptionsLines(["", .. lines]);

    public static string Name(Type type) => Verb(type).Name;

    private static VerbAttribute Verb(Type type) => (VerbAttribute)Attribute.GetCustomAttribute(type, typeof(VerbAttribute))!;
}
