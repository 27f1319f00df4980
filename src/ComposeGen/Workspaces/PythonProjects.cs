using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Workspaces;

/// <summary>
/// Where a project gets a Python image: a folder that has nothing else to describe it, and services of a
/// <c>project.yml</c> that have neither an image nor a build. The folder's files are read when the first of these asks.
/// </summary>
internal sealed class PythonProjects(FoundProject found, WorkspaceFiles files, string defaultVersion, DiagnosticBag bag)
{
    private readonly PythonFolder _folder = new($"{Workspace.ProjectsFolder}/{found.Path}", files, bag);
    private PythonEnvironment? _environment;
    private bool _isRead;

    /// <summary>
    /// For the services of a <c>project.yml</c>; an ordinary Compose file is taken as it is. Null where the folder has no
    /// Python environment.
    /// </summary>
    public PythonCompletion? Completion => found.Kind == ProjectKind.Descriptor && _folder.IsPython ? Complete : null;

    /// <summary>The descriptor of a folder without one: a service that runs Jupyter.</summary>
    /// <returns>Null with diagnostics where the folder's files cannot be understood.</returns>
    public Descriptor? Alone(string serviceName)
    {
        var yaml = new YamlFactory(new SourceSpan(found.File, 1, 1));
        var descriptor = DescriptorReader.FromTree(yaml.Map(("service", yaml.Map())), serviceName, bag, Complete);
        return _environment is null ? null : descriptor;
    }

    private PythonEnvironment? Complete(ref YamlMapping body)
    {
        var environment = Read();
        // What could not be read has been reported; with a stand-in nothing more is said about it.
        var own = PythonService.For(environment ?? new PythonEnvironment(PythonInstaller.None, defaultVersion, Jupyter.Notebook), body);
        body = PythonService.Complete(body, own, found.Path);
        return own;
    }

    private PythonEnvironment? Read()
    {
        if (!_isRead)
        {
            (_isRead, _environment) = (true, _folder.Read(defaultVersion));
        }

        return _environment;
    }
}
