using System.Text;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

internal static class GenerateCommand
{
    private static readonly string[] Outputs = [PortLock.FileName, DotEnv.FileName, DockerCompose.FileName, DockerCompose.OverrideName];

    public static int Run(GenerateOptions options, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        var files = Pipeline.Locate(options, bag);
        // What is printed is made from what was read, and nothing is compared with it.
        using var alone =
            files is null || options.Stdout ? null
            : options.Check || options.Diff ? WorkspaceLock.ToCompare(files.Root, terminal.Error)
            : WorkspaceLock.ToWrite(files.Root, terminal.Error);
        // Whoever forces something wants it done, and a document is made of what was found.
        if (files is not null && !options.Stdout && !options.Check && !options.Diff)
        {
            if (!options.Force && !terminal.HasDocument && LastRun.Of(files).IsUnchanged())
            {
                return ExitCode.Done;
            }

            files.Looks = new Looks();
        }

        var generated = files is null ? null : Pipeline.Run(files, bag);
        if (files is null || generated is null)
        {
            terminal.Report(bag, files);
            return ExitCode.Of(bag);
        }

        if (options.Stdout && terminal.HasDocument)
        {
            terminal.Error.WriteLine("composegen: `--stdout` and a document of messages cannot both be printed");
            terminal.Error.WriteLine("  hint: use `--format text`, `plain` or `github` with it");
            return ExitCode.Wrong;
        }

        if (options.Stdout)
        {
            terminal.Out.Write(generated.ComposeFile);
        }
        else if (options.Check || options.Diff)
        {
            // A program that reads messages has no use for a diff among them.
            Compare(files, generated, terminal.HasDocument ? TextWriter.Null : terminal.Out, options.Check, bag);
        }
        else
        {
            return Write(files, generated, options, terminal, bag);
        }

        return terminal.Report(bag, files) ? ExitCode.Of(bag) : ExitCode.Done;
    }

    /// <summary>
    /// Writes all files where they differ, the lock first: of a run that is killed between two of them the lock is left new and
    /// the Compose file old, and since that is made from it, the next run makes what this one would have made. Reports
    /// <paramref name="bag"/> and what there is to say about the ports before that, while the lock's lines are still where they
    /// were read.
    /// </summary>
    /// <returns>The exit code; unless it is <see cref="ExitCode.Done"/>, nothing was written.</returns>
    public static int Write(WorkspaceFiles files, Generated generated, WritingOptions options, Terminal terminal, DiagnosticBag bag)
    {
        var others = LockAndEnvironment(files, generated, bag);
        bag.AddAll(Rivals(files));
        var machine = Machine.Of(files, generated.Plan);
        var here = machine.File(bag);
        var current = OutputFile.CurrentBytes(files, DockerCompose.FileName);
        var isSame = OutputFile.IsSame(current, generated.Compose);
        var refusal = isSame ? null : Overwriting(current);
        if (refusal is not null && !options.Force)
        {
            bag.Add(refusal);
        }

        if (terminal.Report(bag, files))
        {
            return ExitCode.Of(bag);
        }

        var backup = refusal is null ? null : OutputFile.BackupName(files, DockerCompose.FileName);
        var isNewLock = !OutputFile.IsSame(OutputFile.Current(files, PortLock.FileName), generated.LockFile);
        var last = new DiagnosticBag();
        var isNewEnvironment = others.Any(text => text.IsSecret && !OutputFile.IsSame(OutputFile.Current(files, text.File), text.Text));
        OutputText compose = new(DockerCompose.FileName, null) { Bytes = generated.Compose, Backup = backup };
        if (OutputFile.WriteAll(files, [.. others, compose, .. here], last))
        {
            machine.Tell(here, last, terminal.Error);
        }

        if (terminal.Report(last, files))
        {
            return ExitCode.Of(last);
        }

        if (bag.IsEmpty && last.IsEmpty && files.Looks is { } looks)
        {
            var left = others.Concat(here).Append(compose with { Bytes = isSame ? current : compose.Bytes }).ToDictionary(text => text.File, text => text.Bytes);
            LastRun
                .Of(files)
                .Remember(looks, [.. Outputs.Select(file => (file, left.GetValueOrDefault(file)))]);
        }

        if (backup is not null)
        {
            terminal.Error.WriteLine($"kept what was there as {backup}");
        }

        if (isSame && isNewLock)
        {
            terminal.Error.WriteLine($"wrote {PortLock.FileName}");
        }

        if (!isSame)
        {
            var services = generated.Plan.Services.ToList();
            terminal.Error.WriteLine(
                $"wrote {DockerCompose.FileName}: {Count(services.DistinctBy(service => service.Project.Path).Count(), "project")}, {Count(services.Count, "service")}"
            );
        }

        if (isNewEnvironment)
        {
            terminal.Error.WriteLine($"wrote {DotEnv.FileName}: values that stay on this machine");
        }

        return ExitCode.Done;
    }

