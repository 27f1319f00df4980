using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>What is on the PATH.</summary>
internal static class Programs
{
    private static string Path => Environment.GetEnvironmentVariable("PATH")!;

    /// <summary>For <c>DOCKER_HOST</c>, where a script plays docker: an engine that is not on this machine is asked through that program alone.</summary>
    public const string EngineElsewhere = "tcp://127.0.0.1:1";

    public static bool Has(string name) => Find(name) is not null;

    /// <summary>A PATH that finds only these programs.</summary>
    public static string PathOfOnly(ScratchWorkspace folder, params string[] names)
    {
        foreach (var name in names)
        {
            File.CreateSymbolicLink(folder.PathOf(name), PathTo(name));
        }

        return folder.Root;
    }

    /// <summary>A PATH that finds this shell script before any other program of its name.</summary>
    public static string PathWith(ScratchWorkspace folder, string name, string script)
    {
        folder.With(name, script);
        Run.Program("chmod", folder.Root, "+x", name);
        return $"{folder.Root}:{Path}";
    }

    /// <summary>Where the PATH finds it.</summary>
    public static string PathTo(string name) => Find(name) ?? throw new InvalidOperationException($"there is no program {name}");

    private static string? Find(string name) =>
        Path.Split(':').Select(folder => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
