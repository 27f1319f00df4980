using System.Security.Cryptography;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Packaging;

/// <summary>Releases laid out as GitHub does, with the real archive of this machine's platform, and a home to install into.</summary>
internal sealed class Releases : IDisposable
{
    private readonly ScratchWorkspace _scratch = new();

    public Releases()
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(_scratch.PathOf(ReleaseFolder));
        Directory.CreateDirectory(_scratch.PathOf("releases/latest"));
        File.CreateSymbolicLink(_scratch.PathOf($"{ReleaseFolder}/{Release.ArchiveName}"), Release.Archive);
        File.CreateSymbolicLink(_scratch.PathOf("releases/latest/download"), _scratch.PathOf(ReleaseFolder));
        Sums = $"{SumOf(Release.Archive)}  {Release.ArchiveName}\n";
    }

    public string Home => _scratch.PathOf("home");

    public string Folder => _scratch.PathOf("releases");

    public string Program => Path.Combine(Home, ".local/bin/composegen");

    public string Sums
    {
        get => _scratch.Read($"{ReleaseFolder}/SHA256SUMS");
        set => _scratch.With($"{ReleaseFolder}/SHA256SUMS", value);
    }

    /// <summary>All that is in the home, by path.</summary>
    public IEnumerable<string> Installed =>
        Directory.GetFiles(Home, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Home, file)).Order(StringComparer.Ordinal);

    private static string ReleaseFolder => $"releases/download/v{Release.Version}";

    public static string SumOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    /// <summary>Puts a changed archive in the place of the real one.</summary>
    public void Alter(Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(Release.Archive);
        change(bytes);
        var path = _scratch.PathOf($"{ReleaseFolder}/{Release.ArchiveName}");
        File.Delete(path);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Another release becomes the newest, of which there is nothing but the sums.</summary>
    public void Newest(string version)
    {
        File.Delete(_scratch.PathOf("releases/latest/download"));
        _scratch.With("releases/latest/download/SHA256SUMS", Sums.Replace(Release.Version, version, StringComparison.Ordinal));
    }

    public Outcome Install(params string[] options) => InstallIn("sh", [], options);

    /// <param name="shell">What runs it.</param>
    /// <param name="environment">Beside the home and the releases.</param>
    /// <param name="options">Its own.</param>
    public Outcome InstallIn(string shell, Dictionary<string, string?> environment, params string[] options) =>
        Run.Program(shell, _scratch.Root, Environment(environment), [Repository.PathOf("install.sh"), .. options]);

    /// <summary>Runs a text, as a download that goes through a pipe.</summary>
    public Outcome Pipe(string script)
    {
        _scratch.With("cut.sh", script);
        return Run.Program("sh", _scratch.Root, Environment([]), ["-c", "sh <cut.sh"]);
    }

    public void Dispose() => _scratch.Dispose();

    private Dictionary<string, string?> Environment(Dictionary<string, string?> others)
    {
        var all = new Dictionary<string, string?>
        {
            ["HOME"] = Home,
            ["SHELL"] = "/bin/bash",
            ["COMPOSEGEN_RELEASES"] = $"file://{Folder}",
            ["XDG_DATA_HOME"] = null,
            ["XDG_CONFIG_HOME"] = null,
            ["BASH_COMPLETION_USER_DIR"] = null,
            ["DOCKER_CONFIG"] = null,
        };
        foreach (var (name, value) in others)
        {
            all[name] = value;
        }

        return all;
    }
}
