using System.Text.RegularExpressions;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Processes;

namespace ComposeGen.Cli;

/// <summary>
/// <c>composegen pack</c>: what the plan runs, with its images, as one file that starts on a machine that has Docker and nothing
/// else. Here it leaves nothing but that file, what <c>generate</c> writes, and the images that were built or pulled.
/// </summary>
internal static partial class PackCommand
{
    public static async Task<int> Run(PackOptions options, Terminal terminal)
    {
        if (options.Output is not { } output)
        {
            terminal.Error.WriteLine("composegen: `pack` takes the file to write: -o FILE");
            terminal.Error.WriteLine("  hint: composegen pack -o workspace.tar.gz");
            return ExitCode.Wrong;
        }

        var bag = new DiagnosticBag();
        bag.AddAll(PackFormat.IsName(output) ? [] : [Errors.BadArchiveName(output)]);
        if (Path.GetDirectoryName(Path.GetFullPath(output)) is { } folder && !Directory.Exists(folder))
        {
            bag.Add(Errors.NoFolderFor(output, folder));
        }

        bag.AddAll(options.Platforms.Where(platform => !Platform().IsMatch(platform)).Select(Errors.BadPlatform));
        if (options.Name is { } name && ComposeProjectName.Normalize(name) != name)
        {
            bag.Add(Errors.BadPackName(name, ComposeProjectName.Normalize(name)));
        }

        if (ChosenServices.Generate(options, options.Projects, bag, terminal, out var code) is not { } chosen)
        {
            return code;
        }

        var (files, generated, services) = chosen;
        bag = new DiagnosticBag();
        if (await DockerCompose.Reach(bag) is null)
        {
            terminal.Report(bag, files);
            return ExitCode.NoDocker;
        }

        // Profiles: what does not start here without being told does not start there.
        var plan = generated.Plan.Only(services);
        using var signals = ForeignProgram.HoldSignals();
        try
        {
            var packing = new Packing(files, plan, generated.LockFile, options, Path.GetFullPath(output), terminal, signals.Came);
            return await packing.Run();
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    [GeneratedRegex("^[a-z0-9]+/[a-z0-9_]+(/[a-z0-9.]+)?$")]
    private static partial Regex Platform();
}