    /// <summary>
    /// What is written beside the Compose file, the lock first since that file is made from it; adds what there is to say of
    /// the ports.
    /// </summary>
    public static OutputText[] LockAndEnvironment(WorkspaceFiles files, Generated generated, DiagnosticBag bag)
    {
        bag.AddAll(
            generated.Plan.Ports.Repairs.Select(repair =>
                repair with
                {
                    Hint = "mended: `composegen ports diff HEAD` shows what moved, before you commit it",
                }
            )
        );
        bag.AddAll(generated.Plan.Ports.News);
        var environment = WorkspaceEnvironment.Text(files, generated.Plan, bag);
        if (files.Moved() is { } moved)
        {
            bag.Add(moved);
        }

        return
        [
            new(PortLock.FileName, generated.LockFile),
            .. environment is null ? (OutputText[])[] : [new(DotEnv.FileName, environment) { IsSecret = true }],
        ];
    }

    // A plain `docker compose` prefers these to the file that is generated.
    private static IEnumerable<Diagnostic> Rivals(WorkspaceFiles files) =>
        ((string[])["compose.yaml", "compose.yml"]).Where(files.Exists).Select(Errors.PreferredFile);

    /// <summary><c>1 project</c>, <c>2 projects</c>.</summary>
    public static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? string.Empty : "s")}";

    /// <summary>Why the Compose file that is there may not be written over; null where it may.</summary>
    public static Diagnostic? Overwriting(byte[]? current)
    {
        var (hasHeader, isUntouched) = GeneratedText.ComposeFile.Inspect(current);
        return isUntouched || string.IsNullOrWhiteSpace(OutputFile.Decode(current)) ? null
            : hasHeader ? Errors.HandEdited(DockerCompose.FileName)
            : Errors.HandWritten(DockerCompose.FileName);
    }

    private static void Compare(WorkspaceFiles files, Generated generated, TextWriter output, bool isCheck, DiagnosticBag bag)
    {
        foreach (
            var (file, bytes) in (ReadOnlySpan<(string, byte[])>)
                [(PortLock.FileName, Encoding.UTF8.GetBytes(generated.LockFile)), (DockerCompose.FileName, generated.Compose)]
        )
        {
            var current = OutputFile.CurrentBytes(files, file);
            if (!OutputFile.IsSame(current, bytes))
            {
                output.Write(TextDiff.Unified(file, OutputFile.Decode(current), Encoding.UTF8.GetString(bytes)));
                if (isCheck)
                {
                    bag.Add(Errors.Stale(file));
                }
            }
        }

        bag.AddAll(generated.Plan.Ports.News);
        bag.AddAll(isCheck ? AsErrors(generated.Plan.Ports.Repairs) : generated.Plan.Ports.Repairs);
    }

    /// <summary>What <c>generate</c> mends by itself is an error to whoever only checks.</summary>
    public static IEnumerable<Diagnostic> AsErrors(IEnumerable<Diagnostic> repairs) =>
        repairs.Select(repair => repair with { Severity = Severity.Error });
}
