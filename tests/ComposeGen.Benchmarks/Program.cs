using BenchmarkDotNet.Running;
using CommandLine;
using ComposeGen.Benchmarks.Runs;

namespace ComposeGen.Benchmarks;

/// <summary>What <c>./bench</c> runs.</summary>
internal static class Program
{
    private static int Main(string[] arguments) =>
        Parser
            .Default.ParseArguments<ScaleOptions, ImagesOptions, StagesOptions>(arguments)
            .MapResult(
                (ScaleOptions options) => Done(() => new Scale(options.Tool, options.Hello, options.Seed, [.. options.Sizes]).Print()),
                (ImagesOptions options) => Done(() => new Images(options.Tool).Print()),
                (StagesOptions options) => Done(() => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(["--filter", options.Filter])),
                _ => 2
            );

    private static int Done(Action run)
    {
        run();
        return 0;
    }
}
