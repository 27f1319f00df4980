using System.Diagnostics.CodeAnalysis;
using CommandLine;
using ComposeGen.Cli;
using ComposeGen.Cli.Shells;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;

return await Program.Run(args, Terminal.OfProcess());

/// <summary>Arguments → command → exit code.</summary>
internal static partial class Program
{
    // CommandLineParser sets the options by reflection, which native compilation would otherwise cut away: their own by what a
    // `Command` says of its type, those that they share by this.
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(CommonOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(WritingOptions))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(TableOptions))]
    internal static async Task<int> Run(string[] args, Terminal terminal)
    {
        if (DockerPlugin.IsAsked(args))
        {
            return DockerPlugin.Answer(terminal);
        }

        args = DockerPlugin.Own(args);
        if (args is [Completion.Request, .. var words])
        {
            return Completion.Run(words, terminal);
        }

        var (own, extra) = Split(args);
        var code = ExitCode.Done;
        if ((Plain(own) ?? Parse(own, terminal, out code)) is not { } options)
        {
            return code;
        }

        var command = Array.Find(Commands.All, command => command.Options == options.GetType())!;
        if (extra.Count > 0 && command.Extra is null)
        {
            var takers = Commands.All.Where(other => other.Extra is not null && !other.HandsOver).Select(other => $"`{other.Name}`");
            terminal.Error.WriteLine($"composegen: nothing may follow `--` here, as it may with {string.Join(", ", takers)}");
            terminal.Error.WriteLine($"  hint: composegen {command.Name} --help");
            return ExitCode.Wrong;
        }

        if (options.Arguments.Skip(command.AtMost).FirstOrDefault() is { } unexpected)
        {
            terminal.Error.WriteLine($"composegen: `{DiagnosticWriter.Visible(unexpected)}` is not expected here");
            terminal.Error.WriteLine($"  hint: composegen {command.Name} --help");
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

            code = await command.Run(options, extra, terminal);
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
    private static CommonOptions? Plain(string[] own) => own is [var name] ? Commands.Find(name)?.Plain() : null;

    /// <returns>Null where no command runs; what there is to say instead has been said.</returns>
    private static CommonOptions? Parse(string[] own, Terminal terminal, out int code)
    {
        using var parser = new Parser(settings =>
        {
            settings.HelpWriter = null;
            settings.CaseInsensitiveEnumValues = true;
            settings.AutoVersion = true;
            // As the programs take it that all this is handed to.
            settings.AllowMultiInstance = own is [var name, ..] && Commands.Find(name) is { HandsOver: true };
        });
        // It looks through the attributes of every type that it is given; where the command is plain, that is one.
        Type[] types = own is [var first, ..] && Commands.Find(first) is { } one ? [one.Options] : [.. Commands.All.Select(command => command.Options)];
        var result = parser.ParseArguments(own, types);
        var options = result.Tag == ParserResultType.NotParsed ? null : result.Value as CommonOptions;
        code = options is null ? Help.Write(result, terminal) : ExitCode.Done;
        return options;
    }

    // `composegen -C DIR up`, as with git; and what follows `--` is not ours.
    internal static (string[] Own, IReadOnlyList<string> Extra) Split(string[] args)
    {
        var dashes = Array.IndexOf(args, "--");
        var own = dashes < 0 ? args : args[..dashes];
        own = own switch
        {
            ["-C", var directory, var word, .. var rest] when Commands.Find(word) is { HandsOver: true } => [word, "-C", directory, .. rest],
            ["-C", var directory, .. var rest] when rest.Length > 0 => [.. rest, "-C", directory],
            ["-C", _] => [],
            ["help" or "--help", .. var verb, _] => [.. verb, own[^1], "--help"],
            _ => own,
        };
        // A command of two words is one verb to the parser.
        if (own is [var first, var second, .. var others] && Commands.Find($"{first} {second}") is { } two)
        {
            own = [two.Name, .. others];
        }

        if (own is [var name, ..] && Commands.Find(name) is { HandsOver: true } command && Target(command, own) is var target and > 0)
        {
            // A `--` that is not the first thing after it is the program's own.
            var after = own[(target + 1)..];
            var later = dashes < 0 ? [] : args[(after.Length == 0 ? dashes + 1 : dashes)..];
            // First, since an option of many values would take it for one.
            return ([name, own[target], .. own[1..target]], [.. after, .. later]);
        }

        return (own, dashes < 0 ? [] : args[(dashes + 1)..]);
    }

    // Where the first argument is, after which all is the program's that is run in a container.
    private static int Target(Command command, string[] own)
    {
        var withValue = CommandHelp.Of(command).Options.Where(option => option.Value.Length > 0).ToList();
        for (var i = 1; i < own.Length; i++)
        {
            if (withValue.Exists(option => own[i] == $"--{option.Long}" || own[i] == $"-{option.Short}"))
            {
                i++;
            }
            else if (own[i][..Math.Min(1, own[i].Length)] != "-")
            {
                return i;
            }
        }

        return -1;
    }
}
