using System.Text.RegularExpressions;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Processes;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary><c>composegen deploy</c>: the plan on a swarm, Docker's own cluster engine, as a stack.</summary>
internal static partial class DeployCommand
{
    public static async Task<int> Run(DeployOptions options, Terminal terminal)
    {
        if (options.Remove)
        {
            return await Remove(options, terminal);
        }

        var bag = new DiagnosticBag();
        if (options.Registry is { } registry && !Prefix().IsMatch(registry))
        {
            bag.Add(Errors.BadRegistry(registry));
        }

        if (ChosenServices.Generate(options, options.Projects, bag, terminal, out var code) is not { } chosen)
        {
            return code;
        }

        var (files, generated, services) = chosen;
        bag = new DiagnosticBag();
        var swarm = new Swarm(options.Context);
        if (await DockerCompose.Reach(bag) is null || !await IsReady(swarm, bag))
        {
            terminal.Report(bag, files);
            return ExitCode.NoDocker;
        }

        // What does not start without a profile does not run there: a swarm knows no profiles.
        var plan = generated.Plan.Only(services.Where(service => generated.Plan.Started.Contains(service.Key)));
        return await new Deployment(files, plan, swarm, options, terminal).Run();
    }

    /// <summary>The name of the workspace's stack.</summary>
    public static string StackName(WorkspaceFiles files)
    {
        var bag = new DiagnosticBag();
        return Workspace.ProjectName(files.Root, WorkspaceLoader.LoadSettings(files, bag), WorkspaceLoader.LoadLocal(files, bag).Slot);
    }

    /// <summary>Whether there is a swarm to ask; says why not.</summary>
    public static async Task<bool> IsReady(Swarm swarm, DiagnosticBag bag)
    {
        if (ForeignProgram.OnPath("docker") is null)
        {
            bag.Add(Errors.DockerMissing(InstallAdvice.Docker()));
            return false;
        }

        try
        {
            await swarm.Check(bag);
        }
        catch (DockerFailure e)
        {
            bag.Add(e.Diagnostic);
        }

        return !bag.HasErrors;
    }

    private static async Task<int> Remove(DeployOptions options, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        // As with `down`: what runs has to be removable whatever has become of the descriptors.
        var files = Pipeline.Locate(options, bag, WorkspaceLoader.FindRootOrRemains);
        var swarm = new Swarm(options.Context);
        bag.AddAll(options.Projects.Any() ? [Errors.RemovesAll()] : []);
        if (files is null || bag.HasErrors)
        {
            terminal.Report(bag, files);
            return ExitCode.Of(bag);
        }

        if (!await IsReady(swarm, bag))
        {
            terminal.Report(bag, files);
            return ExitCode.NoDocker;
        }

        var stack = StackName(files);
        if ((await swarm.Services(stack)).IsEmpty)
        {
            bag.Add(Errors.NoStack(stack));
        }
        else if (!await swarm.Remove(stack))
        {
            bag.Add(Errors.StackStillThere(stack));
        }

        if (terminal.Report(bag, files))
        {
            return ExitCode.Of(bag);
        }

        terminal.Error.WriteLine($"removed the stack {stack}; what its volumes hold stays on the nodes, and its images in the registry");
        return ExitCode.Done;
    }

    [GeneratedRegex("^[A-Za-z0-9.-]+(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$")]
    private static partial Regex Prefix();
}
