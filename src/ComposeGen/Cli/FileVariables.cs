using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Planning;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>
/// What a service's env_files set, where the files themselves do not go along: each variable then has a name of its own, which
/// says whose it is (<see cref="ServiceAddresses.InFile"/>).
/// </summary>
internal static class FileVariables
{
    /// <summary>Values by the variable's name in the file.</summary>
    /// <param name="files">The workspace.</param>
    /// <param name="service">Whose they are.</param>
    /// <param name="shell">What else is set, which counts more in their values; nothing where only the names matter.</param>
    public static IReadOnlyDictionary<string, string> Of(WorkspaceFiles files, PlannedService service, Func<string, string?>? shell = null)
    {
        var lines = EnvironmentFiles
            .All(service.Declaration.Body)
            .Select(file => (Path: WorkspacePath.Combine(service.Project.Folder, file.Path), file.IsRaw))
            .Where(file => file.Path is not null && files.Exists(file.Path))
            .Select(file => (Source: files.Read(file.Path!, new DiagnosticBag()), file.IsRaw))
            .Where(file => file.Source is not null)
            .SelectMany(file => file.IsRaw ? DotEnv.ReadRaw(file.Source!) : DotEnv.Read(file.Source!, new DiagnosticBag()));
        return DotEnv.Evaluate(lines, shell ?? (_ => null));
    }

    /// <summary>The values of several services, by the names that they have outside of the files.</summary>
    public static IEnumerable<(string Name, string Value)> Named(WorkspaceFiles files, IEnumerable<PlannedService> services, Func<string, string?> shell) =>
        services.SelectMany(service => Of(files, service, shell).Select(pair => (ServiceAddresses.InFile(service, pair.Key), pair.Value)));
}
