namespace ComposeGen.Benchmarks.Runs;

/// <summary>An empty folder, removed afterwards.</summary>
internal sealed class Scratch : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("composegen-bench-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
