using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

internal static class DownCommand
{
    public static async Task<int> Run(DownOptions options, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        if (Pipeline.Locate(options, bag, WorkspaceLoader.FindRootOrRemains) is not { } files)
        {
            terminal.Report(bag);
            return ExitCode.Of(bag);
        }

        if (await DockerCompose.Reach(bag) is not { } containers)
        {
            terminal.Report(bag);
            return ExitCode.NoDocker;
        }

        // Neither manifest nor descriptors are read: what runs has to be stoppable whatever has become of them.
        var data = options.Volumes ? await DataOwners.List() : [];
        var (project, formers) = OwnProject.Of(files, containers);
        // Where only data are left, there is nothing of the other's to stop.
        if (NameHolder.Find(project, files.Root, containers, data) is { } other)
        {
            bag.Add(Errors.OtherFolderDown(project, other.Folder, other.IsByData));
            terminal.Report(bag);
            return ExitCode.Wrong;
        }

        // What this folder ran in another slot is its own too.
        foreach (var former in formers)
        {
            Down(former);
        }

        return Down(project);

        int Down(string name) => new DockerCompose(files.Root, name).Down(options.Volumes ? ["--volumes"] : []) ?? throw DockerFailure.Vanished("compose down");
    }
}
