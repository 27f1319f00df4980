namespace ComposeGen.Output;

/// <summary>A folder for this process alone, gone when this is disposed of. Its name is nobody else's.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    // On Unix only its owner may look into it: a Compose file may hold what the workspace's readers alone should see.
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("composegen-run-");

    public string Name => _folder.Name;

    /// <summary>Writes a file, and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What runs has been stopped and its exit code is what counts; the system clears its temporary files some day.
        }
    }
}
