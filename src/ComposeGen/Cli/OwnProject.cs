using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>The Compose project of a workspace of which neither manifest nor descriptors need be sound.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Former">What this folder runs under the names that it had in another slot.</param>
internal sealed record OwnProject(string Name, ImmutableArray<string> Former)
{
    /// <param name="files">The workspace.</param>
    /// <param name="containers">Every container on the engine.</param>
    public static OwnProject Of(WorkspaceFiles files, ImmutableArray<Container> containers)
    {
        var bag = new DiagnosticBag();
        var settings = WorkspaceLoader.LoadSettings(files, bag);
        var slot = WorkspaceLoader.LoadLocal(files, bag).Slot;
        var mine = containers.Where(container => container.IsFrom(files.Root)).Select(container => container.Project).Distinct().ToList();
        var name = (bag.HasErrors || !files.Exists(Manifest.FileName)) && mine is [var running, ..] ? running : Workspace.ProjectName(files.Root, settings, slot);
        return new OwnProject(name, [.. mine.Intersect(Workspace.ProjectNames(files.Root, settings)).Where(former => former != name)]);
    }
}
