using System.Collections.Immutable;
using System.Text;
using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Rendering;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>What a workspace comes to: the plan, the Compose file as UTF-8, and the lock.</summary>
internal sealed record Generated(Plan Plan, byte[] Compose, string LockFile)
{
    /// <summary>The Compose file as a string, made when it is asked for.</summary>
    public string ComposeFile => Encoding.UTF8.GetString(Compose);
}

/// <summary>The way from a workspace's files to the generated text. Nothing is written and no process starts.</summary>
internal static class Pipeline
{
    /// <param name="files">The workspace's.</param>
    /// <param name="bag">Takes what there is to say.</param>
    /// <param name="asked">Selected whatever the manifest says.</param>
    /// <param name="renames">What somebody says is called otherwise now: the lock's lines go with it.</param>
    /// <returns>Null, with diagnostics that say why, where the workspace holds an error.</returns>
    public static Generated? Run(WorkspaceFiles files, DiagnosticBag bag, ManifestEntry? asked = null, params ImmutableArray<ProjectRename> renames)
    {
        var found = new DiagnosticBag();
        var generated = Generate(files, found, asked, renames);
        if (files.Moved() is { } moved)
        {
            bag.Add(moved);
            return null;
        }

        bag.AddAll(found.Sorted());
        return generated;
    }

    private static Generated? Generate(WorkspaceFiles files, DiagnosticBag bag, ManifestEntry? asked, ImmutableArray<ProjectRename> renames)
    {
        if (WorkspaceLoader.Load(files, bag, asked) is not { } workspace)
        {
            return null;
        }

        var plan = Planner.Plan(LockSources.Complete(workspace with { Renames = renames }, files), bag);
        // What is not forbidden is for `validate` to say: whoever starts a project each day knows it.
        var forbidden = workspace.Settings.Warnings.Errors;
        if (!forbidden.IsEmpty)
        {
            bag.AddAll(ServiceRisks.Find(plan.All).Where(risk => forbidden.Contains(risk.Code)).Select(risk => risk with { Severity = Severity.Error }));
        }

        if (bag.HasErrors)
        {
            return null;
        }

        return Render(plan, bag) is not { } text ? null : new Generated(plan, GeneratedText.ComposeFile.WithHeader(text), plan.Ports.Lock.ToText());
    }

    /// <summary>The Compose file of a plan, without its header; null with diagnostics where a template is wrong.</summary>
    public static string? Text(Plan plan, DiagnosticBag bag) => Render(plan, bag)?.ToString();

    private static RenderedText? Render(Plan plan, DiagnosticBag bag) =>
        TemplateRenderer.Render(ComposeBuilder.Build(plan), new TemplateSet(plan.Workspace), bag);

    /// <summary>The same for the workspace that a command is run in; without files where there is no workspace at all.</summary>
    public static (WorkspaceFiles? Files, Generated? Generated) Run(CommonOptions options, DiagnosticBag bag)
    {
        var files = Locate(options, bag);
        return (files, files is null ? null : Run(files, bag));
    }

    /// <summary>The files of the workspace that a command is run in; null with a diagnostic where there is none.</summary>
    public static WorkspaceFiles? Locate(CommonOptions options, DiagnosticBag bag) => Locate(options, bag, WorkspaceLoader.FindRoot);

    /// <summary>The same, looked for in another way.</summary>
    public static WorkspaceFiles? Locate(CommonOptions options, DiagnosticBag bag, Func<string, string?> find)
    {
        string start;
        try
        {
            start = Path.GetFullPath(options.Directory ?? ".");
        }
        catch (IOException)
        {
            bag.Add(Errors.NoFolder());
            return null;
        }

        if (find(start) is { } root)
        {
            return new WorkspaceFiles(root);
        }

        bag.Add(Errors.NoWorkspace(start));
        return null;
    }
}
