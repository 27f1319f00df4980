namespace ComposeGen.Tests.Support;

/// <summary>A workspace in a folder of its own, removed afterwards. The folder's name is the Compose project's.</summary>
internal sealed class ScratchWorkspace : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("composegen-test-").FullName;

    /// <param name="name">What the workspace's folder is called.</param>
    public ScratchWorkspace(string name = "scratch")
    {
        Root = Path.Combine(_parent, name);
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    /// <summary>Writes a file, with its folders.</summary>
    public ScratchWorkspace With(string file, string text)
    {
        var path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    /// <summary>Copies a folder's content, the files that git or a build left there included.</summary>
    public ScratchWorkspace WithCopyOf(string folder, string into = "")
    {
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(Root, into, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }

        return this;
    }

    public string PathOf(string file) => Path.Combine(Root, file);

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
