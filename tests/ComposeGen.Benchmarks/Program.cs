using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(ComposeGen.Benchmarks.Program).Assembly).Run(args);

namespace ComposeGen.Benchmarks
{
    /// <summary>Where the switcher looks for benchmarks.</summary>
    internal static partial class Program;
}
