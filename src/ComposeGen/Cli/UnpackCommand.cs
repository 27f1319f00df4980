using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Output;
using ComposeGen.Processes;

namespace ComposeGen.Cli;

/// <summary><c>composegen unpack</c>: what <c>pack</c> has written is checked, loaded and started, on whichever machine.</summary>
internal static class UnpackCommand
{
    // Of the archive's folder, beside the place that it gets.
    private const string TemporaryEnd = ".composegen-tmp.d";

    public static async Task<int> Run(UnpackOptions options, Terminal terminal)
    {
        if (options.File is not { } file)
        {
            terminal.Error.WriteLine("composegen: `unpack` takes the file that `pack` wrote");
            terminal.Error.WriteLine("  hint: composegen unpack workspace.tar.gz");
            return ExitCode.Wrong;
        }

        var bag = new DiagnosticBag();
        if (!File.Exists(file))
        {
            bag.Add(Errors.NoArchive(file));
        }

        var containers = bag.HasErrors ? null : await DockerCompose.Reach(bag);
        if (containers is null)
        {
            terminal.Report(bag);
            return File.Exists(file) ? ExitCode.NoDocker : ExitCode.Wrong;
        }

        using var signals = ForeignProgram.HoldSignals();
        try
        {
            return await Unpack(file, options, terminal, containers.Value, signals.Came);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private static async Task<int> Unpack(string file, UnpackOptions options, Terminal terminal, ImmutableArray<Container> containers, CancellationToken isUnwanted)
    {
        var bag = new DiagnosticBag();
        var place = Path.GetFullPath(options.Into ?? PackReader.Name(file), Path.GetFullPath(options.Directory ?? "."));
        if (Path.Exists(place))
        {
            bag.Add(Errors.FolderThere(place));
            terminal.Report(bag);
            return ExitCode.Wrong;
        }

        var temporary = place + TemporaryEnd;
        Remove(temporary);
        try
        {
            var unpacked = Extract(file, temporary, terminal, isUnwanted);
            if (options.Checksum is { } expected && !expected.Equals(unpacked.Checksum, StringComparison.OrdinalIgnoreCase))
            {
                throw new DiagnosticException(Errors.OtherChecksum(file, unpacked.Checksum, expected));
            }

            terminal.Error.WriteLine($"{file} is whole: checksum {unpacked.Checksum}");
            await Load(unpacked, bag, terminal, isUnwanted);
            Directory.Move(temporary, place);
        }
        finally
        {
            Remove(temporary);
        }

        if (terminal.Report(bag))
        {
            return ExitCode.Of(bag);
        }

        terminal.Error.WriteLine($"unpacked into {place}");
        return options.NoStart ? ExitCode.Done : await new UnpackStart(place, terminal).Run(containers);
    }

    private static Unpacked Extract(string file, string into, Terminal terminal, CancellationToken isUnwanted)
    {
        Directory.CreateDirectory(into);
        using var progress = new Progress(terminal, $"checking {file}", new FileInfo(file).Length);
        var unpacked = PackReader.Extract(file, into, progress.Add, isUnwanted);
        progress.Finish();
        return unpacked;
    }

    // What the engine has then need not be on the disk twice.
    private static async Task Load(Unpacked unpacked, DiagnosticBag bag, Terminal terminal, CancellationToken isUnwanted)
    {
        var engine = await ImageTransfer.Platform();
        var all = unpacked.Files.Where(PackFormat.IsImages).Order(StringComparer.Ordinal).ToList();
        var images = all.Find(file => file == PackFormat.Images(engine)) ?? all.Find(file => file.StartsWith(PackFormat.Images(engine)[..^".tar".Length], StringComparison.Ordinal));
        if (images is null && all.Count > 0)
        {
            images = all[0];
            bag.Add(Errors.OtherPlatform(engine, PackFormat.PlatformOf(images)));
        }

        if (images is not null)
        {
            using var progress = new Progress(terminal, "loading images", new FileInfo(Path.Combine(unpacked.Folder, images)).Length);
            await ImageTransfer.Load(Path.Combine(unpacked.Folder, images), progress.Add, isUnwanted);
            progress.Finish();
        }

        await LoadVolumes(unpacked, bag, terminal, isUnwanted);
        foreach (var loaded in unpacked.Files.Where(file => PackFormat.IsImages(file) || PackFormat.VolumeOf(file) is not null || file == PackFormat.Load))
        {
            File.Delete(Path.Combine(unpacked.Folder, loaded));
        }

        // They stand for the archive as it was.
        File.Delete(Path.Combine(unpacked.Folder, PackFormat.Checksums));
        Remove(Path.Combine(unpacked.Folder, PackFormat.VolumesFolder), recursive: false);
    }

    private static async Task LoadVolumes(Unpacked unpacked, DiagnosticBag bag, Terminal terminal, CancellationToken isUnwanted)
    {
        var data = unpacked.Files.Where(file => PackFormat.VolumeOf(file) is not null).ToDictionary(file => PackFormat.VolumeOf(file)!, StringComparer.Ordinal);
        if (data.Count == 0)
        {
            return;
        }

        var packed = PackedStack.Read(unpacked.Folder);
        using var progress = new Progress(
            terminal,
            $"restoring the data of {GenerateCommand.Count(data.Count, "volume")}",
            data.Values.Sum(file => new FileInfo(Path.Combine(unpacked.Folder, file)).Length)
        );
        foreach (var (key, name) in packed.Volumes.Where(volume => data.ContainsKey(volume.Key)))
        {
            if (await VolumeTransfer.Exists(name))
            {
                bag.Add(Errors.VolumeThere(name));
                continue;
            }

            await VolumeTransfer.Create(name, packed.Project, key);
            await VolumeTransfer.CopyIn(name, packed.AnyImage, Path.Combine(unpacked.Folder, data[key]), progress.Add, isUnwanted);
        }

        progress.Finish();
    }

    private static void Remove(string folder, bool recursive = true)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive);
        }
    }
}
