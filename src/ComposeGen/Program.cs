using System.Diagnostics.CodeAnalysis;
using CommandLine;
using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;

return await Program.Run(args, Terminal.OfProcess());

/// <summary>Arguments → command → exit code.</summary>
internal static partial class Program
{
    /// <summary>The commands: the name, which the options' type has too, the type, and what it is where no option is given.</summary>
    internal static readonly (string Name, Type Options, Func<object> Plain)[] Verbs =
    [
        ("up", typeof(UpOptions), () => new UpOptions()),
        ("run", typeof(RunOptions), () => new RunOptions()),
        ("down", typeof(DownOptions), () => new DownOptions()),
        ("generate", typeof(GenerateOptions), () => new GenerateOptions()),
        ("validate", typeof(ValidateOptions), () => new ValidateOptions()),
        ("ports", typeof(PortsOptions), () => new PortsOptions()),
        ("ports explain", typeof(PortsExplainOptions), () => new PortsExplainOptions()),
        ("ports diff", typeof(PortsDiffOptions), () => new PortsDiffOptions()),
        ("ports move", typeof(PortsMoveOptions), () => new PortsMoveOptions()),
        ("ports prune", typeof(PortsPruneOptions), () => new PortsPruneOptions()),
        ("ports unmap", typeof(PortsUnmapOptions), () => new PortsUnmapOptions()),
        ("pack", typeof(PackOptions), () => new PackOptions()),
        ("unpack", typeof(UnpackOptions), () => new UnpackOptions()),
        ("deploy", typeof(DeployOptions), () => new DeployOptions()),
        ("list", typeof(ListOptions), () => new ListOptions()),
        ("explain", typeof(ExplainOptions), () => new ExplainOptions()),
        ("schema", typeof(SchemaOptions), () => new SchemaOptions()),
    ];

