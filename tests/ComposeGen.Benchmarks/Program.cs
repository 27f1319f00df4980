using BenchmarkDotNet.Running;
using CommandLine;
using ComposeGen.Benchmarks.Runs;
using ComposeGen.Benchmarks.Workspaces;

namespace ComposeGen.Benchmarks;

/// <summary>What <c>./bench</c> runs.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        // What the tool keeps between runs is not the user's business here.
        using var cache = new Scratch();
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", cache.Root);
        return Parser
            .Default.ParseArguments<ScaleOptions, ImagesOptions, StagesOptions, WorkspaceOptions>(arguments)
            .MapResult(
                (ScaleOptions options) => Done(() => new Scale(options.Tool, options.Hello, options.Seed, [.. options.Sizes]).Print()),
                (ImagesOptions options) => Done(() => new Images(options.Tool).Print()),
                (StagesOptions options) => Done(() => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(["--filter", options.Filter])),
                (WorkspaceOptions options) => Workspace(options),
                errors => errors.IsHelp() || errors.IsVersion() ? 0 : 2
            );
    }

    private static int Workspace(WorkspaceOptions options)
    {
        if (Path.Exists(options.Folder))
        {
            Console.Error.WriteLine($"{options.Folder} is there already");
            return 1;
        }

        MixedWorkspace.Write(Directory.CreateDirectory(options.Folder).FullName, options.Size, options.Seed);
        return 0;
    }

    private static int Done(Action run)
    {
        run();
        return 0;
    }
}
