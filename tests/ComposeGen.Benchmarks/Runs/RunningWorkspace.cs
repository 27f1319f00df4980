namespace ComposeGen.Benchmarks.Runs;

/// <summary>A workspace on a real engine. What it runs and builds is gone when this is disposed of.</summary>
internal sealed class RunningWorkspace : IDisposable
{
    private readonly string _tool;
    private readonly Scratch _folder = new();

    public RunningWorkspace(string tool)
    {
        _tool = tool;
        Write("which-project", "**\n");
    }

    public void Write(string file, string text)
    {
        var path = Path.Combine(_folder.Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Generate() => Child.Run(_folder.Root, _tool, ["generate"]);

    public Ran Up() => Child.Run(_folder.Root, "env", ["BUILDKIT_PROGRESS=plain", _tool, "up", "-d"]);

    public Ran Compose(params string[] arguments) => Child.Run(_folder.Root, "docker", ["compose", .. arguments]);

    public void Dispose()
    {
        Compose("down", "--rmi", "local", "--volumes", "--timeout", "0");
        _folder.Dispose();
    }
}