    // CommandLineParser sets these by reflection, which native compilation would otherwise cut away.
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(CommonOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(WritingOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(TableOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(UpOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(RunOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(DownOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(GenerateOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(ValidateOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(PortsOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(PortsExplainOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(PortsDiffOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(PortsMoveOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(PortsPruneOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(PortsUnmapOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(PackOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(UnpackOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(DeployOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(ListOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(ExplainOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(SchemaOptions))]
    internal static async Task<int> Run(string[] args, Terminal terminal)
    {
        var (own, extra) = Split(args);
        var code = ExitCode.Done;
        if ((Plain(own) ?? Parse(own, terminal, out code)) is not { } options)
        {
            return code;
        }

        if (extra.Count > 0 && options is not (UpOptions or RunOptions))
        {
            terminal.Error.WriteLine("composegen: only `up` takes options for docker compose after `--`, and `run` a command");
            return ExitCode.Wrong;
        }

        if (Unexpected(options) is { } unexpected)
        {
            terminal.Error.WriteLine($"composegen: `{DiagnosticWriter.Visible(unexpected)}` is not expected here");
            terminal.Error.WriteLine($"  hint: composegen {own[0]} --help");
            return ExitCode.Wrong;
        }

        try
        {
            if (options is IReportingOptions reporting)
            {
                terminal = terminal with { Format = reporting.Format, IsStrict = reporting.Strict };
            }

            if (options is IEngineOptions { Context: { } context })
            {
                EnginePlace.Use(context);
            }

            code = await Dispatch(options, extra, terminal);
            terminal.Finish();
            return code;
        }
        catch (DockerFailure e)
        {
            var bag = new DiagnosticBag();
            bag.Add(e.Diagnostic);
            terminal.Report(bag);
            return ExitCode.NoDocker;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TimeoutException)
        {
            // The machine's doing. Who knew more of it has said so; else its own words say it best.
            var bag = new DiagnosticBag();
            bag.Add(e is DiagnosticException known ? known.Diagnostic : Errors.Machine(e.Message));
            try
            {
                terminal.Report(bag);
            }
            catch (IOException)
            {
                // Standard error is what failed: the exit code is all that is left to say it with.
            }

            return ExitCode.Of(bag);
        }
#pragma warning disable CA1031 // Last resort: whatever it is, it is a defect of this program, and people get no stack trace unless they ask.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var isTraced = Environment.GetEnvironmentVariable("COMPOSEGEN_TRACE") is { Length: > 0 };
            terminal.Error.WriteLine($"composegen: this is a defect of composegen: {(isTraced ? e : DiagnosticWriter.Visible(e.Message))}");
            terminal.Error.WriteLine(isTraced ? string.Empty : "  hint: run it again with COMPOSEGEN_TRACE=1 and report what it prints");
            return ExitCode.Unexpected;
        }
    }

    // A command alone takes no parser, which works by reflection: a twentieth of a short run.
    private static object? Plain(string[] own) => own is [var name] ? Array.Find(Verbs, verb => verb.Name == name).Plain?.Invoke() : null;

    /// <returns>Null where no command runs; what there is to say instead has been said.</returns>
    private static object? Parse(string[] own, Terminal terminal, out int code)
    {
        using var parser = new Parser(settings =>
        {
            settings.HelpWriter = null;
            settings.CaseInsensitiveEnumValues = true;
            settings.AutoVersion = true;
        });
        // It looks through the attributes of every type that it is given; where the command is plain, that is one.
        Type[] all = [.. Verbs.Select(verb => verb.Options)];
        var result = parser.ParseArguments(own, own is [var name, ..] && Array.Find(Verbs, verb => verb.Name == name).Options is { } one ? [one] : all);
        var isParsed = result.Value is not null && result.Tag != ParserResultType.NotParsed;
        code = isParsed ? ExitCode.Done : Help.Write(result, all, terminal);
        return isParsed ? result.Value : null;
    }

    private static async Task<int> Dispatch(object options, IReadOnlyList<string> extra, Terminal terminal) =>
        options switch
        {
            RunOptions run => await RunCommand.Run(run, extra, terminal),
            UpOptions up => await UpCommand.Run(up, extra, terminal),
            DownOptions down => await DownCommand.Run(down, terminal),
            GenerateOptions generate => GenerateCommand.Run(generate, terminal),
            ValidateOptions validate => ValidateCommand.Run(validate, terminal),
            PortsOptions { Stack: true } ports => await StackPorts.Run(ports, terminal),
            PortsOptions ports => await PortsCommand.Run(ports, terminal),
            PortsExplainOptions explain => await PortsExplainCommand.Run(explain, terminal),
            PortsDiffOptions diff => PortsDiffCommand.Run(diff, terminal),
            PortsMoveOptions move => PortsMoveCommand.Run(move, terminal),
            PortsPruneOptions prune => PortsPruneCommand.Run(prune, terminal),
            PortsUnmapOptions unmap => PortsUnmapCommand.Run(unmap, terminal),
            PackOptions pack => await PackCommand.Run(pack, terminal),
            UnpackOptions unpack => await UnpackCommand.Run(unpack, terminal),
            DeployOptions deploy => await DeployCommand.Run(deploy, terminal),
            ListOptions list => ListCommand.Run(list, terminal),
            ExplainOptions explain => ExplainCommand.Run(explain, terminal),
            SchemaOptions schema => SchemaCommand.Run(schema, terminal),
            _ => throw new InvalidOperationException($"no command for {options.GetType()}"),
        };

    // What follows `--` is not among these.
    private static string? Unexpected(object options) =>
        options switch
        {
            UpOptions or PackOptions or DeployOptions or PortsOptions or PortsUnmapOptions => null,
            RunOptions or UnpackOptions or SchemaOptions or ExplainOptions or PortsExplainOptions or PortsDiffOptions => ((CommonOptions)options).Arguments.Skip(1).FirstOrDefault(),
            PortsMoveOptions move => move.Arguments.Skip(2).FirstOrDefault(),
            _ => ((CommonOptions)options).Arguments.FirstOrDefault(),
        };

    // `composegen -C DIR up`, as with git; and what follows `--` is not ours.
    private static (string[] Own, IReadOnlyList<string> Extra) Split(string[] args)
    {
        var dashes = Array.IndexOf(args, "--");
        var own = dashes < 0 ? args : args[..dashes];
        own = own switch
        {
            ["-C", var directory, .. var rest] when rest.Length > 0 => [.. rest, "-C", directory],
            ["-C", _] => [],
            ["help" or "--help", .. var verb, _] => [.. verb, own[^1], "--help"],
            _ => own,
        };
        // A command of two words is one verb to the parser.
        if (own is ["ports", var second, .. var others] && Verbs.Any(verb => verb.Name == $"ports {second}"))
        {
            own = [$"ports {second}", .. others];
        }

        return (own, dashes < 0 ? [] : args[(dashes + 1)..]);
    }
}
